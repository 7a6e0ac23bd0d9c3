import { EnvValue, Secret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { DatabaseBinding } from './database-binding';
import type { DatabaseEndpoint } from './endpoint';
import { fail } from '../../checks/fail';
import { checkVariable } from '../../checks/values';
import { ConfigFile, defineConfigMap } from '../../config/config-map';
import { ConfigRollout } from '../../config/config-rollout';
import type { PodExtensionContext, PodAdditions } from '../../pod/pod-extension';
import { PodMount, PodVolume } from '../../pod/pod-parts';

const BINDING_ROOT = '/bindings';

/** Where the certificate is for apps that are told by variables. */
const CERTIFICATES = '/run/certificates';

/** What the app gets, in the way that it asked for. */
export function bindingContribution(
  scope: Construct,
  options: PodExtensionContext,
  binding: DatabaseBinding,
  endpoint: DatabaseEndpoint,
  id: string,
): PodAdditions {
  switch (binding._kind) {
    case 'files':
      return { mounts: [projection(scope, options, endpoint, id, binding._path!, false)] };
    case 'service-binding': {
      const name = binding._path ?? endpoint.name;
      if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)) {
        fail(scope, `The service binding's name '${name}' is none.`, "Use lower-case letters, digits, '-' and '.'.");
      }
      return {
        env: { SERVICE_BINDING_ROOT: EnvValue.fromValue(BINDING_ROOT) },
        mounts: [projection(scope, options, endpoint, id, `${BINDING_ROOT}/${name}`, true)],
      };
    }
    case 'variables':
      return variables(scope, binding, endpoint, id);
  }
}

function variables(scope: Construct, binding: DatabaseBinding, endpoint: DatabaseEndpoint, id: string): PodAdditions {
  const { prefix: given, url } = binding._variables;
  const prefix =
    given ??
    endpoint.name
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '_')
      .replace(/^(\d)/, '_$1');
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)) {
    fail(
      scope,
      `The prefix '${prefix}' cannot begin the name of a variable.`,
      "Use letters, digits and '_', not beginning with a digit.",
    );
  }
  const { host, port, user, database, passwordKey, usernameKey, urlSafe, type, uriScheme = type, uriQuery } = endpoint;
  const secret = Secret.fromSecretName(scope, 'secret', endpoint.secretName);
  const env: Record<string, EnvValue> = {
    HOST: EnvValue.fromValue(host),
    PORT: EnvValue.fromValue(String(port)),
    USER: usernameKey === undefined ? EnvValue.fromValue(user) : EnvValue.fromSecretValue({ secret, key: usernameKey }),
    PASSWORD: EnvValue.fromSecretValue({ secret, key: passwordKey }),
  };
  if (database !== undefined) {
    env.DATABASE = EnvValue.fromValue(database);
  }
  if (url) {
    if (!urlSafe) {
      fail(
        scope,
        `A URL would hold the password of '${endpoint.name}' as it is, and nobody knows whether it needs ` +
          'encoding.',
        `Read '${prefix}_PASSWORD' instead, or say 'urlSafe: true' of its credentials.`,
      );
    }
    const authority = `$(${prefix}_USER):$(${prefix}_PASSWORD)@${host.includes(':') ? `[${host}]` : host}:${port}`;
    env.URL = EnvValue.fromValue(
      `${uriScheme}://${authority}${database === undefined ? '' : `/${database}`}${uriQuery === undefined ? '' : `?${uriQuery}`}`,
    );
  }
  const certificate = certificateVolume(endpoint, id);
  if (certificate) {
    env.CA_CERTIFICATE = EnvValue.fromValue(`${CERTIFICATES}/${id}/ca.crt`);
  }
  return {
    env: Object.fromEntries(
      Object.entries(env).map(([name, value]) => [checkVariable(scope, `${prefix}_${name}`), value]),
    ),
    mounts: certificate && [{ path: `${CERTIFICATES}/${id}`, volume: certificate, readOnly: true }],
  };
}

/** What is public from a ConfigMap, what is not from the Secret, in one directory. */
function projection(
  scope: Construct,
  options: PodExtensionContext,
  endpoint: DatabaseEndpoint,
  id: string,
  path: string,
  typed: boolean,
): PodMount {
  const {
    type,
    provider = type,
    host,
    port,
    user,
    database,
    secretName,
    passwordKey,
    usernameKey,
    caCertificate,
  } = endpoint;
  const text = (name: string, content: string): ConfigFile => ({ path: name, content });
  const files = defineConfigMap(
    scope,
    id,
    options,
    [
      ...(typed ? [text('type', type), text('provider', provider)] : []),
      text('host', host),
      text('port', String(port)),
      ...(usernameKey === undefined ? [text('username', user)] : []),
      ...(database === undefined ? [] : [text('database', database)]),
    ],
    ConfigRollout.immutable(),
  );
  const sources: any[] = [
    { configMap: { name: files.name, items: files.items } },
    {
      secret: {
        name: secretName,
        items: [
          { key: passwordKey, path: 'password' },
          ...(usernameKey === undefined ? [] : [{ key: usernameKey, path: 'username' }]),
        ],
      },
    },
    ...(caCertificate ? [caCertificate._projection(typed ? 'certificates' : 'ca.crt')] : []),
  ];
  return {
    path,
    volume: PodVolume.fromSource(id, {
      projected: { sources, defaultMode: 0o440 },
    }),
    readOnly: true,
  };
}

function certificateVolume({ caCertificate }: DatabaseEndpoint, id: string): PodVolume | undefined {
  return (
    caCertificate &&
    PodVolume.fromSource(`${id}-ca`, {
      projected: { sources: [caCertificate._projection('ca.crt')], defaultMode: 0o444 },
    })
  );
}
