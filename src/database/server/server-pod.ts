import { posix } from 'path';
import { Size } from 'cdk8s';
import { EmptyDirMedium, EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkCredentialFiles } from './credential-file-check';
import { checkFirstStart, lockVolume } from './first-start';
import { InitScripts, LAST_SCRIPT } from './init-scripts';
import { engineName, PASSWORD_DIRECTORY, RUN_DIRECTORY, ServerFacts } from './server-facts';
import { fail } from '../../checks/fail';
import { isWithin } from '../../checks/paths';
import { ConfigFile, configMapVolume, defineConfigMap } from '../../config/config-map';
import { ConfigRollout } from '../../config/config-rollout';
import { INIT_DIRECTORY } from '../../facts/images/database-image';
import type { OwnedAdditions } from '../../pod/merge';
import type { PodExtensionContext } from '../../pod/pod-extension';
import type { PodMount, WritableDirectory } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';
import { writableDirectoryParts } from '../../pod/writable-directories';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';
import { hasPlaceholder } from '../engine/placeholders';

/** The name of the volume with the data. */
export const DATA_VOLUME = 'data';

/** Returns the command of the server's container: the checks of its credentials and its volume, and the server. */
export function serverCommand({ spec, keys, dataPath, onlyExisting, marker, fill }: ServerFacts): string[] {
  const lines = [
    'set -e',
    ...checkCredentialFiles(keys),
    ...(spec.exclusiveLock ? lockVolume(spec.mountPath) : []),
    ...(spec.initializedMarker === undefined
      ? []
      : checkFirstStart({
          initialized: `${dataPath}/${spec.initializedMarker}`,
          marker,
          onlyExisting,
          initializedAtRoot: dataPath === spec.mountPath ? undefined : `${spec.mountPath}/${spec.initializedMarker}`,
        })),
    ...(spec.preStartCommands ?? []).map(fill),
    'exec "$@"',
  ];
  return ['sh', '-c', lines.join('\n'), 'start', ...spec.command.map(fill)];
}

/** Returns the mounts and variables of the server's container, and the init containers that fill its directories. */
export function serverPart(
  scope: Construct,
  context: PodExtensionContext,
  facts: ServerFacts,
  volumes: readonly PodMount[],
  initScripts?: InitScripts,
): OwnedAdditions {
  const { mounts, initContainers } = writableDirectoryParts(scope, facts.spec.image, serverDirectories(facts));
  return {
    owner: 'the database',
    additions: {
      mounts: [
        ...volumes,
        ...mounts,
        ...configMounts(scope, context, facts),
        ...initScriptMounts(scope, context, facts, initScripts),
      ],
      env: serverVariables(facts),
      initContainers,
    },
  };
}

/** Returns the mount of the password, and of the user name, as files that only the server's group can read. */
export function credentialsMount({ keys }: ServerFacts): PodMount {
  const username = keys.usernameKey === undefined ? [] : [{ key: keys.usernameKey, path: 'username' }];
  const items = [{ key: keys.passwordKey, path: 'password' }, ...username];
  const volume = PodVolume.fromSource('credentials', {
    secret: { secretName: keys.secretName, items, defaultMode: 0o440 },
  });
  return { path: PASSWORD_DIRECTORY, volume, readOnly: true };
}

function serverDirectories({ spec, sharedMemory }: ServerFacts): WritableDirectory[] {
  return [
    ...(spec.writableDirectories ?? []),
    ...(spec.preStartCommands
      ? [{ path: RUN_DIRECTORY, sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY }]
      : []),
    ...(sharedMemory ? [{ path: '/dev/shm', sizeLimit: sharedMemory, medium: EmptyDirMedium.MEMORY }] : []),
  ];
}

/** A single file, so that the image's own files next to it remain. Its ConfigMap never changes. */
function configMounts(scope: Construct, context: PodExtensionContext, { spec, config }: ServerFacts): PodMount[] {
  if (spec.configPath === undefined) {
    return [];
  }
  const name = posix.basename(spec.configPath);
  const files = defineConfigMap(
    new Construct(scope, 'config'),
    'config',
    context,
    [{ path: name, content: config }],
    ConfigRollout.immutable(),
  );
  return [{ path: spec.configPath, subPath: name, volume: configMapVolume('config', files), readOnly: true }];
}

function initScriptMounts(
  scope: Construct,
  context: PodExtensionContext,
  facts: ServerFacts,
  initScripts?: InitScripts,
): PodMount[] {
  const { initDirectory } = facts.spec;
  if (!initDirectory) {
    return initScripts
      ? fail(
          scope,
          `'initScripts' is set, but the image of ${engineName(facts.spec)} runs no scripts.`,
          'Omit the prop.',
        )
      : [];
  }
  const scripts = scriptFiles(scope, facts, initScripts);
  const files = defineConfigMap(new Construct(scope, 'init'), 'init', context, scripts, initRollout(initDirectory));
  return [{ path: initDirectory, volume: configMapVolume('init', files), readOnly: true }];
}

/** The rules on rollouts know the directory of official images, so that only another one needs a waiver. */
function initRollout(initDirectory: string): ConfigRollout {
  return isWithin(initDirectory, INIT_DIRECTORY)
    ? ConfigRollout._once()
    : ConfigRollout.none('the server only runs the scripts at the first start');
}

/**
 * Returns the user's scripts and the last one, which reports that all have run. They are executable, because the image
 * sources other files, and an `exit` in one would end the initialization.
 */
function scriptFiles(scope: Construct, { spec, marker }: ServerFacts, initScripts?: InitScripts): ConfigFile[] {
  const userScripts = initScripts?._files(scope, engineName(spec), spec.initExtensions ?? ['.sh']) ?? {};
  const scripts = { ...userScripts, [LAST_SCRIPT]: `#!/bin/sh\nrm -f ${marker}\n` };
  return Object.entries(scripts).map(([path, content]) => ({ path, content, mode: 0o555 }));
}

function serverVariables({ spec, keys, user, database, fill }: ServerFacts): Record<string, EnvValue> {
  const variables = new Map(
    Object.entries(spec.env ?? {}).map(([name, value]) => [name, EnvValue.fromValue(fill(value))]),
  );
  for (const variable of spec.passwordFileVariables ?? []) {
    if (!variables.has(variable)) {
      variables.set(variable, EnvValue.fromValue(`${PASSWORD_DIRECTORY}/password`));
    }
  }
  if (keys.usernameKey !== undefined) {
    variables.set(spec.userFileVariable!, EnvValue.fromValue(`${PASSWORD_DIRECTORY}/username`));
  } else if (spec.userVariable !== undefined) {
    variables.set(spec.userVariable, EnvValue.fromValue(user));
  }
  if (spec.databaseVariable !== undefined) {
    variables.set(spec.databaseVariable, EnvValue.fromValue(database!));
  }
  if (usesPodIp(spec)) {
    variables.set('POD_IP', EnvValue.fromFieldRef(EnvFieldPaths.POD_IP));
  }
  return Object.fromEntries(variables);
}

function usesPodIp(spec: DatabaseEngineSpec): boolean {
  const { command, preStartCommands = [], startupCommand = [], readinessCommand = [], livenessCommand = [] } = spec;
  return [...command, ...preStartCommands, ...startupCommand, ...readinessCommand, ...livenessCommand].some(text =>
    hasPlaceholder(text, 'podIp'),
  );
}
