import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { hostile, metadata, mostly, name, optional, port, secret, size, text, time } from './values';
import { waivers } from './workload';
import {
  CertificateSource, DatabaseAddress, DatabaseBinding, DatabaseClientOptions, DatabaseCredentials, DatabaseEngine, DatabaseStorage,
  ExternalDatabase, ExternalDatabaseProps, IDatabase, InitScripts, MariadbVersion, MongodbVersion, MysqlVersion, PostgresVersion, RedisVersion,
  Replication, StatefulDatabase, StatefulDatabaseProps, ValkeyVersion,
} from '../../../src';

const tag = (...tags: string[]) => mostly(fc.constantFrom(...tags), fc.oneof(hostile, fc.constantFrom('latest', '17', '17.11', '99.1-trixie', '17.11-ubi9')));
const repository = optional({ repository: mostly(fc.constant('mirror.example.com/a/b'), hostile) });
const engine = fc.oneof(
  fc.tuple(tag('14.24-trixie', '17.11-alpine3.24', '18.6-trixie'), repository).map(([t, more]) => DatabaseEngine.postgres({ version: PostgresVersion.of(t), ...more })),
  fc.tuple(tag('8.4.11-oraclelinux9', '9.7.2-oracle'), repository).map(([t, more]) => DatabaseEngine.mysql({ version: MysqlVersion.of(t), ...more })),
  fc.tuple(tag('11.4.12-noble', '11.8.8-noble'), repository).map(([t, more]) => DatabaseEngine.mariadb({ version: MariadbVersion.of(t), ...more })),
  fc.tuple(tag('7.0.40-jammy', '8.0.29-noble'), repository).map(([t, more]) => DatabaseEngine.mongodb({ version: MongodbVersion.of(t), ...more })),
  fc.tuple(tag('7.4.11-bookworm', '8.2.9-alpine3.23'), repository).map(([t, more]) => DatabaseEngine.redis({ version: RedisVersion.of(t), ...more })),
  fc.tuple(tag('8.1.11-trixie', '9.0.8-trixie'), repository).map(([t, more]) => DatabaseEngine.valkey({ version: ValkeyVersion.of(t), ...more })),
);

const labels = fc.dictionary(name, name, { maxKeys: 2 });
const largeSize = mostly(fc.integer({ min: 6, max: 500 }).map(Size.gibibytes), size);
const storage = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(largeSize, optional({
      storageClassName: name,
      singlePod: fc.boolean(),
      selector: labels,
      metadata,
      dataSource: mostly(fc.oneof(fc.record({ snapshotName: name }), fc.record({ claimName: name })), fc.constant({})),
    })).map(([of, options]) => DatabaseStorage.newVolume(of, options)),
  },
  { weight: 1, arbitrary: fc.tuple(name, optional({ directory: mostly(fc.constantFrom('.', 'data', 'a/b'), hostile) })).map(([claim, options]) => DatabaseStorage.fromClaim(claim, options)) },
);
const existingSecret = fc.tuple(secret, optional({ passwordKey: name, usernameKey: name, urlSafe: fc.boolean() }))
  .map(([of, options]) => DatabaseCredentials.fromSecret(of, options));
const credentials = fc.oneof(
  existingSecret,
  optional({ secretName: name, image: mostly(fc.constant('mirror.example.com/curl:8.16.0'), hostile) }).map(options => DatabaseCredentials.generated(options)),
);
const identifier = mostly(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), hostile);
const settings = fc.dictionary(
  mostly(fc.constantFrom('log_line_prefix', 'work_mem', 'max_connections', 'shared_buffers', 'innodb_buffer_pool_size', 'maxmemory', 'net.maxIncomingConnections'), text),
  mostly(fc.constantFrom('50', '1', '1MB', '64M', '100mb'), text), { maxKeys: 2 },
);
const duration = mostly(fc.constantFrom(60, 3600).map(Duration.seconds), time);
const moreOf = optional({
  metadata,
  user: identifier,
  database: identifier,
  settings,
  cpu: fc.constantFrom({ request: Cpu.millis(100) }, { limit: Cpu.units(2) }, {}),
  hugePages: mostly(fc.integer({ min: 1, max: 100 }).map(pages => Size.mebibytes(pages * 2)), size),
  initScripts: fc.dictionary(mostly(fc.constantFrom('10-a.sql', '20-b.sh', '30-c.js'), text), mostly(fc.constant('select 1'), text), { maxKeys: 2 }).map(InitScripts.inline),
  metrics: optional({ image: mostly(fc.constant('acme/exporter:1'), hostile), serviceMonitor: fc.boolean(), serviceMonitorLabels: labels }),
  startupTimeout: duration,
  stopTimeout: duration,
  imagePullSecrets: fc.array(secret, { maxLength: 1 }),
  podAnnotations: fc.dictionary(name, text, { maxKeys: 2 }),
  waivers,
});
const replicas = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: optional({ replicas: mostly(fc.constantFrom(0, 1, 2), fc.constantFrom(-1, 1.5)), replication: mostly(fc.constant('each shard its own'), text).map(Replication.none) }) },
);

