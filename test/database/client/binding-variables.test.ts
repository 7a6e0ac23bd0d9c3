import {
  CaCertificate,
  DatabaseBinding,
  DatabaseCredentials,
  SecretSource,
  VariablesBindingOptions,
} from '../../../src';
import { containerOf, podOf, synth, workload } from '../../synth';
import { database, external, REDIS, variablesOf } from '../fixtures';

const variables = (options: VariablesBindingOptions, props = {}) =>
  variablesOf(
    synth(chart => {
      workload(chart).add(database(chart, props).client({ binding: DatabaseBinding.variables(options) }));
    }),
  );

const PASSWORD = { name: 'orders-db', key: 'password' };

test('sets the variables that the app names, and no others', () => {
  const ghost = (setting: string) => `database__connection__${setting}`;
  expect(
    variables({ host: ghost('host'), user: ghost('user'), password: ghost('password'), database: ghost('database') }),
  ).toEqual({
    [ghost('host')]: 'test-orders',
    [ghost('user')]: 'app',
    [ghost('password')]: PASSWORD,
    [ghost('database')]: 'app',
  });
});

test('sets names with dots and the host with the port', () => {
  expect(variables({ hostPort: 'WORDPRESS_DB_HOST', port: 'db.port' })).toEqual({
    'WORDPRESS_DB_HOST': 'test-orders:5432',
    'db.port': '5432',
  });
});

test('sets all variables with a prefix, some under other names', () => {
  expect(variables({ prefix: 'POSTGRES', database: 'POSTGRES_DB' })).toEqual({
    POSTGRES_HOST: 'test-orders',
    POSTGRES_PORT: '5432',
    POSTGRES_USER: 'app',
    POSTGRES_PASSWORD: PASSWORD,
    POSTGRES_DB: 'app',
  });
});

test('sets the name of the user from the Secret', () => {
  const credentials = DatabaseCredentials.fromSecret(SecretSource.fromName('s'), { usernameKey: 'username' });
  const objects = synth(chart => {
    const binding = DatabaseBinding.variables({ user: 'KC_DB_USERNAME' });
    workload(chart).add(external(chart, { credentials }).client({ binding }));
  });
  expect(variablesOf(objects)).toEqual({ KC_DB_USERNAME: { name: 's', key: 'username' } });
});

describe('a URL', () => {
  const credentials = DatabaseCredentials.fromGeneratedSecret();

  test('refers to the variables of user and password, which it must follow', () => {
    const objects = synth(chart => {
      const binding = DatabaseBinding.variables({ prefix: 'ORDERS', url: 'ORDERS_URL' });
      workload(chart).add(database(chart, { credentials }).client({ binding }));
    });
    const { env } = containerOf(objects.filter(({ metadata }) => !metadata.name.startsWith('test-orders')));
    expect(env[env.length - 1]).toEqual({
      name: 'ORDERS_URL',
      value: 'postgresql://$(ORDERS_USER):$(ORDERS_PASSWORD)@test-orders:5432/app',
    });
  });

  test('adds a variable for the password that the app does not name', () => {
    expect(variables({ url: 'DATABASE_URL' }, { credentials })).toEqual({
      DATABASE_URL: 'postgresql://app:$(DATABASE_URL_PASSWORD)@test-orders:5432/app',
      DATABASE_URL_PASSWORD: { name: 'test-orders-credentials', key: 'password' },
    });
  });

  test('refers to a password that the app names', () => {
    expect(variables({ url: 'DATABASE_URL', password: 'PGPASSWORD' }, { credentials }).DATABASE_URL).toBe(
      'postgresql://app:$(PGPASSWORD)@test-orders:5432/app',
    );
  });

  test('adds a variable for the name of the user in the Secret', () => {
    const objects = synth(chart => {
      const secret = SecretSource.fromName('s');
      const options = { usernameKey: 'username', urlSafe: true };
      const binding = DatabaseBinding.variables({ url: 'DATABASE_URL' });
      const db = external(chart, { credentials: DatabaseCredentials.fromSecret(secret, options) });
      workload(chart).add(db.client({ binding }));
    });
    expect(variablesOf(objects)).toEqual({
      DATABASE_URL: 'postgresql://$(DATABASE_URL_USER):$(DATABASE_URL_PASSWORD)@db.example.com:5432/app',
      DATABASE_URL_PASSWORD: { name: 's', key: 'password' },
      DATABASE_URL_USER: { name: 's', key: 'username' },
    });
  });

  test('is refused if its own variable for the password has another meaning', () => {
    expect(() => variables({ url: 'DB', host: 'DB_PASSWORD' }, { credentials })).toThrow(
      "[test/app/db-orders] The URL needs the variable 'DB_PASSWORD' for a credential, but another setting has it. " +
        'Use another name for that setting.',
    );
  });

  test('is refused if the password could need encoding', () => {
    const error =
      "[test/app/db-orders] 'url' is set, but the credentials of 'orders' are not known to be safe in a URL. A " +
      'password with special characters would break it.';
    expect(() => variables({ url: 'DATABASE_URL' })).toThrow(
      `${error} Set 'password' instead, or set 'urlSafe: true' in 'DatabaseCredentials.fromSecret'.`,
    );
    expect(() => variables({ prefix: 'PG', url: 'PG_URL' })).toThrow(
      `${error} Use the variable 'PG_PASSWORD' instead, or set 'urlSafe: true' in 'DatabaseCredentials.fromSecret'.`,
    );
  });
});

