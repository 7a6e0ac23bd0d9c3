import type { DatabaseEngineOptions } from './database-engine-options';
import type { DatabaseEngineSpec } from './database-engine-spec';
import type { ExporterSpec } from './exporter-spec';
import type { ConcurrencyLimit, MemoryBudgetItem } from './memory-budget-item';
import type { VolumeBudgetItem } from './volume-budget-item';
import { checkProps, OPTIONAL, PropTable, required } from '../../checks/props';
import type { WritableDirectory } from '../../pod/pod-parts';

/** The options of an engine with a version. */
export interface VersionedEngineOptions extends DatabaseEngineOptions {
  readonly version: { readonly tag: string };
}

/** Returns the props of an engine's options. */
export function engineOptions(exampleVersion: string): PropTable<VersionedEngineOptions> {
  return { version: required(exampleVersion), repository: OPTIONAL };
}

const ENGINE_SPEC: PropTable<DatabaseEngineSpec> = {
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
  healthCheck: OPTIONAL,
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

const EXPORTER: PropTable<ExporterSpec> = {
  image: required("'registry.example.com/exporter:1.0'"),
  port: required('9187'),
  args: OPTIONAL,
  env: OPTIONAL,
  passwordFileVariable: OPTIONAL,
  passwordVariable: OPTIONAL,
};

const MEMORY_ITEM: PropTable<MemoryBudgetItem> = {
  description: required("'connections'"),
  setting: OPTIONAL,
  aliases: OPTIONAL,
  share: OPTIONAL,
  takesRemainder: OPTIONAL,
  minMib: OPTIONAL,
  maxMib: OPTIONAL,
  multiplyBy: OPTIONAL,
  factor: OPTIONAL,
  unitlessKib: OPTIONAL,
  unit: OPTIONAL,
  granularityMib: OPTIONAL,
  hugePages: OPTIONAL,
  sharedMemory: OPTIONAL,
};

const CONCURRENCY_LIMIT: PropTable<ConcurrencyLimit> = {
  setting: required("'max_connections'"),
  min: required('20'),
  max: required('100'),
  memoryPerUnitMib: OPTIONAL,
};

const VOLUME_ITEM: PropTable<VolumeBudgetItem> = {
  setting: required("'max_wal_size'"),
  share: required('0.1'),
  maxMib: OPTIONAL,
  unit: OPTIONAL,
  unitlessKib: OPTIONAL,
};

const WRITABLE_DIRECTORY: PropTable<WritableDirectory> = {
  path: required("'/var/run/postgresql'"),
  sizeLimit: OPTIONAL,
  medium: OPTIONAL,
};

/** Refuses missing and misspelled props of an engine and of the structs in it. */
export function checkEngineProps(location: string, spec: DatabaseEngineSpec): void {
  checkProps(location, spec, ENGINE_SPEC);
  const { exporter, memoryBudget, concurrencyLimits, volumeBudget, writableDirectories } = spec;
  if (exporter) {
    checkProps(location, exporter, EXPORTER, "'exporter'");
  }
  checkEach(location, 'memoryBudget', memoryBudget, MEMORY_ITEM);
  checkEach(location, 'concurrencyLimits', concurrencyLimits, CONCURRENCY_LIMIT);
  checkEach(location, 'volumeBudget', volumeBudget, VOLUME_ITEM);
  checkEach(location, 'writableDirectories', writableDirectories, WRITABLE_DIRECTORY);
}

function checkEach<T extends object>(
  location: string,
  prop: string,
  items: readonly NoInfer<T>[] = [],
  table: PropTable<T>,
): void {
  items.forEach((item, i) => checkProps(location, item, table, `'${prop}[${i}]'`));
}
