import { podOf } from '../../src/inspect/pods';
import { readYaml } from '../../src/inspect/read-yaml';
import { serversOf } from '../../src/inspect/servers';

const DIGEST = `@sha256:${'0123456789abcdef'.repeat(4)}`;

/** Returns the title of the server in a container with an image, a volume at a path and other fields in flow style. */
function serverIn(image: string, path = '', fields = ''): string | undefined {
  const mounts = path === '' ? '' : `, volumeMounts: [{name: data, mountPath: ${path}}]`;
  const yaml = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: server}
spec:
  template:
    spec:
      containers: [{name: app, image: "${image}"${mounts}${fields && `, ${fields}`}}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
`;
  return serversOf(podOf(readYaml(yaml, 'app.yaml').objects[0])!).map(({ image: facts }) => facts.title)[0];
}

const port = (number: number) => `ports: [{containerPort: ${number}}]`;
const variable = (...names: string[]) => `env: [${names.map(name => `{name: ${name}, value: x}`).join(', ')}]`;

test.each([
  ['PostgreSQL', 'postgres', '', ''],
  ['PostgreSQL', `postgres${DIGEST}`, '', ''],
  ['PostgreSQL', 'docker.io/library/postgres:17', '', ''],
  ['PostgreSQL', 'registry.example.com:5000/mirror/library/postgres:17', '', ''],
  ['PostgreSQL', 'public.ecr.aws/docker/library/postgres:17', '', ''],
  ['PostgreSQL', 'postgis/postgis:17-3.5', '', ''],
  ['PostgreSQL', 'timescale/timescaledb:2.17.2-pg16', '', ''],
  ['PostgreSQL', 'pgvector/pgvector:pg17', '', ''],
  ['PostgreSQL', 'bitnami/postgresql:17', '', ''],
  ['PostgreSQL', 'registry.example.com/bitnamilegacy/postgresql:16', '', ''],
  ['PostgreSQL', 'dhi.io/postgres:17', '', ''],
  ['PostgreSQL', 'bank/accounts-db:1', '/var/lib/postgresql/data', ''],
  ['PostgreSQL', `bank/ledger${DIGEST}`, '/var/lib/postgresql/data', ''],
  ['PostgreSQL', 'acme/db:1', '', `${port(5432)}, ${variable('POSTGRES_PASSWORD')}`],
  ['MySQL', 'acme/mysql:8', '', variable('MYSQL_ROOT_PASSWORD')],
  ['MySQL', 'acme/mysql:8', '/var/lib/mysql', ''],
  ['MySQL', 'container-registry.oracle.com/mysql/community-server:8.4', '', ''],
  ['MySQL', 'istio/examples-bookinfo-mysqldb:1.20.2', '', `${port(3306)}, ${variable('MYSQL_ROOT_PASSWORD')}`],
  ['MariaDB', 'mirror.gcr.io/library/mariadb:11', '', ''],
  ['MongoDB', 'weaveworksdemos/user-db:0.4.0', '', port(27017)],
  ['MongoDB', 'acme/documents:1', '/data/db', ''],
  ['Percona Server', 'percona:8.0', '', ''],
  ['Redis', 'platform/redis:7', '/data', ''],
  ['Redis', 'registry.example.com/platform/redis:7', '', 'command: [redis-server, /etc/redis.conf]'],
  ['Redis', 'docker.io/bitnami/redis:7.4', '', ''],
  ['Valkey', 'ghcr.io/valkey/valkey:8', '', ''],
  ['RabbitMQ', 'acme/broker:3', '/var/lib/rabbitmq', ''],
  ['Elasticsearch', 'quay.io/pires/docker-elasticsearch-kubernetes:6.1', '/usr/share/elasticsearch/data', ''],
  ['Kafka', 'harbor.example.com/hub/confluentinc/cp-kafka:7.8.0', '', ''],
  ['Cassandra', 'gcr.io/google-samples/cassandra:v14', '/var/lib/cassandra', ''],
  ['Grafana', 'mirror.example.com/grafana/grafana:12.1.0', '', ''],
  ['Prometheus', 'quay.io/prometheus/prometheus:v3', '', ''],
  ['etcd', 'registry.k8s.io/etcd:3.5.21-0', '', ''],
  ['MinIO', 'quay.io/minio/minio:latest', '', 'args: [server, /data]'],
] as const)('recognizes %s in %s with a volume at %p and {%s}', (title, image, path, fields) => {
  expect(serverIn(image, path, fields)).toBe(title);
});

test.each([
  ['myorg/redis-exporter:1', '/data', ''],
  ['oliver006/redis_exporter:v1', '', variable('REDIS_ADDR')],
  ['bitnami/postgres-exporter:0.16', '', variable('DATA_SOURCE_URI')],
  ['bitnami/redis-sentinel:7.4', '', ''],
  ['registry.example.org/platform/redis:v1', '/redis-master-data', ''],
  ['acme/redis-commander:1', '', variable('REDIS_HOSTS')],
  ['mongo-express:1', '', variable('ME_CONFIG_MONGODB_SERVER')],
  ['dpage/pgadmin4:9', '', ''],
  ['phpmyadmin:5', '', variable('PMA_HOST')],
  ['acme/postgres-backup:1', '/var/lib/postgresql/data', ''],
  ['edoburu/pgbouncer:v1', '', `${port(5432)}, ${variable('DB_HOST', 'POSTGRES_PASSWORD')}`],
  ['prom/mysqld-exporter:v0.17', '', ''],
  ['quay.io/strimzi/operator:0.45.0', '', ''],
  ['acme/kafka-ui:1', '', variable('KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS')],
  ['postgres:17', '', 'command: [psql, -f, /sql/a.sql]'],
  ['mysql:8', '', 'command: [sh, -c, "mysqldump shop > /out/shop.sql"]'],
  ['acme/shop-db-migrate:1', '', variable('POSTGRES_PASSWORD')],
  ['nats:2', '', ''],
  ['python:3.13', '/data', ''],
])('recognizes no server in %s with a volume at %p and {%s}', (image, path, fields) => {
  expect(serverIn(image, path, fields)).toBeUndefined();
});
