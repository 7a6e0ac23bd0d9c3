import { DatabaseBinding, VariablesBindingOptions } from '../../../src';
import { synth, workload } from '../../synth';
import { database, REDIS, variablesOf } from '../fixtures';

const variables = (options: VariablesBindingOptions, props = {}) =>
  variablesOf(
    synth(chart => {
      workload(chart).add(database(chart, props).client({ binding: DatabaseBinding.variables(options) }));
    }),
  );

test('begin with the name of the database by default', () => {
  expect(Object.keys(variables({}))).toEqual([
    'ORDERS_DATABASE',
    'ORDERS_HOST',
    'ORDERS_PASSWORD',
    'ORDERS_PORT',
    'ORDERS_USER',
  ]);
});

test('begin with the prefix, without the settings that the database does not have', () => {
  expect(Object.keys(variables({ prefix: 'CACHE' }, { engine: REDIS }))).toEqual([
    'CACHE_HOST',
    'CACHE_PASSWORD',
    'CACHE_PORT',
    'CACHE_USER',
  ]);
});

test.each<[string, VariablesBindingOptions, string]>([
  [
    'an invalid prefix',
    { prefix: '1 2' },
    "'prefix' is '1 2', which is not a valid prefix of variable names. Use letters, digits and '_', and do not begin " +
      'with a digit.',
  ],
  ['an invalid name', { host: '1HOST' }, "Invalid name '1HOST' of an environment variable."],
  ['a name that begins with two dots', { host: '..host' }, "Invalid name '..host' of an environment variable."],
  [
    'a value in place of a name',
    { url: true as never },
    `'url' is true, which is not the name of a variable. Set the name that the app reads, for example 'url: ` +
      `"DATABASE_URL"'.`,
  ],
  [
    'one name for two settings',
    { host: 'DB', port: 'DB' },
    "'host' and 'port' have the same variable 'DB'. Set 'port' to another name.",
  ],
  [
    'the name of a setting with the prefix',
    { prefix: 'DB', hostPort: 'DB_HOST' },
    "'host' and 'hostPort' have the same variable 'DB_HOST'. Set 'hostPort' to another name.",
  ],
  [
    'the certificate of a database without one',
    { caCertificate: 'CA' },
    "'caCertificate' is 'CA', but the database 'orders' has no CA certificate. Omit 'caCertificate', or set " +
      "'caCertificate' of the database.",
  ],
])('refuses %s', (_, options, error) => expect(() => variables(options)).toThrow(`[test/app/db-orders] ${error}`));

test('refuses the name of a database that has none', () => {
  expect(() => variables({ database: 'REDIS_DB' }, { engine: REDIS })).toThrow(
    "'database' is 'REDIS_DB', but the database 'orders' has no name on its server.",
  );
});

test('refuses one name for two databases', () => {
  expect(() =>
    synth(chart => {
      const binding = DatabaseBinding.variables({ host: 'DB_HOST' });
      workload(chart)
        .add(database(chart).client({ binding }))
        .add(database(chart, {}, 'copy').client({ binding }));
    }),
  ).toThrow("'DB_HOST'");
});
