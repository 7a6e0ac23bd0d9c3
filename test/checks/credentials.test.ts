import { HARMLESS } from './credential-harmless';
import { CREDENTIALS, PRIVATE_KEY } from './credential-kinds';
import { LOOK_ALIKES } from './credential-look-alikes';
import { SERVICES } from './credential-services';
import { credentialProblem, findCredential, findCredentialInFile, namesCredential } from '../../src/checks/credentials';

// joined at run time, so that scanners do not report this file
const join = (...parts: string[]) => parts.join('');

test.each([
  ['a private key', PRIVATE_KEY],
  ['a private key', PRIVATE_KEY.replace(/PRIVATE/g, 'OPENSSH PRIVATE')],
  ['an AWS access key', join('AKIA', 'IOSFODNN7BCDEFGH')],
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
  ['a.yaml', 'db:\n  password: hunter2', 'password', 2],
  ['a.yml', 'users:\n- password: "hunter2" # the first', 'password', 2],
  ['a.yaml', "{ db: { apiKey: 'abc123' } }", 'apiKey', 1],
  ['a.json', '{\n  "db": {\n    "password": "hunter2"\n  }\n}', 'password', 3],
  ['a.json', '{"host":"db","password":"hunter2"}', 'password', 1],
  ['a.toml', '[db]\npassword = "hunter2"', 'password', 2],
  ['a.properties', '# url\nspring.datasource.password=hunter2', 'spring.datasource.password', 2],
  ['a.ini', '[db]\nclient_secret = abc123', 'client_secret', 2],
  ['prod.env', 'HOST=db\nDB_PASSWORD=hunter2', 'DB_PASSWORD', 2],
  ['A.YAML', 'access-token: abc123', 'access-token', 1],
])('finds in %s with %j the credential %s on line %i', (path, text, name, line) => {
  expect(findCredentialInFile(path, text)).toMatchObject({ kind: `the credential '${name}'`, line });
});

test.each([
  ['a.yaml', 'password: ${DB_PASSWORD}'],
  ['a.yaml', 'password: {{ .password }}'],
  ['a.yaml', 'passwordFile: /run/secrets/password'],
  ['a.yaml', 'password: /run/secrets/password'],
  ['a.yaml', 'password: ""\nuser: app'],
  ['a.yaml', 'password: ~'],
  ['a.yaml', 'password: >-\n  SECRET[store.password]'],
  ['a.yaml', 'password: SECRET[store.password]'],
  ['a.yaml', 'password: "ENC[AES256_GCM,data:abc]"'],
  ['a.yaml', 'password: vault:secret/data/db#password'],
  ['a.toml', 'password = "env:DB_PASSWORD"'],
  ['a.yaml', 'password:\n  fromFile: a'],
  ['a.yaml', 'password: { from: file }'],
  ['a.yaml', '# password: hunter2'],
  ['a.yaml', 'description: the password is hunter2'],
  ['a.yaml', 'secret: shop-tls'],
  ['a.yaml', 'tlsSecret: shop-tls'],
  ['a.json', '{"max_token": 4096, "token": 4096}'],
  ['a.ini', '; admin_password = admin'],
  ['a.sh', 'password=$1'],
  ['nginx.conf', 'proxy_set_header token abc123;'],
  ['a.lua', 'token = next()'],
  ['README.md', 'password: hunter2'],
])('finds in %s with %j no credential', (path, text) => {
  expect(findCredentialInFile(path, text)).toBeUndefined();
});

test.each([
  ['DB_PASSWORD', 'hunter2', true],
  ['apiKey', 'abc123', true],
  ['DB_PASSWORD', '/run/secrets/password', false],
  ['DB_PASSWORD', '$(PASSWORD)', false],
  ['TLS_SECRET', 'shop-tls', false],
  ['db_secret', 'shop-db', false],
  ['signerSecret', 'release-signer-ca1', false],
  ['CLIENT_SECRET', 'a8f-91c-77d', true],
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
  ['ETCD_AUTH_TOKEN', 'simple', false],
  ['ETCD_AUTH_TOKEN', 'jwt,priv-key=/certs/jwt.pem,sign-method=RS256,ttl=10m', false],
])('%s=%s announces a credential: %p', (name, value, expected) => {
  expect(namesCredential(name, value)).toBe(expected);
});

