import type { Size } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { CredentialKeys } from './credential-keys';
import type { StatefulDatabaseProps } from './stateful-database-props';
import { fail } from '../../checks/fail';
import { checkSize, kibibytes, quantity } from '../../checks/values';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';
import { checkEngine } from '../engine/engine-check';
import { MemoryPlan, planMemory } from '../engine/memory-budget';
import { fillPlaceholders, ServerValues } from '../engine/placeholders';
import { renderSettings, userSettings } from '../engine/settings';
import { minimumStorage, planVolume } from '../engine/volume-budget';

/** The directory with the password file. */
export const PASSWORD_DIRECTORY = '/run/secrets/database';

/** The directory in memory that only the server can access. */
export const RUN_DIRECTORY = '/run/database';

const GIBIBYTE_IN_KIB = 1024 ** 2;
const HUGE_PAGE_IN_KIB = 2048;

/** An engine with the props of one database: everything that the pod is rendered from. */
export interface ServerFacts extends ServerAccount, DataPlacement {
  readonly spec: DatabaseEngineSpec;
  readonly keys: CredentialKeys;
  /** Whether the data is at the root of an existing claim, where no new database can be created. */
  readonly onlyExisting: boolean;
  /** The file that exists while the data is being initialized. The name is part of existing manifests. */
  readonly marker: string;
  /** The content of the configuration file. */
  readonly config: string;
  readonly sharedMemory?: Size;
  /** Replaces the placeholders in a string of the engine. */
  readonly fill: (text: string) => string;
}

/** The user and the database that the image creates. */
interface ServerAccount {
  readonly user: string;
  readonly database?: string;
}

/** The directory of the data in the container and on the claim. */
interface DataPlacement {
  readonly dataPath: string;
  readonly subPath?: string;
}

/** Checks the props of a database against its engine, and derives what the pod is rendered from. */
export function serverFacts(
  scope: Construct,
  spec: DatabaseEngineSpec,
  props: StatefulDatabaseProps,
  keys: CredentialKeys,
): ServerFacts {
  checkEngine(scope, spec);
  checkResources(scope, spec, props);
  const account = accountOf(scope, spec, props);
  checkUsernameKey(scope, spec, keys);
  const placement = placeData(spec, props);
  const values = placeholderValues(spec, account, placement, keys);
  const fill = (text: string) => fillPlaceholders(text, values);
  const settings = userSettings(scope, spec, props.settings ?? {});
  const plan = planMemory(scope, spec, props.memory, settings, props.hugePages);
  return {
    spec,
    keys,
    ...account,
    ...placement,
    fill,
    onlyExisting: props.storage._existing.directory === '.',
    marker: `${spec.mountPath}/.initialising`,
    config: configFile(scope, spec, props, { settings, plan, fill }),
    sharedMemory: plan.sharedMemory,
  };
}

function checkResources(
  scope: Construct,
  spec: DatabaseEngineSpec,
  { memory, storage, hugePages }: StatefulDatabaseProps,
): void {
  const engine = engineName(spec);
  checkSize(scope, "'memory'", memory);
  const minimum = minimumStorage(spec, memory);
  storage._check(scope, minimum === spec.minimumStorage ? `${engine} needs` : copyOfMemory(engine, memory), minimum);
  if (hugePages) {
    checkHugePages(scope, spec, hugePages);
  }
}

/** Describes the storage of an engine that keeps its data in memory. */
function copyOfMemory(engine: string, memory: Size): string {
  return `${engine} with ${quantity(memory)} of memory needs to write a copy of its data next to the old one`;
}

function checkHugePages(scope: IConstruct, spec: DatabaseEngineSpec, hugePages: Size): void {
  if (!spec.hugePagesSetting) {
    fail(
      scope,
      `'hugePages' is ${quantity(hugePages)}, but ${engineName(spec)} does not support huge pages.`,
      'Omit the prop.',
    );
  }
  if (kibibytes(checkSize(scope, "'hugePages'", hugePages)) % HUGE_PAGE_IN_KIB !== 0) {
    fail(
      scope,
      `'hugePages' is ${quantity(hugePages)}, which is not a multiple of 2Mi, the size of a huge page.`,
      'Round it to a multiple of 2Mi.',
    );
  }
}

