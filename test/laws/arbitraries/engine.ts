import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import {
  amount,
  hostile,
  imageReference,
  mostly,
  mountPath,
  name,
  port,
  props,
  size,
  text,
  time,
  variable,
  words,
} from './values';
import { health, scratch } from './workload';
import {
  ConfigFormat,
  DatabaseEngine,
  DatabaseEngineSpec,
  DatabaseSettingsSpec,
  ExporterSpec,
  MariadbVersion,
  ConcurrencyLimit,
  MemoryBudgetItem,
  MongodbVersion,
  MysqlVersion,
  PostgresVersion,
  RedisVersion,
  ValkeyVersion,
  VolumeBudgetItem,
  SizeUnit,
} from '../../../src';

const repository = mostly(fc.constant('mirror.example.com/a/b'), hostile);
const wrongTag = fc.oneof(hostile, fc.constantFrom('latest', '17', '17.11', '99.1-trixie', '17.11-ubi9'));
/** A release that the library names, or one by its tag. */
function release<V>(versions: { of(tag: string): V }, ...tags: string[]): fc.Arbitrary<V> {
  return fc.oneof(
    fc.constantFrom(...(Object.values(versions) as V[])),
    mostly(fc.constantFrom(...tags), wrongTag).map(tag => versions.of(tag)),
  );
}
const derivedImage = mostly(fc.constantFrom('acme/database:1.0.0', 'pgvector/pgvector:0.8.1-pg17-trixie'), hostile);
const optionsOf = <V>(version: fc.Arbitrary<V>) =>
  fc.oneof(props({ version }, { repository }), props({ version }, { image: derivedImage }));
const knownEngine = fc.oneof(
  optionsOf(release(PostgresVersion, '14.24-trixie', '17.11-alpine3.24', '18.6-trixie')).map(DatabaseEngine.postgres),
  optionsOf(release(MysqlVersion, '8.4.11-oraclelinux9', '9.7.2-oracle')).map(DatabaseEngine.mysql),
  optionsOf(release(MariadbVersion, '11.4.12-noble', '11.8.8-noble')).map(DatabaseEngine.mariadb),
  optionsOf(release(MongodbVersion, '7.0.40-jammy', '8.0.29-noble')).map(DatabaseEngine.mongodb),
  optionsOf(release(RedisVersion, '7.4.11-bookworm', '8.2.9-alpine3.23')).map(DatabaseEngine.redis),
  optionsOf(release(ValkeyVersion, '8.1.11-trixie', '9.0.8-trixie')).map(DatabaseEngine.valkey),
);

const command = words(
  mostly(
    fc.constantFrom(
      'server',
      '--port={port}',
      '{data}/a',
      '{config}',
      '{podIp}',
      '{user}',
      '{database}',
      '{run}',
      '{mount}',
    ),
    fc.constant('{constructor}'),
  ),
);
const setting = mostly(
  fc.constantFrom('max_connections', 'shared_buffers', 'work_mem', 'cache.size', 'log'),
  fc.oneof(text, fc.constantFrom('cache', 'constructor', 'toString.a')),
);
const someSettings = fc.dictionary(setting, mostly(fc.constantFrom('on', '5', '64MB', ''), text), { maxKeys: 2 });
const part = amount(fc.double({ min: 0.001, max: 0.1, noNaN: true }));
const mebibytes = amount(fc.oneof(fc.integer({ min: 0, max: 16 }), fc.constantFrom(0.0625, 1.5)));
const unitlessKib = amount(fc.constantFrom(1, 8, 1024));

const memoryTerm: fc.Arbitrary<MemoryBudgetItem> = props(
  { description: text },
  {
    setting,
    aliases: fc.array(setting, { maxLength: 2 }),
    share: part,
    takesRemainder: mostly(fc.constant(false), fc.constant(true)),
    minMib: mebibytes,
    maxMib: mebibytes,
    multiplyBy: fc.array(mostly(fc.constant('max_connections'), setting), { maxLength: 2 }),
    factor: amount(fc.integer({ min: 1, max: 3 })),
    unitlessKib,
    unit: fc.constantFrom(...Object.values(SizeUnit)),
    granularityMib: amount(fc.constantFrom(1, 16)),
    hugePages: fc.boolean(),
    sharedMemory: mostly(fc.constant(false), fc.constant(true)),
  },
);
const memoryCount: fc.Arbitrary<ConcurrencyLimit> = props(
  {
    setting: mostly(fc.constant('max_connections'), setting),
    min: amount(fc.integer({ min: 0, max: 3 })),
    max: amount(fc.integer({ min: 3, max: 9 })),
  },
  { memoryPerUnitMib: amount(fc.integer({ min: 1, max: 64 })) },
);
const volumeTerm: fc.Arbitrary<VolumeBudgetItem> = props(
  { setting, share: part },
  {
    maxMib: amount(fc.integer({ min: 1, max: 4096 })),
    unit: fc.constantFrom(SizeUnit.POSTGRES_MB, SizeUnit.MYSQL_M),
    unitlessKib,
  },
);

