import { EnvValue, Secret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { DatabaseBinding, VariablesBindingOptions } from './database-binding';
import type { DatabaseEndpoint } from './endpoint';
import { fail } from '../../checks/fail';
import { checkVariable } from '../../checks/values';
import { ConfigFile, defineConfigMap } from '../../config/config-map';
import { ConfigRollout } from '../../config/config-rollout';
import type { PodAdditions, PodExtensionContext } from '../../pod/pod-extension';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';

const BINDING_ROOT = '/bindings';

/** The directory of certificates for apps with environment variables. */
const CERTIFICATES = '/run/certificates';

/** Returns the variables or files of the app, depending on its binding. */
export function bindingContribution(
  scope: Construct,
  context: PodExtensionContext,
  binding: DatabaseBinding,
  endpoint: DatabaseEndpoint,
  id: string,
): PodAdditions {
  switch (binding._kind) {
    case 'files':
      return {
        mounts: [bindingMount(scope, context, endpoint, id, { path: binding._path!, isServiceBinding: false })],
      };
    case 'service-binding': {
      const path = `${BINDING_ROOT}/${checkBindingName(scope, binding._path ?? endpoint.name)}`;
      return {
        env: { SERVICE_BINDING_ROOT: EnvValue.fromValue(BINDING_ROOT) },
        mounts: [bindingMount(scope, context, endpoint, id, { path, isServiceBinding: true })],
      };
    }
    case 'variables':
      return bindingVariables(scope, binding._variables, endpoint, id);
  }
}

function checkBindingName(scope: Construct, name: string): string {
  return /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)
    ? name
    : fail(scope, `Invalid service binding name '${name}'.`, "Use lowercase letters, digits, '-' and '.'.");
}

function bindingVariables(
  scope: Construct,
  options: VariablesBindingOptions,
  endpoint: DatabaseEndpoint,
  id: string,
): PodAdditions {
  const prefix = checkPrefix(scope, options.prefix ?? defaultPrefix(endpoint.name));
  const certificate = certificateVolume(endpoint, id);
  const variables = {
    ...connectionVariables(scope, endpoint),
    ...(options.url ? { URL: EnvValue.fromValue(connectionUrl(scope, prefix, endpoint)) } : {}),
    ...(certificate ? { CA_CERTIFICATE: EnvValue.fromValue(`${CERTIFICATES}/${id}/ca.crt`) } : {}),
  };
  return {
    env: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [checkVariable(scope, `${prefix}_${name}`), value]),
    ),
    mounts: certificate && [{ path: `${CERTIFICATES}/${id}`, volume: certificate, readOnly: true }],
  };
}

function defaultPrefix(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(\d)/, '_$1');
}

function checkPrefix(scope: Construct, prefix: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)
    ? prefix
    : fail(
        scope,
        `'prefix' is '${prefix}', which is not a valid prefix of variable names.`,
        "Use letters, digits and '_', and do not begin with a digit.",
      );
}

function connectionVariables(
  scope: Construct,
  { host, port, user, database, secretName, passwordKey, usernameKey }: DatabaseEndpoint,
): Record<string, EnvValue> {
  const secret = Secret.fromSecretName(scope, 'secret', secretName);
  return {
    HOST: EnvValue.fromValue(host),
    PORT: EnvValue.fromValue(String(port)),
    USER: usernameKey === undefined ? EnvValue.fromValue(user) : EnvValue.fromSecretValue({ secret, key: usernameKey }),
    PASSWORD: EnvValue.fromSecretValue({ secret, key: passwordKey }),
    ...(database === undefined ? {} : { DATABASE: EnvValue.fromValue(database) }),
  };
}

/** A URL that refers to the variables of user and password, which Kubernetes substitutes. */
function connectionUrl(scope: Construct, prefix: string, endpoint: DatabaseEndpoint): string {
  const { name, host, port, database, urlSafe, type, uriScheme = type, uriQuery } = endpoint;
  if (!urlSafe) {
    fail(
      scope,
      `'url' is true, but the credentials of '${name}' are not known to be safe in a URL. ` +
        'A password with special characters would break it.',
      `Use the variable '${prefix}_PASSWORD' instead, or set 'urlSafe: true' in 'DatabaseCredentials.fromSecret'.`,
    );
  }
  const authority = `$(${prefix}_USER):$(${prefix}_PASSWORD)@${host.includes(':') ? `[${host}]` : host}:${port}`;
  const path = database === undefined ? '' : `/${database}`;
  const query = uriQuery === undefined ? '' : `?${uriQuery}`;
  return `${uriScheme}://${authority}${path}${query}`;
}

interface BindingDirectory {
  readonly path: string;
  readonly isServiceBinding: boolean;
}

/** One directory with the files of a ConfigMap, of the Secret, and the certificate. */
function bindingMount(
  scope: Construct,
  context: PodExtensionContext,
  endpoint: DatabaseEndpoint,
  id: string,
  { path, isServiceBinding }: BindingDirectory,
): PodMount {
  const { secretName, passwordKey, usernameKey, caCertificate } = endpoint;
  const files = bindingFiles(endpoint, isServiceBinding);
  const { name, items } = defineConfigMap(scope, id, context, files, ConfigRollout.immutable());
  const secretItems = [
    { key: passwordKey, path: 'password' },
    ...(usernameKey === undefined ? [] : [{ key: usernameKey, path: 'username' }]),
  ];
  const sources: object[] = [
    { configMap: { name, items } },
    { secret: { name: secretName, items: secretItems } },
    ...(caCertificate ? [caCertificate._projection(isServiceBinding ? 'certificates' : 'ca.crt')] : []),
  ];
  return { path, volume: PodVolume.fromSource(id, { projected: { sources, defaultMode: 0o440 } }), readOnly: true };
}

function bindingFiles(
  { type, provider = type, host, port, user, database, usernameKey }: DatabaseEndpoint,
  isServiceBinding: boolean,
): ConfigFile[] {
  const contents = {
    ...(isServiceBinding ? { type, provider } : {}),
    host,
    port: String(port),
    ...(usernameKey === undefined ? { username: user } : {}),
    ...(database === undefined ? {} : { database }),
  };
  return Object.entries(contents).map(([path, content]) => ({ path, content }));
}

function certificateVolume({ caCertificate }: DatabaseEndpoint, id: string): PodVolume | undefined {
  return (
    caCertificate &&
    PodVolume.fromSource(`${id}-ca`, {
      projected: { sources: [caCertificate._projection('ca.crt')], defaultMode: 0o444 },
    })
  );
}
