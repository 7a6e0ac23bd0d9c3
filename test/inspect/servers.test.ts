import { podOf } from '../../src/inspect/pods';
import { readYaml } from '../../src/inspect/read-yaml';
import { serversOf } from '../../src/inspect/servers';

/** Returns the servers of a pod with containers and volumes in flow style. */
function serversIn(containers: string, volumes = ''): [name: string, title: string, path: string][] {
  const yaml = `apiVersion: v1
kind: Pod
metadata: {name: server}
spec: {containers: [${containers}], volumes: [${volumes}]}
`;
  return serversOf(podOf(readYaml(yaml, 'app.yaml').objects[0])!).map(({ container, image, dataPath }) => [
    container.name,
    image.title,
    dataPath,
  ]);
}

const DATA = '{name: data, emptyDir: {}}';
const mountedAt = (path: string) => `volumeMounts: [{name: data, mountPath: ${path}}]`;

test.each([
  ['a mount at its data', mountedAt('/var/lib/postgresql/data'), 'PostgreSQL', '/var/lib/postgresql/data'],
  ['a mount at its volume', mountedAt('/var/lib/rabbitmq'), 'RabbitMQ', '/var/lib/rabbitmq/mnesia'],
  [
    'a variable with its directory',
    'env: [{name: PGDATA, value: /var/lib/postgresql/data/pgdata}]',
    'PostgreSQL',
    '/var/lib/postgresql/data/pgdata',
  ],
  [
    'its port and a variable of the server',
    'ports: [{containerPort: 3306}], env: [{name: MYSQL_ROOT_PASSWORD, value: x}]',
    'MySQL',
    '/var/lib/mysql',
  ],
  [
    'a variable of the server, and a name',
    'env: [{name: POSTGRES_PASSWORD}]',
    'PostgreSQL',
    '/var/lib/postgresql/data',
  ],
  ['its port, and a name', 'ports: [{containerPort: 27017}]', 'MongoDB', '/data/db'],
  ['its program with a directory', 'command: [mongod, --dbpath, /srv/db]', 'MongoDB', '/srv/db'],
])('recognizes a server of an unknown image by %s', (_, fields, title, path) => {
  expect(serversIn(`{name: app, image: "bank/accounts-db:1.4.2", ${fields}}`, DATA)).toEqual([['app', title, path]]);
});

test('prefers the engine that the variables and the name indicate', () => {
  const fields = `${mountedAt('/var/lib/mysql')}, env: [{name: MARIADB_ROOT_PASSWORD_FILE, value: /run/password}]`;
  expect(serversIn(`{name: app, image: "bank/accounts:1", ${fields}}`, DATA)).toEqual([
    ['app', 'MariaDB', '/var/lib/mysql'],
  ]);
});

test.each([
  ['a client', 'acme/api:1', 'ports: [{containerPort: 8080}], env: [{name: POSTGRES_PASSWORD}]'],
  ['a pooler', 'acme/api:1', 'ports: [{containerPort: 5432}], env: [{name: POSTGRES_PASSWORD}, {name: PGHOST}]'],
  ['an exporter', 'acme/postgres-exporter:1', mountedAt('/var/lib/postgresql/data')],
  ['an image with the name only', 'gcr.io/google_containers/redis:v1', mountedAt('/redis-master-data')],
  ['an image with the name and the port', 'acme/redis:1', 'ports: [{containerPort: 6379}]'],
  ['an app with a common path', 'acme/server:1', mountedAt('/data')],
  ['a reader', 'acme/reader:1', 'volumeMounts: [{name: data, mountPath: /var/lib/mysql, readOnly: true}]'],
  ['a script', 'acme/tools:1', `command: [sh, -c, "pg_dump shop"], ${mountedAt('/var/lib/postgresql/data')}`],
])('does not take %s for a server', (_, image, fields) => {
  expect(serversIn(`{name: app, image: "${image}", ${fields}}`, DATA)).toEqual([]);
});

test('a secret at a directory of a server is no data', () => {
  const container = `{name: app, image: "acme/api:1", ${mountedAt('/var/lib/grafana')}}`;
  expect(serversIn(container, '{name: data, secret: {secretName: x}}')).toEqual([]);
});

test('an image with the name of a server is one if it mounts a volume at its data', () => {
  expect(serversIn(`{name: app, image: "acme/redis:7", ${mountedAt('/data')}}`, DATA)).toEqual([
    ['app', 'Redis', '/data'],
  ]);
});

test('of the containers with one volume, only the server is one', () => {
  const helper = `{name: helper, image: "acme/snapshots:1", ${mountedAt('/var/lib/mysql')}}`;
  const known = `{name: server, image: "mysql:8.4.11", ${mountedAt('/var/lib/mysql')}}`;
  const port = 'ports: [{containerPort: 3306}]';
  const unknown = `{name: server, image: "acme/orders:1", ${port}, ${mountedAt('/var/lib/mysql')}}`;
  expect(serversIn(`${helper}, ${known}`, DATA).map(([name]) => name)).toEqual(['server']);
  expect(serversIn(`${helper}, ${unknown}`, DATA).map(([name]) => name)).toEqual(['server']);
});

test.each([
  ['a sentinel', 'redis:8.2.1', 'args: [/etc/sentinel.conf, --sentinel]'],
  ['an arbiter', 'bitnami/mongodb:8.0.13', 'env: [{name: MONGODB_REPLICA_SET_MODE, value: arbiter}]'],
  ['a node that coordinates', 'elasticsearch:8.19.4', 'env: [{name: node.roles, value: ingest}]'],
  ['an agent', 'hashicorp/consul:1.21', 'args: [agent, -retry-join=consul]'],
  ['a dashboard with a database', 'grafana/grafana:12.1.0', 'env: [{name: GF_DATABASE_TYPE, value: postgres}]'],
  ['a registry on object storage', 'registry:3.0.0', 'env: [{name: REGISTRY_STORAGE, value: s3}]'],
  ['a reader of logs', 'grafana/loki:3.5.0', 'args: [-target=read]'],
  ['a router', 'mongo:8.0.5', 'command: [mongos, --configdb, config/c:27019]'],
  ['a client', 'postgres:17.4', 'command: [psql, -U, postgres]'],
  ['a job of an app', 'nextcloud:31.0.0', 'command: [/cron.sh]'],
])('%s keeps no state', (_, image, fields) => {
  expect(serversIn(`{name: app, image: "${image}", ${fields}}`)).toEqual([]);
});

test.each([
  ['kafka', 'confluentinc/cp-kafka:7.8.0', 'env: [{name: KAFKA_LOG_DIRS, value: "/a,/b"}]', '/a'],
  [
    'MinIO',
    'minio/minio:RELEASE.2025-04-22T22-12-26Z',
    'args: [server, --console-address, ":9001", /export]',
    '/export',
  ],
  ['Prometheus', 'prom/prometheus:v3.5.0', 'args: [--storage.tsdb.path=/data/]', '/data'],
  ['a config server', 'mongo:8.0.5', 'args: [--configsvr]', '/data/configdb'],
  ['a config server with a path', 'mongo:8.0.5', 'args: [--configsvr, --dbpath, /data/db]', '/data/db'],
  ['InfluxDB 1', 'influxdb:1.8.10', 'env: []', '/var/lib/influxdb/data'],
  ['InfluxDB 2', 'influxdb:2.7.12', 'env: []', '/var/lib/influxdb2/engine'],
])('reads the directory of %s', (_, image, fields, path) => {
  expect(serversIn(`{name: app, image: "${image}", ${fields}}`)[0][2]).toBe(path);
});
