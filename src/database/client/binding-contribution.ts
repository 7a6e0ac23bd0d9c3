import { EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { bindingVariables } from './binding-variables';
import type { DatabaseBinding } from './database-binding';
import type { DatabaseEndpoint } from './endpoint';
import { fail } from '../../checks/fail';
import { ConfigFile, defineConfigMap } from '../../config/config-map';
import { ConfigRollout } from '../../config/config-rollout';
import type { PodAdditions, PodExtensionContext } from '../../pod/pod-extension';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';

const BINDING_ROOT = '/bindings';

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
