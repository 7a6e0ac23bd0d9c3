import { messagesOf, podOfKind, severitiesOf } from './fixtures';

const VALUE = 'hunter2-and-more';

test.each([
  [`env: [{name: DB_PASS, value: ${VALUE}}]`, "Variable 'DB_PASS' of container 'app' looks like a credential."],
  [`env: [{name: MYSQL_PWD, value: ${VALUE}}]`, "Variable 'MYSQL_PWD' of container 'app' looks like a credential."],
  [
    `env: [{name: RABBITMQ_ERLANG_COOKIE, value: ${VALUE}}]`,
    "Variable 'RABBITMQ_ERLANG_COOKIE' of container 'app' looks like a credential.",
  ],
  [`args: [--db-pass, ${VALUE}]`, "Argument 'db-pass' of container 'app' looks like a credential."],
  [`args: [--admin-pwd=${VALUE}]`, "Argument 'admin-pwd' of container 'app' looks like a credential."],
])('finds a credential in {%s}, and does not print it', (container, message) => {
  const messages = messagesOf('no-credential-in-env', podOfKind('Deployment', { container }));
  expect(messages).toEqual([message]);
  expect(messages.join()).not.toContain(VALUE);
});

test.each([
  'args: [--initial-cluster-token=etcd-cluster-0]',
  'env: [{name: ETCD_INITIAL_CLUSTER_TOKEN, value: etcd-cluster-0}]',
  'env: [{name: SESSION_COOKIE, value: sid}]',
  'env: [{name: API_TOKEN, value: your-token-here}]',
  'args: [--bypass, admin]',
])('accepts {%s}', container => {
  expect(messagesOf('no-credential-in-env', podOfKind('Deployment', { container }))).toEqual([]);
});

test.each([
  ['{name: OPERATOR_SECRET, value: operator}', []],
  ['{name: CLIENT_SECRET, value: hunter}', ['warning']],
  ['{name: DB_PASSWORD, value: changeme}', ['info']],
  ['{name: DB_PASSWORD, value: yourpassword}', ['info']],
  ['{name: RPC_SECRET, value: ChangemeNow}', ['info']],
  ['{name: ADMIN_PASSWORD, value: please-change}', ['info']],
  ['{name: APP_KEY, value: SomeRandomStringOf32CharsExactly}', ['info']],
  ['{name: SAS_TOKEN, value: mysastoken}', ['info']],
  ['{name: DB_PASSWORD, value: mysql4ever}', ['warning']],
])('reports %s with the severities %j', (variable, severities) => {
  const pod = podOfKind('Deployment', { container: `env: [${variable}]` });
  expect(severitiesOf('no-credential-in-env', pod)).toEqual(severities);
});

const TOKEN = ['ghp', `_${'Ab3dE'.repeat(7)}f`].join('');

test.each([
  [`args: [${TOKEN}]`, "An argument of container 'app' contains a GitHub token."],
  [`args: ['--db=postgres://a:${VALUE}@db/x']`, "An argument of container 'app' contains a password in a URL."],
  [`command: [mysqldump, '-p${VALUE}']`, "An argument of container 'app' contains a password in an argument."],
  [
    `command: [sh, -c, 'PGPASSWORD=${VALUE} pg_dump']`,
    "An argument of container 'app' contains the credential 'PGPASSWORD'.",
  ],
  [
    `command: [java, '-Dspring.datasource.password=${VALUE}']`,
    "Argument 'Dspring.datasource.password' of container 'app' looks like a credential.",
  ],
  [`command: [sshpass, -p, ${VALUE}, ssh, a]`, "An argument of container 'app' contains a password in an argument."],
  [
    `livenessProbe: {exec: {command: [redis-cli, -a, ${VALUE}, ping]}}`,
    "An argument of the livenessProbe of container 'app' contains a password in an argument.",
  ],
  [
    `readinessProbe: {httpGet: {port: 1, httpHeaders: [{name: Authorization, value: 'Bearer ${VALUE}'}]}}`,
    "Header 'Authorization' of the readinessProbe of container 'app' looks like a credential.",
  ],
  [
    `startupProbe: {httpGet: {port: 1, path: '/?token=${TOKEN}'}}`,
    "The path of the startupProbe of container 'app' contains a GitHub token.",
  ],
  [
    `lifecycle: {postStart: {exec: {command: [sh, -c, 'export API_TOKEN=${VALUE}']}}}`,
    "An argument of the postStart of container 'app' contains the credential 'API_TOKEN'.",
  ],
  [
    `lifecycle: {preStop: {httpGet: {port: 1, httpHeaders: [{name: X-Api-Key, value: ${VALUE}}]}}}`,
    "Header 'X-Api-Key' of the preStop of container 'app' looks like a credential.",
  ],
  [
    `env: [{name: CONFIG, value: '{"db": {"password": "${VALUE}"}}'}]`,
    "Variable 'CONFIG' of container 'app' contains the credential 'password'.",
  ],
])('finds a credential in {%s} and not only in variables', (container, message) => {
  expect(messagesOf('no-credential-in-env', podOfKind('Deployment', { container }))).toEqual([message]);
});

test.each([
  [`annotations: {example.com/token: ${TOKEN}}`, "Annotation 'example.com/token' contains a GitHub token."],
  [`annotations: {example.com/password: ${VALUE}}`, "Annotation 'example.com/password' looks like a credential."],
  [
    `annotations: {a.io/url: 'https://bot:${VALUE}@example.com'}`,
    "Annotation 'a.io/url' contains a password in a URL.",
  ],
])('finds a credential in {%s}', (metadata, message) => {
  expect(messagesOf('no-credential-in-env', podOfKind('Deployment', { metadata }))).toEqual([message]);
});

test.each([
  'command: [sh, -c, "export PGPASSWORD=$(cat /run/secrets/password); exec pg_dump"]',
  'command: [sh, -c, "mysqldump -uroot -p\\"$MYSQL_ROOT_PASSWORD\\" shop"]',
  'args: ["--password-file=/run/secrets/password", "--token-ttl=3600"]',
  'args: ["--db=postgres://app:$(DB_PASSWORD)@db/shop"]',
  'readinessProbe: {httpGet: {port: 1, httpHeaders: [{name: Host, value: api}]}}',
])('accepts {%s}, which refers to a credential', container => {
  expect(messagesOf('no-credential-in-env', podOfKind('Deployment', { container }))).toEqual([]);
});

test.each([
  'annotations: {checksum/secret: 0123456789abcdef0123456789abcdef}',
  'annotations: {nginx.ingress.kubernetes.io/auth-secret: basic-auth}',
  'annotations: {kubectl.kubernetes.io/last-applied-configuration: "{\\"env\\": [{\\"password\\": \\"hunter2x\\"}]}"}',
])('accepts {%s}', metadata => {
  expect(messagesOf('no-credential-in-env', podOfKind('Deployment', { metadata }))).toEqual([]);
});

test.each([
  ['session=a1b2c3d4e5f6a7b8c9', 1],
  ['lang=en; session=a1b2c3d4e5f6a7b8c9', 1],
  ['session-id=liveness-probe', 0],
  ['lang=en', 0],
])('judges the cookie %s of a probe', (value, count) => {
  const probe = `livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: Cookie, value: "${value}"}]}}`;
  expect(messagesOf('no-credential-in-env', podOfKind('Deployment', { container: probe }))).toHaveLength(count);
});
