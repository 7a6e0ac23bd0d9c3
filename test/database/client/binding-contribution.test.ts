import { Chart, Size } from 'cdk8s';
import { DatabaseBinding, DatabaseCredentials, StatefulDatabaseProps } from '../../../src';
import { containerOf, kind, podOf, synth, workload } from '../../synth';
import { database, MONGODB, VALKEY, variablesOf } from '../fixtures';

const connected = (binding?: DatabaseBinding, props: Partial<StatefulDatabaseProps> = {}) =>
  synth(chart => {
    workload(chart).add(database(chart, props).client({ binding }));
  }).filter(({ metadata }) => !metadata.name.startsWith('test-orders'));

test('sets separate variables for the connection settings and the credentials', () => {
  expect(variablesOf(connected())).toEqual({
    ORDERS_HOST: 'test-orders',
    ORDERS_PORT: '5432',
    ORDERS_USER: 'app',
    ORDERS_DATABASE: 'app',
    ORDERS_PASSWORD: { name: 'orders-db', key: 'password' },
  });
});

test('sets variables with another prefix', () => {
  const variables = variablesOf(connected(DatabaseBinding.variables({ prefix: 'PG' })));
  expect(Object.keys(variables)).toEqual(['PG_DATABASE', 'PG_HOST', 'PG_PASSWORD', 'PG_PORT', 'PG_USER']);
});

test('refuses an invalid prefix of variable names', () => {
  expect(() => connected(DatabaseBinding.variables({ prefix: '1 2' }))).toThrow(
    "[test/app/db-orders] 'prefix' is '1 2', which is not a valid prefix of variable names. Use letters, digits and " +
      "'_', and do not begin with a digit.",
  );
});

describe('a URL', () => {
  const binding = DatabaseBinding.variables({ url: true });
  const credentials = DatabaseCredentials.fromGeneratedSecret();

  test('refers to the variables of user and password, which it must follow', () => {
    const env = containerOf(connected(binding, { credentials })).env;
    expect(env[env.length - 1]).toEqual({
      name: 'ORDERS_URL',
      value: 'postgresql://$(ORDERS_USER):$(ORDERS_PASSWORD)@test-orders:5432/app',
    });
  });

  test('names the database in which MongoDB has its users', () => {
    expect(variablesOf(connected(binding, { engine: MONGODB, credentials })).ORDERS_URL).toBe(
      'mongodb://$(ORDERS_USER):$(ORDERS_PASSWORD)@test-orders:27017/app?authSource=admin',
    );
  });

  test('is refused if the password could need encoding', () => {
    expect(() => connected(binding)).toThrow(
      "[test/app/db-orders] 'url' is true, but the credentials of 'orders' are not known to be safe in a URL. A " +
        "password with special characters would break it. Use the variable 'ORDERS_PASSWORD' instead, or set " +
        "'urlSafe: true' in 'DatabaseCredentials.fromSecret'.",
    );
  });
});

test('mounts files with the connection settings and the credentials', () => {
  const objects = connected(DatabaseBinding.files('/run/orders'));
  const { projected } = podOf(objects).volumes.find(({ name }: any) => name === 'db-orders');
  expect(containerOf(objects).volumeMounts).toContainEqual({
    name: 'db-orders',
    mountPath: '/run/orders',
    readOnly: true,
  });
  expect(projected.sources[1]).toEqual({
    secret: { name: 'orders-db', items: [{ key: 'password', path: 'password' }] },
  });
  expect(kind(objects, 'ConfigMap').data).toEqual({
    host: 'test-orders',
    port: '5432',
    username: 'app',
    database: 'app',
  });
});

test('mounts service bindings of two databases', () => {
  const binding = DatabaseBinding.serviceBinding();
  const cache = (chart: Chart) => database(chart, { engine: VALKEY, memory: Size.mebibytes(256) }, 'cache');
  const objects = synth(chart => {
    workload(chart).add(database(chart).client({ binding })).add(cache(chart).client({ binding }));
  });
  expect(variablesOf(objects)).toEqual({ SERVICE_BINDING_ROOT: '/bindings' });
  const mounts = containerOf(objects.filter(object => object.kind === 'Deployment')).volumeMounts;
  expect(mounts.map(({ mountPath }: any) => mountPath)).toEqual(['/bindings/cache', '/bindings/orders', '/tmp']);
  expect(objects.find(({ metadata }) => metadata.name.startsWith('test-app-db-cache-')).data).toMatchObject({
    type: 'redis',
    provider: 'valkey',
    username: 'default',
  });
});

test('refuses an invalid name of a service binding', () => {
  expect(() => connected(DatabaseBinding.serviceBinding('A/B'))).toThrow(
    "[test/app/db-orders] Invalid service binding name 'A/B'. Use lowercase letters, digits, '-' and '.'.",
  );
});
