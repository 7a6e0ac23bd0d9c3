import { findCredential, namesCredential } from '../../src/checks/credentials';

// joined at run time, so that scanners do not report this file
const join = (...parts: string[]) => parts.join('');

test.each([
  ['a private key', join('-----BEGIN ', 'PRIVATE KEY-----')],
  ['a private key', join('-----BEGIN OPENSSH ', 'PRIVATE KEY-----')],
  ['an AWS access key', join('AKIA', 'IOSFODNN7EXAMPLE')],
  ['a GitHub token', join('ghp_', 'a'.repeat(36))],
  ['a GitLab token', join('glpat-', 'a'.repeat(20))],
  ['a Slack token', join('xoxb-', '1234567890-abc')],
  ['a Google API key', join('AIza', 'a'.repeat(35))],
  ['a Stripe key', join('sk_live_', 'a'.repeat(24))],
  ['an npm token', join('npm_', 'a'.repeat(36))],
  ['a JSON Web Token', join('eyJhbGciOiJI', '.eyJzdWIiOiIx', '.abcdefghijk')],
  ['an age key', join('AGE-SECRET-KEY-1', 'A'.repeat(58))],
  ['a password in a URL', join('postgres://app:', 'hunter2@db:5432/shop')],
])('finds %s and its line', (kind, text) => {
  expect(findCredential(`first line\nkey: ${text}\n`)).toEqual({ kind, line: 2 });
});

test.each([
  'url: postgres://app:${PASSWORD}@db/shop',
  'url: postgres://app:$(PASSWORD)@db/shop',
  'url: https://user:{{ password }}@host/',
  'url: amqp://a:<password>@mq',
  'url: https://example.com:8080/a@b',
  'password: changeit',
  '-----BEGIN CERTIFICATE-----',
  'https://example.com/path:with@sign',
])('finds no credential in %p', text => {
  expect(findCredential(text)).toBeUndefined();
});

test.each([
  ['DB_PASSWORD', 'hunter2', true],
  ['apiKey', 'abc123', true],
  ['DB_PASSWORD', '/run/secrets/password', false],
  ['DB_PASSWORD', '$(PASSWORD)', false],
  ['TLS_SECRET', 'shop-tls', false],
  ['PASSWORD_FILE', 'hunter2', false],
  ['PASSWORD_MIN_LENGTH', '12', false],
  ['TOKEN_TTL', '3600', false],
  ['TOKEN_URL', 'https://login.example.com/token', false],
  ['MAX_TOKEN', '4096', false],
  ['REQUIRE_PASSWORD', 'always', false],
  ['DB_PASSWORD', 'redacted', false],
  ['DB_PASSWORD', '{{ password }}', false],
  ['SHOP_API_KEY', 'abc123', true],
  ['db.passphrase', 'abc123', true],
  ['DB_PASS', 'abc123', true],
  ['MYSQL_PWD', 'abc123', true],
  ['dbPass', 'abc123', true],
  ['pass', 'abc123', true],
  ['BYPASS', 'abc123', false],
  ['PWD', '/srv/app', false],
  ['RABBITMQ_ERLANG_COOKIE', 'abc123', true],
  ['SESSION_COOKIE', 'sid', false],
  ['ETCD_INITIAL_CLUSTER_TOKEN', 'etcd-cluster-0', false],
  ['initial-cluster-token', 'etcd-cluster-0', false],
  ['MAP_PUBLIC_TOKEN', 'pk.abc123', false],
  ['API_TOKEN', 'your-token-here', false],
])('%s=%s announces a credential: %p', (name, value, expected) => {
  expect(namesCredential(name, value)).toBe(expected);
});
