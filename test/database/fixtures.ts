import { Chart, Size } from 'cdk8s';
import {
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  MariadbVersion,
  MongodbVersion,
  MysqlVersion,
  PostgresVersion,
  RedisVersion,
  SecretSource,
  StatefulDatabase,
  StatefulDatabaseProps,
  ValkeyVersion,
} from '../../src';

/** Every engine in every version: its name and what makes it. */
export const ENGINES: [string, DatabaseEngine][] = [
  ['postgres V14', DatabaseEngine.postgres({ version: PostgresVersion.V14 })],
  ['postgres V15', DatabaseEngine.postgres({ version: PostgresVersion.V15 })],
  ['postgres V16', DatabaseEngine.postgres({ version: PostgresVersion.V16 })],
  ['postgres V17', DatabaseEngine.postgres({ version: PostgresVersion.V17 })],
  ['postgres V18', DatabaseEngine.postgres({ version: PostgresVersion.V18 })],
  ['mysql V8_4', DatabaseEngine.mysql({ version: MysqlVersion.V8_4 })],
  ['mysql V9', DatabaseEngine.mysql({ version: MysqlVersion.V9 })],
  ['mariadb V11_4', DatabaseEngine.mariadb({ version: MariadbVersion.V11_4 })],
  ['mariadb V11_8', DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 })],
  ['mongodb V7', DatabaseEngine.mongodb({ version: MongodbVersion.V7 })],
  ['mongodb V8', DatabaseEngine.mongodb({ version: MongodbVersion.V8 })],
  ['redis V7', DatabaseEngine.redis({ version: RedisVersion.V7 })],
  ['redis V8', DatabaseEngine.redis({ version: RedisVersion.V8 })],
  ['valkey V8', DatabaseEngine.valkey({ version: ValkeyVersion.V8 })],
  ['valkey V9', DatabaseEngine.valkey({ version: ValkeyVersion.V9 })],
];

export const CREDENTIALS = DatabaseCredentials.fromSecret(SecretSource.fromName('orders-db'));

/** The smallest database that is accepted, with other props over it. */
export function database(chart: Chart, props: Partial<StatefulDatabaseProps> = {}, id = 'orders'): StatefulDatabase {
  return new StatefulDatabase(chart, id, {
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
    memory: Size.gibibytes(1),
    credentials: CREDENTIALS,
    ...props,
  });
}

/** The server's container. */
export function server(objects: any[]): any {
  return statefulSet(objects).spec.template.spec.containers[0];
}

export function statefulSet(objects: any[]): any {
  return objects.find(({ kind }) => kind === 'StatefulSet');
}

export function configOf(objects: any[]): string {
  return Object.values(
    objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.includes('-config-')).data,
  ).join('');
}
