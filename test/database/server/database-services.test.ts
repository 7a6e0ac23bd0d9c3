import { objectsOf } from '../fixtures';

const servicesOf = (objects: any[]) =>
  Object.fromEntries(
    objects.filter(({ kind }) => kind === 'Service').map(({ metadata, spec }) => [metadata.name, spec]),
  );

test('creates a Service for clients and a headless Service', () => {
  const ports = [{ name: 'database', port: 5432, targetPort: 5432, protocol: 'TCP' }];
  expect(servicesOf(objectsOf())).toEqual({
    'test-orders': expect.objectContaining({ type: 'ClusterIP', ports }),
    'test-orders-headless': expect.objectContaining({ clusterIP: 'None', publishNotReadyAddresses: true, ports }),
  });
});

test('creates no common Service for replicas with different data', () => {
  const services = servicesOf(objectsOf({ replicas: 2, independentReplicas: 'each shard its own' }));
  expect(Object.keys(services)).toEqual(['test-orders-headless']);
});
