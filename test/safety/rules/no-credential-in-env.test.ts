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
  ['{name: SAS_TOKEN, value: mysastoken}', ['info']],
  ['{name: DB_PASSWORD, value: mysql4ever}', ['warning']],
])('reports %s with the severities %j', (variable, severities) => {
  const pod = podOfKind('Deployment', { container: `env: [${variable}]` });
  expect(severitiesOf('no-credential-in-env', pod)).toEqual(severities);
});