function accountOf(
  scope: IConstruct,
  spec: DatabaseEngineSpec,
  { user, database }: StatefulDatabaseProps,
): ServerAccount {
  if (database !== undefined && !spec.databaseVariable) {
    fail(
      scope,
      `'database' is '${database}', but ${engineName(spec)} does not create a database by name.`,
      'Omit the prop.',
    );
  }
  return {
    user: checkUser(scope, spec, user),
    database: spec.databaseVariable ? checkName(scope, 'database', database ?? 'app', 63) : undefined,
  };
}

function checkUser(scope: IConstruct, spec: DatabaseEngineSpec, user?: string): string {
  const { onlyUser, reservedUsers = [] } = spec;
  if (onlyUser !== undefined) {
    return user === undefined || user === onlyUser
      ? onlyUser
      : fail(
          scope,
          `'user' is '${user}', but the only user of ${engineName(spec)} is '${onlyUser}'.`,
          'Omit the prop.',
        );
  }
  if (user !== undefined && reservedUsers.includes(user)) {
    fail(
      scope,
      `'user' is '${user}', which the image of ${engineName(spec)} reserves for itself.`,
      "Use another name, for example 'app'.",
    );
  }
  return checkName(scope, 'user', user ?? 'app', 32);
}

function checkName(scope: IConstruct, prop: string, name: string, maxLength: number): string {
  return new RegExp(`^[A-Za-z_][A-Za-z0-9_]{0,${maxLength - 1}}$`).test(name)
    ? name
    : fail(
        scope,
        `'${prop}' is '${name}', which is not an unquoted SQL identifier.`,
        `Use at most ${maxLength} letters, digits and '_', and do not begin with a digit.`,
      );
}

function checkUsernameKey(scope: IConstruct, spec: DatabaseEngineSpec, { usernameKey }: CredentialKeys): void {
  if (usernameKey !== undefined && !spec.userFileVariable) {
    fail(
      scope,
      `'usernameKey' is '${usernameKey}', but ${engineName(spec)} cannot read its user name from a Secret.`,
      "Omit 'usernameKey'.",
    );
  }
}

/** Keeps the data of a new claim below its root, because a filesystem has its `lost+found` there. */
function placeData(
  { mountPath, dataPath = mountPath, subPath }: DatabaseEngineSpec,
  { storage }: StatefulDatabaseProps,
): DataPlacement {
  const { directory } = storage._existing;
  if (directory === undefined) {
    return { dataPath, subPath };
  }
  const belowRoot = directory === '.' ? undefined : directory;
  if (dataPath === mountPath) {
    return { dataPath, subPath: belowRoot };
  }
  return { dataPath: belowRoot === undefined ? mountPath : `${mountPath}/${belowRoot}`, subPath };
}

function placeholderValues(
  { mountPath, port, configPath = '' }: DatabaseEngineSpec,
  { user, database = '' }: ServerAccount,
  { dataPath }: DataPlacement,
  { usernameKey }: CredentialKeys,
): ServerValues {
  return {
    config: configPath,
    data: dataPath,
    database,
    mount: mountPath,
    password: `${PASSWORD_DIRECTORY}/password`,
    podIp: '$POD_IP',
    port: String(port),
    run: RUN_DIRECTORY,
    // programs that only ask whether the server answers accept any name
    user: usernameKey === undefined ? user : 'nobody',
  };
}

interface ConfigFileOptions {
  readonly settings: Readonly<Record<string, string>>;
  readonly plan: MemoryPlan;
  readonly fill: (text: string) => string;
}

/** Returns the configuration file: the defaults of the engine, the derived settings, and those of the user. */
function configFile(
  scope: IConstruct,
  spec: DatabaseEngineSpec,
  { memory, storage, hugePages }: StatefulDatabaseProps,
  { settings, plan, fill }: ConfigFileOptions,
): string {
  const defaults = {
    ...spec.settings,
    ...(kibibytes(memory) < GIBIBYTE_IN_KIB ? spec.lowMemorySettings : {}),
  };
  const { configFormat, configPreamble } = spec;
  return renderSettings(
    scope,
    { configFormat, configPreamble: configPreamble?.map(fill) },
    {
      ...Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, fill(value)])),
      ...(hugePages ? { [spec.hugePagesSetting!]: 'on' } : {}),
      ...planVolume(scope, spec, settings, storage._size),
      ...plan.settings,
    },
  );
}

/** The name of an engine in a message. */
export function engineName({ provider, type }: DatabaseEngineSpec): string {
  return provider ?? type;
}
