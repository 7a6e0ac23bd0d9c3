import { EnvValue, Secret } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { connectionUrl, hostPort, jdbcUrl, UrlCredentials, UrlOptions } from './connection-url';
import type { DatabaseEndpoint } from './endpoint';
import { VariableNames, variableNames } from './variable-names';
import type { VariablesBindingOptions } from './variables-binding-options';
import { fail } from '../../checks/fail';
import type { PodAdditions } from '../../pod/pod-extension';
import { PodVolume } from '../../pod/volumes/pod-volume';

/** The directory of certificates for apps with environment variables. */
const CERTIFICATES = '/run/certificates';

/** Returns the variables of the connection settings, and the mount of the CA certificate. */
export function bindingVariables(
  scope: Construct,
  options: VariablesBindingOptions,
  endpoint: DatabaseEndpoint,
  id: string,
): PodAdditions {
  checkUrlOptions(scope, options);
  const names = variableNames(scope, options, endpoint);
  const { caCertificate } = endpoint;
  const directory = `${CERTIFICATES}/${id}`;
  const certificatePath = caCertificate && `${directory}/ca.crt`;
  const volume =
    caCertificate &&
    PodVolume.fromSource(`${id}-ca`, {
      projected: { sources: [caCertificate._projection('ca.crt')], defaultMode: 0o444 },
    });
  return {
    env: new Variables(scope, names, endpoint).define(options, certificatePath),
    mounts: volume && [{ path: directory, volume, readOnly: true }],
  };
}

/** Defines the variables of one client. */
class Variables {
  private readonly env = new Map<string, EnvValue>();

  constructor(
    private readonly scope: Construct,
    private readonly names: VariableNames,
    private readonly endpoint: DatabaseEndpoint,
  ) {}

  public define(options: UrlOptions, certificatePath?: string): Record<string, EnvValue> {
    const { scope, names, endpoint } = this;
    this.set(names.host, endpoint.host);
    this.set(names.port, String(endpoint.port));
    this.set(names.hostPort, hostPort(endpoint));
    this.set(names.user, this.user());
    this.set(names.password, this.secretValue(endpoint.passwordKey));
    this.set(names.database, endpoint.database ?? '');
    this.set(names.caCertificate, certificatePath ?? '');
    if (names.jdbcUrl !== undefined) {
      this.env.set(names.jdbcUrl, EnvValue.fromValue(jdbcUrl(scope, endpoint, options, certificatePath)));
    }
    if (names.url !== undefined) {
      this.checkUrlSafe();
      const credentials = this.urlCredentials(names.url);
      const url = connectionUrl(scope, endpoint, options, credentials, certificatePath);
      this.env.set(names.url, EnvValue.fromValue(url));
    }
    return Object.fromEntries(this.env);
  }

  private set(name: string | undefined, value: string | EnvValue): void {
    if (name !== undefined) {
      this.env.set(name, typeof value === 'string' ? literalValue(value) : value);
    }
  }

  private user(): string | EnvValue {
    const { usernameKey, user } = this.endpoint;
    return usernameKey === undefined ? user : this.secretValue(usernameKey);
  }

  private secretValue(key: string): EnvValue {
    const id = 'secret';
    const secret =
      (this.scope.node.tryFindChild(id) as Secret | undefined) ??
      Secret.fromSecretName(this.scope, id, this.endpoint.secretName);
    return EnvValue.fromSecretValue({ secret, key });
  }

  /** Returns references, which Kubernetes substitutes, to variables that are named or added for the URL. */
  private urlCredentials(urlName: string): UrlCredentials {
    const { names, endpoint } = this;
    const user = this.user();
    return {
      user:
        typeof user === 'string' && (names.user === undefined || encodeURIComponent(user) !== user)
          ? encodeURIComponent(user)
          : this.referTo(names.user, `${urlName}_USER`, user),
      password: this.referTo(names.password, `${urlName}_PASSWORD`, this.secretValue(endpoint.passwordKey)),
    };
  }

  private referTo(name: string | undefined, addedName: string, value: string | EnvValue): string {
    if (name === undefined) {
      if (this.env.has(addedName)) {
        fail(
          this.scope,
          `The URL needs the variable '${addedName}' for a credential, but another setting has it.`,
          'Use another name for that setting.',
        );
      }
      this.set(addedName, value);
    }
    return `$(${name ?? addedName})`;
  }

  private checkUrlSafe(): void {
    const { name, urlSafe } = this.endpoint;
    if (!urlSafe) {
      const { password } = this.names;
      fail(
        this.scope,
        `'url' is set, but the credentials of '${name}' are not known to be safe in a URL. ` +
          'A password with special characters would break it.',
        `${password === undefined ? "Set 'password' instead" : `Use the variable '${password}' instead`}, or set ` +
          "'urlSafe: true' in 'DatabaseCredentials.fromSecret'.",
      );
    }
  }
}

/** Returns a variable whose value Kubernetes does not expand: it replaces `$(NAME)`, and reads `$$` as `$`. */
function literalValue(text: string): EnvValue {
  return EnvValue.fromValue(text.replaceAll('$', '$$$$'));
}

/** Refuses options of URLs that no variable contains. */
function checkUrlOptions(scope: Construct, options: VariablesBindingOptions): void {
  const { url, jdbcUrl: jdbc } = options;
  const unused = (['urlScheme', 'urlDatabase', 'urlQuery'] as const).find(
    option => options[option] !== undefined && url === undefined && (jdbc === undefined || option === 'urlScheme'),
  );
  if (unused !== undefined) {
    fail(
      scope,
      `'${unused}' is set, but no variable contains a URL that it applies to.`,
      `Set 'url' to the name of the variable, or omit '${unused}'.`,
    );
  }
}