const minimumMemory = mostly(fc.constantFrom(8, 64).map(Size.mebibytes), size);
const configPath = mostly<string | undefined>(
  fc.constantFrom('/etc/server.conf', '/etc/server/a.yaml'),
  fc.oneof(mountPath, fc.constant(undefined)),
);
const settingsSpec: fc.Arbitrary<DatabaseSettingsSpec> = props(
  { minimumMemory, configPath },
  {
    configFormat: fc.constantFrom(...Object.values(ConfigFormat)),
    configPreamble: fc.array(text, { maxLength: 2 }),
    settings: someSettings,
    lowMemorySettings: someSettings,
    reservedSettings: fc.array(setting, { maxLength: 1 }),
    volumeBudget: fc.array(volumeTerm, { maxLength: 2 }),
    storagePerMemory: amount(fc.constantFrom(0.1, 1.5)),
    memoryBudget: fc.uniqueArray(memoryTerm, { maxLength: 3, selector: term => term.setting }),
    concurrencyLimits: fc.array(memoryCount, { maxLength: 1 }),
    hugePagesSetting: setting,
  },
);

const exporter: fc.Arbitrary<ExporterSpec> = props(
  { image: imageReference, port },
  {
    args: fc.array(mostly(fc.constant('--user={user}'), text), { maxLength: 2 }),
    env: fc.dictionary(variable, mostly(fc.constant('{user}@here'), text), { maxKeys: 2 }),
    passwordFileVariable: variable,
    passwordVariable: variable,
  },
);

const uriPart = mostly(fc.constantFrom('surreal', 'a+b'), text);
const account = mostly(fc.constantFrom(999, 65532), fc.constantFrom(0, -1, 1.5, 2 ** 31, NaN));
const spec: fc.Arbitrary<DatabaseEngineSpec> = fc
  .tuple(
    settingsSpec,
    props(
      {
        type: mostly(fc.constantFrom('surreal', 'postgresql', 'mysql'), text),
        image: imageReference,
        port,
        runAsUser: account,
        runAsGroup: account,
        mountPath: mostly(fc.constant('/var/lib/server'), mountPath),
        command,
        passwordFileVariables: mostly(
          fc.uniqueArray(variable, { minLength: 1, maxLength: 2 }),
          fc.array(variable, { maxLength: 2 }),
        ),
        shutdownTimeout: mostly(fc.constantFrom(10, 300).map(Duration.seconds), time),
        minimumStorage: mostly(fc.constantFrom(1, 5).map(Size.gibibytes), size),
      },
      {
        provider: text,
        subPath: mostly(fc.constantFrom('a', 'a/b'), text),
        dataPath: mostly(fc.constantFrom('/var/lib/server', '/var/lib/server/data'), mountPath),
        declaredVolumes: fc.array(mostly(fc.constant('/var/lib/server'), mountPath), { maxLength: 1 }),
        writableDirectories: fc.array(scratch, { maxLength: 1 }),
        env: fc.dictionary(variable, mostly(fc.constant('{data}'), text), { maxKeys: 2 }),
        userVariable: variable,
        userFileVariable: variable,
        reservedUsers: fc.array(mostly(fc.constant('root'), text), { maxLength: 2 }),
        onlyUser: mostly(fc.constant('admin'), text),
        databaseVariable: variable,
        exclusiveLock: fc.boolean(),
        preStartCommands: fc.array(mostly(fc.constant('cat {password} > {run}/password'), text), { maxLength: 2 }),
        healthCheck: health,
        startupCommand: command,
        readinessCommand: command,
        livenessCommand: command,
        waitCommand: command,
        tlsWaitCommand: command,
        uriScheme: uriPart,
        tlsUriScheme: uriPart,
        uriQuery: mostly(fc.constant('a=b'), text),
        exporter,
      },
    ),
    fc.oneof(
      fc.constant({}),
      // a marker needs an init directory with shell scripts, the last of which writes it
      props(
        { initDirectory: mostly(fc.constant('/init.d'), mountPath) },
        {
          initializedMarker: mostly(fc.constantFrom('VERSION', 'a/b'), text),
          initExtensions: mostly(fc.constantFrom<string[]>(['.sh'], ['.sql', '.sh']), fc.array(text, { maxLength: 2 })),
        },
      ),
      mostly(fc.constant({}), fc.record({ initializedMarker: name })),
    ),
  )
  .map(([settings, image, initialization]) => ({ ...settings, ...image, ...initialization }));

/** Any engine. */
export const engine: fc.Arbitrary<DatabaseEngine> = fc.oneof(knownEngine, spec.map(DatabaseEngine.custom));
