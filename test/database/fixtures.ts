import { App, Chart, Duration, Size } from 'cdk8s';
import {
  DatabaseAddress,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseEngineSpec,
  DatabaseStorage,
  ExternalDatabase,
  ExternalDatabaseProps,
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
import { containerOf, synth } from '../synth';

/** Every engine in every version, with its name. */
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

export const POSTGRES = DatabaseEngine.postgres({ version: PostgresVersion.V17 });
export const MYSQL = DatabaseEngine.mysql({ version: MysqlVersion.V9 });
export const MARIADB = DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 });
export const MONGODB = DatabaseEngine.mongodb({ version: MongodbVersion.V8 });
export const REDIS = DatabaseEngine.redis({ version: RedisVersion.V8 });
export const VALKEY = DatabaseEngine.valkey({ version: ValkeyVersion.V8 });

/** The facts of an engine that the library does not know. */
export const CUSTOM_SPEC: DatabaseEngineSpec = {
  type: 'surreal',
  image: 'acme/surreal:2.1.0',
  port: 8000,
  runAsUser: 1000,
  runAsGroup: 1000,
  mountPath: '/data',
  command: ['start', '--password-file', '{password}', '--port', '{port}'],
  shutdownTimeout: Duration.seconds(30),
  minimumMemory: Size.mebibytes(64),
  minimumStorage: Size.mebibytes(64),
};

/** PostgreSQL by the tag of its image. */
export function postgres(tag: string): DatabaseEngine {
  return DatabaseEngine.postgres({ version: PostgresVersion.of(tag) });
}

/** The facts of an engine, to vary them in `DatabaseEngine.custom`. */
export function specOf(engine: DatabaseEngine): DatabaseEngineSpec {
  return engine._spec(new Chart(new App(), 'test'));
}

/** The smallest database, with other props over it. */
export function database(chart: Chart, props: Partial<StatefulDatabaseProps> = {}, id = 'orders'): StatefulDatabase {
  return new StatefulDatabase(chart, id, {
    engine: POSTGRES,
    storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
    memory: Size.gibibytes(1),
    credentials: CREDENTIALS,
    ...props,
  });
}

/** The smallest external database, with other props over it. */
export function external(chart: Chart, props: Partial<ExternalDatabaseProps> = {}): ExternalDatabase {
  return new ExternalDatabase(chart, 'orders', {
    engine: POSTGRES,
    address: DatabaseAddress.host('db.example.com'),
    credentials: CREDENTIALS,
    ...props,
  });
}

/** The objects of the smallest database, with other props over it. */
export function objectsOf(props: Partial<StatefulDatabaseProps> = {}): any[] {
  return synth(chart => {
    database(chart, props);
  });
}

/** Creates the smallest database, with other props over it, when it is called: for `expect(...).toThrow`. */
export function creating(props: Partial<StatefulDatabaseProps>): () => any[] {
  return () => objectsOf(props);
}

/** The container of the server. */
export function server(objects: any[]): any {
  return podSpec(objects).containers[0];
}

/** The pod of the server. */
export function podSpec(objects: any[]): any {
  return statefulSet(objects).spec.template.spec;
}

/** The StatefulSet of a database. */
export function statefulSet(objects: any[]): any {
  return objects.find(({ kind }) => kind === 'StatefulSet');
}

/** A volume of the server's pod. */
export function volume(objects: any[], name: string): any {
  return podSpec(objects).volumes.find((candidate: any) => candidate.name === name);
}

/** The mount of a volume in the server's container. */
export function mountOf(objects: any[], volumeName: string): any {
  return server(objects).volumeMounts.find(({ name }: any) => name === volumeName);
}

/** The value of an environment variable of the server. */
export function variable(objects: any[], variableName: string): string | undefined {
  return server(objects).env?.find(({ name }: any) => name === variableName)?.value;
}

/** The ConfigMap with the configuration file of the engine. */
export function configMap(objects: any[]): any {
  return objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.includes('-config-'));
}

/** The configuration file of the engine. */
export function configOf(objects: any[]): string {
  return Object.values(configMap(objects).data).join('');
}

/** The environment variables of the only Deployment: values, or references to a Secret. */
export function variablesOf(objects: any[]): Record<string, any> {
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  return Object.fromEntries(
    containerOf(deployments).env.map(({ name, value, valueFrom }: any) => [name, value ?? valueFrom.secretKeyRef]),
  );
}

/** The network policies between apps and databases. */
export function policiesOf(objects: any[]): any[] {
  return objects.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && /-to-|-from-/.test(metadata.name));
}
