import { Chart, Size } from 'cdk8s';
import { DatabaseBinding } from '../../../src';
import { containerOf, kind, podOf, synth, workload } from '../../synth';
import { database, VALKEY, variablesOf } from '../fixtures';

const connected = (binding?: DatabaseBinding) =>
  synth(chart => {
    workload(chart).add(database(chart).client({ binding }));
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
