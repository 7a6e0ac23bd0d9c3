import type { DatabaseEngineOptions } from './database-engine-options';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { OPTIONAL, PropTable, required } from '../../checks/props';

/** The options of an engine with a version. */
export interface VersionedEngineOptions extends DatabaseEngineOptions {
  readonly version: { readonly tag: string };
}

/** Returns the props of an engine's options. */
export function engineOptions(exampleVersion: string): PropTable<VersionedEngineOptions> {
  return { version: required(exampleVersion), repository: OPTIONAL };
}

export const ENGINE_SPEC: PropTable<DatabaseEngineSpec> = {
  type: required("'postgresql'"),
  image: required("'registry.example.com/postgres:17.11'"),
  port: required('5432'),
  runAsUser: required('999'),
  runAsGroup: required('999'),
  mountPath: required("'/var/lib/postgresql/data'"),
  command: required("['docker-entrypoint.sh', 'postgres']"),
  shutdownTimeout: required('Duration.minutes(2)'),
  minimumMemory: required('Size.mebibytes(256)'),
  minimumStorage: required('Size.gibibytes(1)'),
  provider: OPTIONAL,
  subPath: OPTIONAL,
  dataPath: OPTIONAL,
  initializedMarker: OPTIONAL,
  declaredVolumes: OPTIONAL,
  writableDirectories: OPTIONAL,
  env: OPTIONAL,
  userVariable: OPTIONAL,
  userFileVariable: OPTIONAL,
  onlyUser: OPTIONAL,
  reservedUsers: OPTIONAL,
  databaseVariable: OPTIONAL,
  passwordFileVariables: OPTIONAL,
  exclusiveLock: OPTIONAL,
  preStartCommands: OPTIONAL,
  startupCommand: OPTIONAL,
  readinessCommand: OPTIONAL,
  livenessCommand: OPTIONAL,
  waitCommand: OPTIONAL,
  tlsWaitCommand: OPTIONAL,
  initDirectory: OPTIONAL,
  initExtensions: OPTIONAL,
  uriScheme: OPTIONAL,
  tlsUriScheme: OPTIONAL,
  uriQuery: OPTIONAL,
  exporter: OPTIONAL,
  configPath: OPTIONAL,
  configFormat: OPTIONAL,
  configPreamble: OPTIONAL,
  settings: OPTIONAL,
  lowMemorySettings: OPTIONAL,
  reservedSettings: OPTIONAL,
  volumeBudget: OPTIONAL,
  storagePerMemory: OPTIONAL,
  memoryBudget: OPTIONAL,
  concurrencyLimits: OPTIONAL,
  hugePagesSetting: OPTIONAL,
};
