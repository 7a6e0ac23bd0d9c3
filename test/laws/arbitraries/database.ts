import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { caCertificate, cidrs } from './addresses';
import { backupProps, restoreFrom } from './backup';
import { local } from './config';
import { engine } from './engine';
import {
  hostile,
  imageReference,
  memory,
  metadata,
  mostly,
  name,
  optional,
  port,
  props,
  secret,
  shortName,
  size,
  text,
  time,
  words,
} from './values';
import { waivers } from './workload';
import {
  VolumeDataSource,
  DatabaseAddress,
  DatabaseBackup,
  DatabaseBackupProps,
  DatabaseBinding,
  DatabaseClient,
  DatabaseClientOptions,
  DatabaseCredentials,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseStorage,
  ExistingRollout,
  ExternalDatabase,
  ExternalDatabaseProps,
  IDatabase,
  InitScripts,
  PostgresVersion,
  StatefulDatabase,
  StatefulDatabaseProps,
} from '../../../src';

const labels = fc.dictionary(name, name, { maxKeys: 2 });
const largeSize = mostly(fc.integer({ min: 6, max: 2000 }).map(Size.gibibytes), size);
const storage = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        largeSize,
        optional({
          storageClassName: name,
          accessMode: fc.constantFrom(...Object.values(PersistentVolumeAccessMode)),
          selector: labels,
          metadata,
          dataSource: fc.oneof(name.map(VolumeDataSource.fromSnapshotName), name.map(VolumeDataSource.fromClaimName)),
        }),
      )
      .map(([volumeSize, options]) => DatabaseStorage.provisioned(volumeSize, options)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(name, optional({ directory: mostly(fc.constantFrom('.', 'data', 'a/b'), hostile) }))
      .map(([claim, options]) => DatabaseStorage.fromClaimName(claim, options)),
  },
);
const existingSecret = fc
  .tuple(secret, optional({ passwordKey: name, usernameKey: name, urlSafe: fc.boolean() }))
  .map(([source, options]) => DatabaseCredentials.fromSecret(source, options));
const credentials = fc.oneof(
  existingSecret,
  optional({ secretName: name, image: mostly(fc.constant('mirror.example.com/curl:8.16.0'), hostile) }).map(options =>
    DatabaseCredentials.fromGeneratedSecret(options),
  ),
);
const identifier = mostly(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), hostile);
const settings = fc.dictionary(
  mostly(
    fc.constantFrom(
      'log_line_prefix',
      'work_mem',
      'max_connections',
      'shared_buffers',
      'innodb_buffer_pool_size',
      'maxmemory',
      'net.maxIncomingConnections',
    ),
    text,
  ),
  mostly(fc.constantFrom('50', '1', '1MB', '64M', '100mb'), text),
  { maxKeys: 2 },
);
const duration = mostly(fc.constantFrom(60, 3600).map(Duration.seconds), time);
const optionalProps = optional({
  metadata,
  user: identifier,
  database: identifier,
  settings,
  cpu: fc.constantFrom({ request: Cpu.millis(100) }, { limit: Cpu.units(2) }, {}),
  hugePages: mostly(
    fc.integer({ min: 1, max: 100 }).map(pages => Size.mebibytes(pages * 2)),
    size,
  ),
  initScripts: fc.oneof(
    fc
      .dictionary(
        mostly(fc.constantFrom('10-a.sql', '20-b.sh', '30-c.js'), text),
        mostly(fc.constant('select 1'), text),
        { maxKeys: 2 },
      )
      .map(InitScripts.fromInline),
    local('stateful-database/init').map(InitScripts.fromDirectory),
  ),
  metrics: optional({
    image: mostly(fc.constant('acme/exporter:1'), hostile),
    serviceMonitor: fc.boolean(),
    serviceMonitorLabels: labels,
  }),
  startupTimeout: duration,
  shutdownTimeout: duration,
  imagePullSecrets: fc.array(secret, { maxLength: 1 }),
  podAnnotations: fc.dictionary(name, text, { maxKeys: 2 }),
  waivers,
});
const replicas = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: optional({
      replicas: mostly(fc.constantFrom(0, 1, 2), fc.constantFrom(-1, 1.5)),
      independentReplicas: mostly(fc.constant('because of this test'), text),
    }),
  },
);

const databaseProps: fc.Arbitrary<StatefulDatabaseProps> = fc
  .tuple(fc.record({ engine, storage, memory, credentials }), optionalProps, replicas)
  .map(([required, others, replication]) => ({ ...required, ...others, ...replication }));