test('mounts the CA certificate, and names its path only if the app does', () => {
  const connect = (options: VariablesBindingOptions) =>
    synth(chart => {
      const db = external(chart, { caCertificate: CaCertificate.fromConfigMapName('rds-ca') });
      workload(chart).add(db.client({ binding: DatabaseBinding.variables(options) }));
    });
  const path = '/run/certificates/db-orders';
  expect(variablesOf(connect({ caCertificate: 'PGSSLROOTCERT' }))).toEqual({ PGSSLROOTCERT: `${path}/ca.crt` });
  const objects = connect({ jdbcUrl: 'KC_DB_URL' });
  expect(variablesOf(objects)).toEqual({
    KC_DB_URL: `jdbc:postgresql://db.example.com:5432/app?sslmode=verify-full&sslrootcert=${path}/ca.crt`,
  });
  expect(podOf(objects).containers[0].volumeMounts).toContainEqual({
    name: 'db-orders-ca',
    mountPath: path,
    readOnly: true,
  });
});

test.each<[string, VariablesBindingOptions, string]>([
  ['urlScheme', { host: 'H', urlScheme: 'mysql2' }, "'urlScheme' is set, but no variable contains a URL"],
  ['urlScheme', { jdbcUrl: 'J', urlScheme: 'mysql2' }, "'urlScheme' is set, but no variable contains a URL"],
  [
    'urlQuery',
    { urlQuery: 'a=b' },
    "'urlQuery' is set, but no variable contains a URL that it applies to. Set 'url' to the name of the variable, or " +
      "omit 'urlQuery'.",
  ],
])('refuses %s without a URL', (_, options, error) =>
  expect(() => variables(options)).toThrow(`[test/app/db-orders] ${error}`),
);

test('connects Nextcloud to Redis', () => {
  expect(
    variables({ host: 'REDIS_HOST', port: 'REDIS_HOST_PORT', password: 'REDIS_HOST_PASSWORD' }, { engine: REDIS }),
  ).toEqual({ REDIS_HOST: 'test-orders', REDIS_HOST_PORT: '6379', REDIS_HOST_PASSWORD: PASSWORD });
});

describe('names of an external database', () => {
  const urlSafe = DatabaseCredentials.fromSecret(SecretSource.fromName('s'), { urlSafe: true });
  const connected = (props: { user?: string; database?: string }, binding: VariablesBindingOptions) =>
    variablesOf(
      synth(chart => {
        const client = external(chart, { credentials: urlSafe, ...props }).client({
          binding: DatabaseBinding.variables(binding),
        });
        workload(chart).add(client);
      }),
    );

  test.each([
    [{ user: 'bob@corp:x/y' }, 'bob%40corp%3Ax%2Fy:$(DB_PASSWORD)@db.example.com:5432/app'],
    [{ user: 'a b' }, 'a%20b:$(DB_PASSWORD)@db.example.com:5432/app'],
    [{ user: '$(DB_PASSWORD)' }, '%24(DB_PASSWORD):$(DB_PASSWORD)@db.example.com:5432/app'],
    [{ user: 'größe' }, 'gr%C3%B6%C3%9Fe:$(DB_PASSWORD)@db.example.com:5432/app'],
    [
      { database: 'app?sslmode=disable&host=evil#' },
      '$(DB_USER):$(DB_PASSWORD)@db.example.com:5432/app%3Fsslmode%3Ddisable%26host%3Devil%23',
    ],
    [{ database: '../admin' }, '$(DB_USER):$(DB_PASSWORD)@db.example.com:5432/..%2Fadmin'],
    [{ database: '$(HOME)' }, '$(DB_USER):$(DB_PASSWORD)@db.example.com:5432/%24(HOME)'],
  ])('%j are encoded in a URL', (props, rest) => {
    expect(connected(props, { prefix: 'DB', url: 'DB_URL' }).DB_URL).toBe(`postgresql://${rest}`);
  });

  test('are encoded in a URL of JDBC', () => {
    expect(connected({ database: 'a?b' }, { jdbcUrl: 'URL' }).URL).toBe('jdbc:postgresql://db.example.com:5432/a%3Fb');
  });

  test.each(['$(DB_PASSWORD)', 'a$$b', '$HOME', '50%$'])('%j is not expanded in a variable', name => {
    const { DB_USER: user, DB_DATABASE: databaseName } = connected({ user: name, database: name }, { prefix: 'DB' });
    // Kubernetes reads two dollars as one
    expect([user, databaseName]).toEqual([name.replaceAll('$', '$$$$'), name.replaceAll('$', '$$$$')]);
  });

  test.each([
    [{ user: '' }, `'user' is "", which is empty`],
    [{ user: 'a\nb' }, `'user' is "a\\nb", which is empty, too long, or contains a control character.`],
    [{ user: 'a\0' }, `'user' is "a\\u0000"`],
    [{ user: 'x'.repeat(256) }, `'user' is "xxx`],
    [{ database: 'a\r' }, `'database' is "a\\r"`],
    [{ database: '' }, `'database' is ""`],
    [{ database: 'a\u0085' }, `'database' is "a`],
  ])('%j are refused', (props, message) => {
    expect(() => connected(props, { prefix: 'DB' })).toThrow(message);
  });
});