const databaseProps: fc.Arbitrary<StatefulDatabaseProps> = fc.tuple(
  fc.record({ engine, storage, memory: mostly(fc.integer({ min: 1, max: 4 }).map(Size.gibibytes), size), credentials }),
  // most props are left out, for one wrong one is enough to refuse a program
  fc.oneof({ weight: 1, arbitrary: moreOf }, { weight: 2, arbitrary: fc.constant({}) }),
  replicas,
).map(([needed, more, copies]) => ({ ...needed, ...more, ...copies }));

const cidr = mostly(fc.constantFrom('10.1.0.0/16', '2001:db8::/32'), fc.oneof(hostile, fc.constantFrom('10.0.0.0/33', '10.0.0.0', '::/129')));
const host = mostly(fc.constantFrom('db.example.com', '10.1.2.3', '2001:db8::1'), hostile);
const ip = mostly(fc.constantFrom('10.1.2.3', '10.1.2.4'), fc.oneof(hostile, fc.constantFrom('127.0.0.1', '::1', '169.254.1.1', '2001:db8::1')));
const cidrs = fc.array(cidr, { maxLength: 2 });
const address = fc.oneof(
  fc.tuple(host, cidrs).map(([of, blocks]) => DatabaseAddress.host(of, ...blocks)),
  fc.array(ip, { minLength: 1, maxLength: 2 }).map(addresses => DatabaseAddress.addresses(...addresses)),
  fc.tuple(host, cidrs).map(([of, blocks]) => DatabaseAddress.externalName(of, ...blocks)),
);
const caCertificate: fc.Arbitrary<CertificateSource> = mostly(
  fc.oneof(fc.record({ configMapName: name }), fc.record({ secretName: name, key: name })), fc.constant({}),
);

const externalDatabaseProps: fc.Arbitrary<ExternalDatabaseProps> = fc.tuple(
  fc.record({ engine, address, credentials: mostly(existingSecret, credentials) }),
  optional({ port, user: text, database: text, caCertificate, metadata }),
).map(([needed, more]) => ({ ...needed, ...more }));

const clientOptions: fc.Arbitrary<DatabaseClientOptions> = optional({
  id: name,
  binding: fc.oneof(
    optional({ prefix: mostly(fc.constant('PG'), text), url: fc.boolean() }).map(options => DatabaseBinding.variables(options)),
    mostly(fc.constant('/run/orders'), hostile).map(DatabaseBinding.files),
    fc.option(name, { nil: undefined }).map(binding => DatabaseBinding.serviceBinding(binding)),
  ),
  waitUntilReady: fc.boolean(),
  secret,
});

/** A client of a database here or elsewhere. */
export interface ClientProgram {
  readonly own?: StatefulDatabaseProps;
  readonly elsewhere?: ExternalDatabaseProps;
  readonly options: DatabaseClientOptions;
}

export const ownDatabase: fc.Arbitrary<ClientProgram> = fc.record({ own: databaseProps, options: clientOptions });
export const externalDatabase: fc.Arbitrary<ClientProgram> = fc.record({ elsewhere: externalDatabaseProps, options: clientOptions });

/** The database that a client is one of. */
export function databaseOf(chart: Chart, id: string, { own, elsewhere }: ClientProgram): IDatabase {
  // a client of several replicas has to say of which
  return own ? new StatefulDatabase(chart, id, own).replica(0) : new ExternalDatabase(chart, id, elsewhere!);
}
