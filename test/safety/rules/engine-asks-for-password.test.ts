import { messagesOf, podOfKind } from './fixtures';

const RULE = 'engine-asks-for-password';
const server = (image: string, container: string, volume?: string) =>
  podOfKind('StatefulSet', { container, volume }).replace('acme/app:1', image);
const configMap = (content: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: conf, namespace: shop}
data: {redis.conf: "${content}"}
`;
const conf = 'configMap: {name: conf}';

test.each([
  ['redis:8.2.1', 'args: [--port, "6379"]', 1],
  ['redis:8.2.1', 'args: [--requirepass, $(PASSWORD)]', 0],
  ['redis:8.2.1', 'args: [/etc/redis.conf]', 0],
  ['redis:8.2.1', 'command: [sh, -c, "exec redis-server /out/redis.conf"]', 0],
  ['redis:8.2.1', 'command: [redis-server, /etc/sentinel.conf, --sentinel]', 0],
  ['mongo:8.0.1', 'args: [--bind_ip_all]', 1],
  ['mongo:8.0.1', 'args: [-f, /etc/mongod.conf]', 0],
  ['mongo:8.0.1', 'args: [--keyFile, /etc/key]', 0],
])('%s with {%s} has %i findings', (image, container, count) => {
  expect(messagesOf(RULE, server(image, container))).toHaveLength(count);
});

test('reads the password from the file of the server', () => {
  const redis = server('redis:8.2.1', 'args: [/data/redis.conf]', conf);
  expect(messagesOf(RULE, redis, configMap('appendonly yes'))).toHaveLength(1);
  expect(messagesOf(RULE, redis, configMap('requirepass a'))).toEqual([]);
});

const secret = (value: string) => `apiVersion: v1
kind: Secret
metadata: {name: conf, namespace: shop}
stringData: {password: "${value}"}
`;
const fromSecret = (name: string) => `env: [{name: ${name}, valueFrom: {secretKeyRef: {name: conf, key: password}}}]`;

test.each([
  ['redis:8.2.1', 'args: [redis-server, --requirepass, ""]'],
  ['redis:8.2.1', 'args: [redis-server, --requirepass, "\'\'"]'],
  ['redis:8.2.1', 'command: [sh, -c, "exec redis-server --requirepass a --rename-command AUTH x"]'],
  ['redis:8.2.1', 'args: [redis-server, --user, "default on nopass ~* +@all"]'],
  ['valkey/valkey:8.1.1', 'args: [valkey-server, --requirepass, a, --rename-command, AUTH, ""]'],
  ['mysql:9.4.0', 'args: [--skip-grant-tables], env: [{name: MYSQL_ROOT_PASSWORD, value: x}]'],
  ['mysql:9.4.0', 'args: [--loose-skip_grant_tables], env: [{name: MYSQL_ROOT_PASSWORD, value: x}]'],
  ['mariadb:11.8.3', 'args: [--skip-grant-tables=1], env: [{name: MARIADB_ROOT_PASSWORD, value: x}]'],
  ['mongo:8.0.1', 'args: [--keyFile, /etc/key, --transitionToAuth]'],
  ['mongo:8.0.1', 'args: [--noauth], env: [{name: MONGO_INITDB_ROOT_USERNAME, value: x}]'],
  ['postgres:17.5', 'env: [{name: POSTGRES_PASSWORD, value: ""}]'],
  ['mysql:9.4.0', 'env: [{name: MYSQL_ROOT_PASSWORD, value: ""}]'],
])('%s with {%s} admits clients without a password', (image, container) => {
  expect(messagesOf(RULE, server(image, container))).toHaveLength(1);
});

test.each([
  ['mysql:9.4.0', 'args: [--skip-grant-tables=0], env: [{name: MYSQL_ROOT_PASSWORD, value: x}]'],
  ['redis:8.2.1', 'args: [redis-server, --requirepass, a, --rename-command, FLUSHALL, ""]'],
  ['postgres:17.5', fromSecret('POSTGRES_PASSWORD')],
])('%s with {%s} asks for a password', (image, container) => {
  expect(messagesOf(RULE, server(image, container), secret('a'))).toEqual([]);
});

test.each([
  ['postgres:17.5', 'POSTGRES_PASSWORD'],
  ['mysql:9.4.0', 'MYSQL_ROOT_PASSWORD'],
  ['mariadb:11.8.3', 'MARIADB_PASSWORD'],
])('%s finds that the Secret of %s is empty', (image, name) => {
  expect(messagesOf(RULE, server(image, fromSecret(name)), secret(''))).toEqual([
    expect.stringMatching(
      new RegExp(`^The password of \\S+ in container 'app' is empty, because ${name} has no value`),
    ),
  ]);
});

test('finds addresses that PostgreSQL trusts', () => {
  const postgres = server('postgres:17.5', 'env: [{name: POSTGRES_PASSWORD, value: x}]', conf);
  const hba = (line: string) => configMap(line).replace('redis.conf', 'pg_hba.conf');
  expect(messagesOf(RULE, postgres, hba('host all all 0.0.0.0/0 trust'))).toHaveLength(1);
  expect(messagesOf(RULE, postgres, hba('hostssl all app 10.0.0.0 255.0.0.0 trust'))).toHaveLength(1);
  expect(messagesOf(RULE, postgres, hba('host all all 127.0.0.1/32 trust'))).toEqual([]);
  expect(messagesOf(RULE, postgres, hba('host all all 0.0.0.0/0 scram-sha-256'))).toEqual([]);
});
