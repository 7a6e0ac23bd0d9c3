import type { DatabaseEngineOptions } from './database-engine-options';
import type { DatabaseEngineSpec } from './database-engine-spec';
import type { ExporterSpec } from './exporter-spec';
import type { ConcurrencyLimit, MemoryBudgetItem } from './memory-budget-item';
import type { VolumeBudgetItem } from './volume-budget-item';
import { checkProps, OPTIONAL, PropTable, required, optional } from '../../checks/props';
import { WRITABLE_DIRECTORY } from '../../pod/writable-directories';

/** The options of an engine with a version. */
export interface VersionedEngineOptions extends DatabaseEngineOptions {
  readonly version: { readonly tag: string };
}

/** Returns the props of an engine's options. */
export function engineOptions(exampleVersion: string): PropTable<VersionedEngineOptions> {
  return { version: required(exampleVersion), repository: OPTIONAL, image: optional('string') };
}

const ENGINE_SPEC: PropTable<DatabaseEngineSpec> = {
  type: required("'postgresql'", 'string'),
  image: required("'registry.example.com/postgres:17.11'", 'string'),
  port: required('5432', 'number'),
  runAsUser: required('999', 'number'),
  runAsGroup: required('999', 'number'),
  mountPath: required("'/var/lib/postgresql/data'", 'string'),
  command: required("['docker-entrypoint.sh', 'postgres']", 'string[]'),
  shutdownTimeout: required('Duration.minutes(2)', 'Duration'),
  minimumMemory: required('Size.mebibytes(256)', 'Size'),
  minimumStorage: required('Size.gibibytes(1)', 'Size'),
  provider: optional('string'),
  subPath: optional('string'),
  dataPath: optional('string'),
  initializedMarker: optional('string'),
  declaredVolumes: optional('string[]'),
  writableDirectories: optional('object[]'),
  env: optional('string{}'),
  userVariable: optional('string'),
  userFileVariable: optional('string'),
  onlyUser: optional('string'),
  reservedUsers: optional('string[]'),
  databaseVariable: optional('string'),
  passwordFileVariables: optional('string[]'),
  exclusiveLock: optional('boolean'),
  preStartCommands: optional('string[]'),
  healthCheck: optional('object'),
  startupCommand: optional('string[]'),
  readinessCommand: optional('string[]'),
  livenessCommand: optional('string[]'),
  waitCommand: optional('string[]'),
  tlsWaitCommand: optional('string[]'),
  initDirectory: optional('string'),
  initExtensions: optional('string[]'),
  uriScheme: optional('string'),
  tlsUriScheme: optional('string'),
  uriQuery: optional('string'),
  exporter: optional('object'),
  configPath: optional('string'),
  configFormat: optional('string'),
  configPreamble: optional('string[]'),
  settings: optional('string{}'),
  lowMemorySettings: optional('string{}'),
  reservedSettings: optional('string[]'),
  volumeBudget: optional('object[]'),
  storagePerMemory: optional('number'),
  memoryBudget: optional('object[]'),
  concurrencyLimits: optional('object[]'),
  hugePagesSetting: optional('string'),
};

const EXPORTER: PropTable<ExporterSpec> = {
  image: required("'registry.example.com/exporter:1.0'", 'string'),
  port: required('9187', 'number'),
  args: optional('string[]'),
  env: optional('string{}'),
  passwordFileVariable: optional('string'),
  passwordVariable: optional('string'),
};

const MEMORY_ITEM: PropTable<MemoryBudgetItem> = {
  description: required("'connections'", 'string'),
  setting: optional('string'),
  aliases: optional('string[]'),
  share: optional('number'),
  takesRemainder: optional('boolean'),
  minMib: optional('number'),
  maxMib: optional('number'),
  multiplyBy: optional('string[]'),
  factor: optional('number'),
  unitlessKib: optional('number'),
  unit: optional('string'),
  granularityMib: optional('number'),
  hugePages: optional('boolean'),
  sharedMemory: optional('boolean'),
};

const CONCURRENCY_LIMIT: PropTable<ConcurrencyLimit> = {
  setting: required("'max_connections'", 'string'),
  min: required('20', 'number'),
  max: required('100', 'number'),
  memoryPerUnitMib: optional('number'),
};

const VOLUME_ITEM: PropTable<VolumeBudgetItem> = {
  setting: required("'max_wal_size'", 'string'),
  share: required('0.1', 'number'),
  maxMib: optional('number'),
  unit: optional('string'),
  unitlessKib: optional('number'),
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
