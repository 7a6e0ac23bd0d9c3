import { posix } from 'path';
import { Size } from 'cdk8s';
import { EmptyDirMedium, EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { InitScripts, LAST_SCRIPT } from './init-scripts';
import { PASSWORD_DIRECTORY, RUN_DIRECTORY, ServerFacts } from './server-facts';
import { fail } from '../../checks/fail';
import { ConfigFile, configMapVolume, defineConfigMap } from '../../config/config-map';
import { ConfigRollout } from '../../config/config-rollout';
import type { PodExtensionContext } from '../../pod/pod-extension';
import type { OwnedAdditions } from '../../pod/merge';
import { PodMount, PodVolume, WritableDirectory } from '../../pod/pod-parts';
import { scratchMounts } from '../../pod/writable-directories';

/** The name of the volume with the data. */
export const DATA_VOLUME = 'data';

/**
 * The whole command: notes that an initialisation has begun, refuses one that was cut short, and becomes the server.
 */
export function serverCommand({ spec, dataPath, onlyExisting, marker, fill }: ServerFacts): string[] {
  const command = spec.command.map(fill);
  const atRoot = dataPath === spec.mountPath ? undefined : `${spec.mountPath}/${spec.initializedMarker}`;
  const lines = [
    ...(spec.exclusiveLock ? lock(spec.mountPath) : []),
    ...(spec.initializedMarker === undefined
      ? []
      : firstStart(`${dataPath}/${spec.initializedMarker}`, marker, onlyExisting, atRoot)),
    ...(spec.preStartCommands ?? []).map(fill),
  ];
  return lines.length === 0 ? command : ['sh', '-c', ['set -e', ...lines, 'exec "$@"'].join('\n'), 'start', ...command];
}

/** Held by the server and its children, and seen by all containers of the node; a file system may not know locks. */
function lock(mountPath: string): string[] {
  return [
    `exec 9> ${mountPath}/.lock`,
    'if command -v flock > /dev/null; then',
    '  flock -w 60 -E 75 9 || if [ $? = 75 ]; then',
    '    echo "another server runs on this volume, and would be destroyed by this one" >&2',
    '    exit 1',
    '  fi',
    'fi',
  ];
}

function firstStart(exists: string, marker: string, onlyExisting: boolean, atRoot?: string): string[] {
  return [
    `if [ -e ${exists} ]; then`,
    `  if [ -e ${marker} ]; then`,
    '    echo "the database is half-initialised: a script failed, or the first start was cut short; see the log ' +
      `of the first start, then empty the volume, or remove ${marker} to take the data as it is" >&2`,
    '    exit 1',
    '  fi',
    ...(atRoot === undefined
      ? []
      : [
          `elif [ -e ${atRoot} ]; then`,
          '  echo "the volume holds a database at its root already, beside which another would be made: say ' +
            "'directory' of the claim\" >&2",
          '  exit 1',
        ]),
    'else',
    ...(onlyExisting
      ? [
          '  echo "the claim holds no database at its root, which is no place for a new one: leave its ' +
            "'directory' out\" >&2",
          '  exit 1',
        ]
      : [`  touch ${marker}`]),
    'fi',
  ];
}

/** The parts of the pod beside the server's own container. */
export function serverParts(
  scope: Construct,
  options: PodExtensionContext,
  facts: ServerFacts,
  volumes: readonly PodMount[],
  initScripts?: InitScripts,
): OwnedAdditions[] {
  const { spec, keys, fill } = facts;
  const mounts: PodMount[] = [...volumes, ...scratchMounts(scope, serverScratch(facts))];
  if (spec.configPath !== undefined) {
    const name = posix.basename(spec.configPath);
    const files = defineConfigMap(
      new Construct(scope, 'config'),
      'config',
      options,
      [{ path: name, content: facts.config }],
      ConfigRollout.immutable(),
    );
    // one file, for what the image has beside it holds on; it never changes, so nothing is missed
    mounts.push({ path: spec.configPath, subPath: name, volume: configMapVolume('config', files), readOnly: true });
  }
  const scripts = scriptFiles(scope, facts, initScripts);
  if (scripts.length > 0) {
    const rollout = ConfigRollout._once();
    const files = defineConfigMap(new Construct(scope, 'init'), 'init', options, scripts, rollout);
    mounts.push({ path: spec.initDirectory!, volume: configMapVolume('init', files), readOnly: true });
  }

  const env = new Map(Object.entries(spec.env ?? {}).map(([name, value]) => [name, EnvValue.fromValue(fill(value))]));
  for (const variable of spec.passwordFileVariables ?? []) {
    env.set(variable, EnvValue.fromValue(`${PASSWORD_DIRECTORY}/password`));
  }
  if (keys.usernameKey !== undefined) {
    env.set(spec.userFileVariable!, EnvValue.fromValue(`${PASSWORD_DIRECTORY}/username`));
  } else if (spec.userVariable !== undefined) {
    env.set(spec.userVariable, EnvValue.fromValue(facts.user));
  }
  if (spec.databaseVariable !== undefined) {
    env.set(spec.databaseVariable, EnvValue.fromValue(facts.database!));
  }
  if ([...(spec.startupCommand ?? []), ...(spec.readinessCommand ?? [])].some(text => text.includes('$POD_IP'))) {
    env.set('POD_IP', EnvValue.fromFieldRef(EnvFieldPaths.POD_IP));
  }
  return [{ owner: 'the database', additions: { mounts, env: Object.fromEntries(env) } }];
}

/** The password, and the user's name, as files that only the server's group may read. */
export function credentialsMount({ keys }: ServerFacts): PodMount {
  const username = keys.usernameKey === undefined ? [] : [{ key: keys.usernameKey, path: 'username' }];
  const items = [{ key: keys.passwordKey, path: 'password' }, ...username];
  const volume = PodVolume.fromSource('credentials', {
    secret: { secretName: keys.secretName, items, defaultMode: 0o440 },
  });
  return { path: PASSWORD_DIRECTORY, volume, readOnly: true };
}

function serverScratch({ spec, sharedMemory }: ServerFacts): WritableDirectory[] {
  const scratch: WritableDirectory[] = [...(spec.writableDirectories ?? [])];
  if (spec.preStartCommands) {
    scratch.push({ path: RUN_DIRECTORY, sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY });
  }
  if (sharedMemory) {
    scratch.push({ path: '/dev/shm', sizeLimit: sharedMemory, medium: EmptyDirMedium.MEMORY });
  }
  return scratch;
}

/**
 * The user's scripts, executed, so that `exit` ends one alone; and the last one, which says that all the others have
 * run.
 */
function scriptFiles(scope: Construct, { spec, marker }: ServerFacts, initScripts?: InitScripts): ConfigFile[] {
  const engine = spec.provider ?? spec.type;
  if (!spec.initDirectory) {
    return initScripts
      ? fail(scope, `It has init scripts, but the image of ${engine} runs none.`, "Leave 'initScripts' out.")
      : [];
  }
  const own = initScripts?._files(scope, engine, spec.initExtensions ?? ['.sh']) ?? {};
  return Object.entries({ ...own, [LAST_SCRIPT]: `#!/bin/sh\nrm -f ${marker}\n` }).map(([path, content]) => ({
    path,
    content,
    mode: 0o555,
  }));
}