describe('the corpus of credentials', () => {
  const credentials = [...Object.entries(CREDENTIALS), ...Object.entries(SERVICES)];
  const lookAlikes = [...LOOK_ALIKES, ...HARMLESS];
  const found = credentials.filter(([, [path, content]]) => credentialProblem(path, content));
  const wrong = lookAlikes.filter(([path, content]) => credentialProblem(path, content));
  /** The credentials whose format nothing tells from other values. */
  const missed = ['Honeycomb'];

  test('has at least 138 kinds and 128 look-alikes', () => {
    expect(credentials.length).toBeGreaterThanOrEqual(138);
    expect(lookAlikes.length).toBeGreaterThanOrEqual(128);
  });

  test('is found to at least 90 %, with a precision of at least 95 %', () => {
    expect(found.length / credentials.length).toBeGreaterThanOrEqual(0.9);
    expect(found.length / (found.length + wrong.length)).toBeGreaterThanOrEqual(0.95);
  });

  test('is found but for the known exceptions', () => {
    expect(credentials.filter(entry => !found.includes(entry)).map(([kind]) => kind)).toEqual(missed);
  });

  test.each(found)('is not printed: %s', (_, [path, content]) => {
    const problem = credentialProblem(path, content);
    const secrets = content.toString('latin1').match(/[A-Za-z0-9]{12,}/g) ?? [];
    expect(secrets.filter(secret => problem!.description.includes(secret) && !/^[a-z]+$/i.test(secret))).toEqual([]);
  });

  test.each(lookAlikes)('leaves %s with %j alone', (path, content) => {
    expect(credentialProblem(path, content)).toBeUndefined();
  });
});

test.each([
  ['password: changeme', true],
  ['token: change-this-value', true],
  ['Password = somepassword', true],
  ['password: please-change', true],
  ['password: hunter2', false],
  ['password: CHANGEME\npassword: hunter2', false],
  ['password: exchanged7', false],
])('%j only tells readers to replace it: %p', (content, isPlaceholder) => {
  expect(credentialProblem('app.conf', content)?.isPlaceholder).toBe(isPlaceholder);
});

test('tells whether the value of a key only tells readers to replace it', () => {
  expect(credentialProblem('password', 'changeme')).toMatchObject({ isPlaceholder: true });
  expect(credentialProblem('password', 'hunter2')).toMatchObject({ isPlaceholder: false });
});

test.each([
  ['MYSQL_PWD', 'x1y2'],
  ['REDISCLI_AUTH', 'abc123'],
  ['MASTER_KEY', 'a1b2c3'],
  ['SMTP_PASSWORD_1', 'abc'],
  ['GRAFANA_ADMIN_PASSWORD_OLD', 'admin'],
  ['LDAP_BIND_PW', 'abc'],
  ['SECRET_KEY_BASE', '0123abc'],
  ['APP_KEY', 'base64:abcdefgh12345678ijk='],
  ['DB_PASSWORD', 'correct horse battery'],
  ['DB_PASSWORD', '/s3cr3t!'],
  ['DB_PASSWORD', '-x9'],
  ['DB_PASSWORD', '$ecr3t'],
  ['DB_PASSWORD', '{abc1'],
  ['DB_PASSWORD', '*star1'],
  ['DB_PASSWORD', '@home1'],
])('finds the credential %s=%s', (name, value) => {
  expect(namesCredential(name, value)).toBe(true);
});

test.each([
  ['REFRESH_TOKEN', '7d'],
  ['USE_TOKEN', 'enabled'],
  ['CSRF_TOKEN', '_csrf'],
  ['AUTH', 'none'],
  ['AUTH_METHOD', 'token'],
  ['SSH_AUTH_SOCK', '/tmp/agent'],
  ['SORT_KEY', 'id'],
  ['ACCESS_TOKEN', 'access_token'],
  ['API_TOKEN', 'X-Api-Token'],
  ['GCP_SECRET', 'projects/shop/secrets/db'],
  ['COMPASS', 'n'],
])('finds no credential in %s=%s', (name, value) => {
  expect(namesCredential(name, value)).toBe(false);
});

test('looks at a megabyte in less than a second', () => {
  const started = Date.now();
  for (const part of ['password=', 'a:b:', 'token ', '://a:', 'X+', '"auth": "', '-', 'eyJ', 'machine a ', '$2y$']) {
    credentialProblem('f', part.repeat(100_000));
  }
  expect(Date.now() - started).toBeLessThan(10_000);
});
