import { Size } from 'cdk8s';
import { DatabaseCredentials, DatabaseEngine, SecretSource, StatefulDatabaseProps } from '../../../src';
import { creating, CUSTOM_SPEC, MARIADB, MYSQL, objectsOf, REDIS, server, variable, volume } from '../fixtures';

test.each<[Partial<StatefulDatabaseProps>, string]>([
  [
    { user: "o'neill" },
    "'user' is 'o'neill', which is not an unquoted SQL identifier. Use at most 32 letters, digits and '_', and do " +
      'not begin with a digit.',
  ],
  [
    { database: 'a-b' },
    "'database' is 'a-b', which is not an unquoted SQL identifier. Use at most 63 letters, digits and '_', and do " +
      'not begin with a digit.',
  ],
  [
    { user: 'root', engine: MYSQL },
    "'user' is 'root', which the image of mysql reserves for itself. Use another name, for example 'app'.",
  ],
  [
    { user: 'root', engine: MARIADB },
    "'user' is 'root', which the image of mariadb reserves for itself. Use another name, for example 'app'.",
  ],
  [{ user: 'me', engine: REDIS }, "'user' is 'me', but the only user of redis is 'default'. Omit the prop."],
  [
    { database: 'me', engine: REDIS },
    "'database' is 'me', but redis does not create a database by name. Omit the prop.",
  ],
  [
    { engine: REDIS, hugePages: Size.mebibytes(2) },
    "'hugePages' is 2Mi, but redis does not support huge pages. Omit the prop.",
  ],
  [
    { hugePages: Size.mebibytes(3) },
    "'hugePages' is 3Mi, which is not a multiple of 2Mi, the size of a huge page. Round it to a multiple of 2Mi.",
  ],
])('refuses names and huge pages that the engine does not support: %#', (props, message) => {
  expect(creating(props)).toThrow(`[test/orders] ${message}`);
});

test('refuses the reserved users of a custom engine', () => {
  const engine = DatabaseEngine.custom({ ...CUSTOM_SPEC, userVariable: 'DB_USER', reservedUsers: ['admin'] });
  expect(creating({ engine, user: 'admin' })).toThrow(
    "[test/orders] 'user' is 'admin', which the image of surreal reserves for itself.",
  );
  expect(variable(objectsOf({ engine, user: 'alice' }), 'DB_USER')).toBe('alice');
});

test('reads the user name from the Secret if it has a key', () => {
  const credentials = DatabaseCredentials.fromSecret(SecretSource.fromName('s'), {
    usernameKey: 'user',
    passwordKey: 'pass',
  });
  const objects = objectsOf({ credentials });
  expect(variable(objects, 'POSTGRES_USER_FILE')).toBe('/run/secrets/database/username');
  expect(server(objects).env.map(({ name }: any) => name)).not.toContain('POSTGRES_USER');
  expect(volume(objects, 'credentials').secret.items).toEqual([
    { key: 'pass', path: 'password' },
    { key: 'user', path: 'username' },
  ]);
});

test('refuses a key of the user name for an engine that cannot read it', () => {
  const credentials = DatabaseCredentials.fromSecret(SecretSource.fromName('s'), { usernameKey: 'user' });
  expect(creating({ engine: REDIS, credentials })).toThrow(
    "[test/orders] 'usernameKey' is 'user', but redis cannot read its user name from a Secret. Omit 'usernameKey'.",
  );
});

test('applies settings for low memory only below 1Gi', () => {
  const hasPerformanceSchema = (memory: Size) =>
    JSON.stringify(objectsOf({ engine: MYSQL, memory })).includes('performance_schema = OFF');
  expect([Size.mebibytes(1023), Size.gibibytes(1)].map(hasPerformanceSchema)).toEqual([true, false]);
});