const host = mostly(fc.constantFrom('db.example.com', '10.1.2.3', '2001:db8::1'), hostile);
const ip = mostly(
  fc.constantFrom('10.1.2.3', '10.1.2.4'),
  fc.oneof(hostile, fc.constantFrom('127.0.0.1', '::1', '169.254.1.1', '2001:db8::1')),
);
const address = fc.oneof(
  fc.tuple(host, optional({ cidrs })).map(args => DatabaseAddress.host(...args)),
  fc.array(ip, { minLength: 1, maxLength: 2 }).map(addresses => DatabaseAddress.addresses(...addresses)),
  fc.tuple(host, optional({ cidrs })).map(args => DatabaseAddress.externalName(...args)),
);
const externalDatabaseProps: fc.Arbitrary<ExternalDatabaseProps> = props(
  { engine, address, credentials: existingSecret },
  { port, user: text, database: text, caCertificate, metadata },
);

const variable = mostly(fc.constantFrom('DATABASE_URL', 'DB_HOST', 'database__connection__host', 'db.port'), text);

const variables = {
  prefix: mostly(fc.constant('PG'), text),
  host: variable,
  port: variable,
  hostPort: variable,
  user: variable,
  password: variable,
  database: variable,
  caCertificate: variable,
  url: variable,
  jdbcUrl: variable,
  urlScheme: mostly(fc.constant('mysql2'), text),
  urlDatabase: text,
  urlQuery: mostly(fc.constant('sslmode=require'), text),
};

const clientOptions: fc.Arbitrary<DatabaseClientOptions> = optional({
  id: name,
  binding: fc.oneof(
    optional(variables).map(DatabaseBinding.variables),
    mostly(fc.constant('/run/orders'), hostile).map(DatabaseBinding.files),
    fc.option(name, { nil: undefined }).map(binding => DatabaseBinding.serviceBinding(binding)),
  ),
  waitUntilReady: fc.boolean(),
  secret,
  rollout: fc.constantFrom(ExistingRollout.reloader(), ExistingRollout.none('the password never changes')),
});

const endpoint: fc.Arbitrary<DatabaseEndpoint> = props(
  {
    name: shortName,
    type: mostly(fc.constant('postgresql'), text),
    host,
    port,
    user: text,
    secretName: name,
    passwordKey: name,
  },
  {
    provider: text,
    database: text,
    usernameKey: name,
    urlSafe: fc.boolean(),
    uriScheme: mostly(fc.constant('postgres'), text),
    uriQuery: text,
    caCertificate,
    namespace: mostly(fc.constant('shop'), hostile),
    podLabels: labels,
    requiresNetworkPolicy: fc.boolean(),
    cidrs,
    waitImage: imageReference,
    waitCommand: words(fc.constant('ready')),
  },
);

/** A client of a stateful, external or custom database. */
export interface ClientProgram {
  readonly stateful?: StatefulDatabaseProps;
  readonly external?: ExternalDatabaseProps;
  readonly endpoint?: DatabaseEndpoint;
  readonly backup?: Omit<DatabaseBackupProps, 'database'>;
  readonly options: DatabaseClientOptions;
}

export const statefulDatabase: fc.Arbitrary<ClientProgram> = fc.record({
  stateful: databaseProps,
  options: clientOptions,
});
export const customDatabase: fc.Arbitrary<ClientProgram> = fc.record({ endpoint, options: clientOptions });
export const externalDatabase: fc.Arbitrary<ClientProgram> = fc.record({
  external: externalDatabaseProps,
  options: clientOptions,
});

const backedUpEngine = fc
  .constantFrom(PostgresVersion.V16, PostgresVersion.V18)
  .map(version => DatabaseEngine.postgres({ version }));
const noOptions = fc.constant({});

/** A database that is backed up, or restored from a backup. */
export const backedUpDatabase: fc.Arbitrary<ClientProgram> = fc.oneof(
  fc.record({
    stateful: props(
      { engine: backedUpEngine, storage, memory, credentials: existingSecret },
      { settings, restoreFrom },
    ),
    backup: backupProps,
    options: noOptions,
  }),
  fc.record({
    external: props({ engine: backedUpEngine, address, credentials: existingSecret }, { caCertificate }),
    backup: backupProps,
    options: noOptions,
  }),
);

/** Creates the database of a client. */
export function databaseOf(
  chart: Chart,
  id: string,
  { stateful, external, endpoint: custom, backup }: ClientProgram,
): IDatabase {
  if (custom) {
    const database: IDatabase = { endpoint: custom, client: options => new DatabaseClient(database, options) };
    return database;
  }
  const database = stateful ? new StatefulDatabase(chart, id, stateful) : new ExternalDatabase(chart, id, external!);
  if (backup) {
    new DatabaseBackup(chart, `${id}-backup`, { ...backup, database });
  }
  // a client of a database with several replicas must name one
  return database instanceof StatefulDatabase ? database.replica(0) : database;
}
