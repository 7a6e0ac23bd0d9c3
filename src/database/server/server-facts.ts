import type { Size } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { CredentialKeys } from './credential-keys';
import type { StatefulDatabaseProps } from './stateful-database-props';
import { fail } from '../../checks/fail';
import { checkSize, kibibytes, quantity } from '../../checks/values';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';
import { checkEngine } from '../engine/engine-check';
import { planMemory } from '../engine/memory-budget';
import { renderSettings, userSettings } from '../engine/settings';
import { leastStorage, planVolume } from '../engine/volume-budget';

/** Where the server finds the password's file. */
export const PASSWORD_DIRECTORY = '/run/secrets/database';

/** What the server may keep in memory for itself. */
export const RUN_DIRECTORY = '/run/database';

/** An engine on the volume of one database: all that the pod is rendered from. */
export interface ServerFacts {
  readonly spec: DatabaseEngineSpec;
  readonly keys: CredentialKeys;
  readonly user: string;
  readonly database?: string;
  readonly dataPath: string;
  readonly subPath?: string;
  /** Whether the data is at the root of a claim, where a new database cannot be. */
  readonly onlyExisting: boolean;
  /** The file that stands while the data is being initialised. */
  readonly marker: string;
  readonly config: string;
  readonly sharedMemory?: Size;
  /** Puts what the placeholders of the engine's data stand for in their places. */
  readonly fill: (text: string) => string;
}

/** Checks what was asked of the engine, and derives the rest. */
export function serverFacts(
  scope: Construct,
  spec: DatabaseEngineSpec,
  props: StatefulDatabaseProps,
  keys: CredentialKeys,
): ServerFacts {
  checkEngine(scope, spec);
  const engine = spec.provider ?? spec.type;
  checkSize(scope, "'memory'", props.memory);
  const needed = leastStorage(spec, props.memory);
  props.storage._check(
    scope,
    needed === spec.minimumStorage ? engine : `${engine} with ${quantity(props.memory)} of memory`,
    needed,
  );
  const user = checkUser(scope, spec, props.user);
  if (props.database !== undefined && !spec.databaseVariable) {
    fail(scope, `'database' is '${props.database}', but ${engine} makes none by name.`, 'Leave it out.');
  }
  const database = spec.databaseVariable ? checkName(scope, "'database'", props.database ?? 'app', 63) : undefined;
  if (keys.usernameKey !== undefined && !spec.userFileVariable) {
    fail(
      scope,
      `The credentials have the user's name at the key '${keys.usernameKey}', which ${engine} cannot ` + 'read.',
      "Leave 'usernameKey' out.",
    );
  }

  const { dataPath, subPath } = placeData(spec, props);
  const settings = userSettings(scope, spec, props.settings ?? {});
  if (props.hugePages) {
    checkHugePages(scope, spec, props.hugePages);
  }
  const plan = planMemory(scope, spec, props.memory, settings, props.hugePages);
  const values = new Map(
    Object.entries({
      data: dataPath,
      mount: spec.mountPath,
      port: String(spec.port),
      // programs that only ask whether the server answers need any name
      user: keys.usernameKey === undefined ? user : 'nobody',
      database: database ?? '',
      config: spec.configPath ?? '',
      password: `${PASSWORD_DIRECTORY}/password`,
      run: RUN_DIRECTORY,
    }),
  );
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name) => values.get(name) ?? whole);
  const all = {
    ...spec.settings,
    ...(kibibytes(props.memory) < 1024 ** 2 ? spec.lowMemorySettings : {}),
    ...(props.hugePages ? { [spec.hugePagesSetting!]: 'on' } : {}),
    ...planVolume(scope, spec, settings, props.storage._size),
    ...plan.settings,
  };
  return {
    spec,
    keys,
    user,
    database,
    dataPath,
    subPath,
    onlyExisting: props.storage._existing.directory === '.',
    fill,
    marker: `${spec.mountPath}/.initialising`,
    config: fill(renderSettings(scope, spec, all)),
    sharedMemory: plan.sharedMemory,
  };
}

/** The server's data never lies at the root of a volume of ours, where a file system has its `lost+found`. */
function placeData(
  { mountPath, dataPath = mountPath, subPath }: DatabaseEngineSpec,
  { storage }: StatefulDatabaseProps,
) {
  const directory = storage._existing.directory;
  if (directory === undefined) {
    return { dataPath, subPath };
  }
  const below = directory === '.' ? undefined : directory;
  if (dataPath === mountPath) {
    return { dataPath, subPath: below };
  }
  return { dataPath: below === undefined ? mountPath : `${mountPath}/${below}`, subPath };
}

function checkUser(scope: IConstruct, spec: DatabaseEngineSpec, given?: string): string {
  if (spec.onlyUser !== undefined) {
    return given === undefined || given === spec.onlyUser
      ? spec.onlyUser
      : fail(
          scope,
          `'user' is '${given}', but ${spec.provider ?? spec.type} has the user '${spec.onlyUser}' alone.`,
          'Leave it out.',
        );
  }
  if (given === 'root' && spec.type === 'mysql') {
    fail(
      scope,
      "'user' is 'root', which the image has already and lets in from its own container alone.",
      'Take another.',
    );
  }
  return checkName(scope, "'user'", given ?? 'app', 32);
}

function checkName(scope: IConstruct, what: string, name: string, longest: number): string {
  return new RegExp(`^[A-Za-z_][A-Za-z0-9_]{0,${longest - 1}}$`).test(name)
    ? name
    : fail(
        scope,
        `${what} is '${name}', which would need quotes somewhere.`,
        `Use at most ${longest} letters, digits and '_', not beginning with a digit.`,
      );
}

function checkHugePages(scope: IConstruct, spec: DatabaseEngineSpec, hugePages: Size): void {
  if (!spec.hugePagesSetting) {
    fail(
      scope,
      `'hugePages' is ${quantity(hugePages)}, but ${spec.provider ?? spec.type} is not known to use ` + 'them.',
      'Leave it out.',
    );
  }
  if (kibibytes(checkSize(scope, "'hugePages'", hugePages)) % 2048 !== 0) {
    fail(scope, `'hugePages' is ${quantity(hugePages)}, no multiple of the 2Mi of a huge page.`, 'Round it.');
  }
}
