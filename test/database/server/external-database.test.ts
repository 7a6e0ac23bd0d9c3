import {
  CaCertificate,
  DatabaseAddress,
  DatabaseBinding,
  DatabaseCredentials,
  ExternalDatabaseProps,
  SecretSource,
} from '../../../src';
import { kind, podOf, synth, workload } from '../../synth';
import { database, external, policiesOf, REDIS, variablesOf } from '../fixtures';

test('has the same clients as a database in the cluster', () => {
  const objects = synth(chart => {
    workload(chart).add(external(chart).client());
  });
  const inCluster = synth(chart => {
    workload(chart).add(database(chart).client());
  });
  expect(Object.keys(variablesOf(objects))).toEqual(Object.keys(variablesOf(inCluster)));
  expect(variablesOf(objects).ORDERS_HOST).toBe('db.example.com');
  expect(policiesOf(objects).map(({ spec }) => spec.egress)).toEqual([[{ ports: [{ port: 5432, protocol: 'TCP' }] }]]);
});

test('gives clients the certificate', () => {
  const objects = synth(chart => {
    workload(chart).add(external(chart, { caCertificate: CaCertificate.fromConfigMapName('rds-ca') }).client());
  });
  expect(variablesOf(objects).ORDERS_CA_CERTIFICATE).toBe('/run/certificates/db-orders/ca.crt');
  expect(podOf(objects).volumes.find(({ name }: any) => name === 'db-orders-ca').projected.sources).toEqual([
    { configMap: { name: 'rds-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  ]);
});

test('connects clients of Redis over TLS if it has a certificate', () => {
  const objects = synth(chart => {
    const cache = external(chart, {
      engine: REDIS,
      credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('s'), { urlSafe: true }),
      caCertificate: CaCertificate.fromSecret(SecretSource.fromName('ca')),
    });
    workload(chart).add(cache.client({ binding: DatabaseBinding.variables({ prefix: 'ORDERS', url: 'ORDERS_URL' }) }));
  });
  expect(variablesOf(objects).ORDERS_URL).toBe('rediss://$(ORDERS_USER):$(ORDERS_PASSWORD)@db.example.com:6379');
  expect(podOf(objects).initContainers[0].command.slice(-1)[0]).toContain('redis-cli --tls');
});

test('creates a Service and an EndpointSlice for IP addresses', () => {
  const objects = synth(chart => {
    workload(chart).add(external(chart, { address: DatabaseAddress.addresses('10.1.2.3', '10.1.2.4') }).client());
  });
  expect(kind(objects, 'EndpointSlice')).toMatchObject({
    metadata: { labels: { 'kubernetes.io/service-name': 'test-orders' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.1.2.3'] }, { addresses: ['10.1.2.4'] }],
  });
  const service = objects.find(object => object.kind === 'Service' && object.metadata.name === 'test-orders');
  expect(service.spec).toEqual({
    type: 'ClusterIP',
    ports: [{ name: 'database', port: 5432, targetPort: 5432, protocol: 'TCP' }],
  });
  expect(variablesOf(objects).ORDERS_HOST).toBe('test-orders');
});

test('creates a Service of type ExternalName for an alias', () => {
  const objects = synth(chart => {
    external(chart, { address: DatabaseAddress.externalName('db.example.com') });
  });
  expect(objects).toEqual([
    expect.objectContaining({ kind: 'Service', spec: { type: 'ExternalName', externalName: 'db.example.com' } }),
  ]);
});

test.each<[Partial<ExternalDatabaseProps>, string]>([
  [{ metadata: { labels: { a: 'b c' } } }, "Invalid value 'b c' for key 'a' of 'metadata.labels'."],
  [{ port: 0 }, "Invalid value 0 for 'port'."],
  [
    { caCertificate: CaCertificate.fromConfigMapName('ca', { key: 'b c' }) },
    "Invalid key 'b c' of the ConfigMap of 'caCertificate'.",
  ],
])('refuses the props %j', (props, message) => {
  expect(() =>
    synth(chart => {
      external(chart, props);
    }),
  ).toThrow(`[test/orders] ${message}`);
});

test('refuses missing and misspelled props of plain JavaScript', () => {
  const creatingWith = (props: object) => () =>
    synth(chart => {
      external(chart, props as Partial<ExternalDatabaseProps>);
    });
  expect(creatingWith({ address: undefined, adress: DatabaseAddress.host('db') })).toThrow("'adress'");
  expect(creatingWith({ credentials: undefined })).toThrow("[test/orders] Required prop 'credentials' is missing.");
});
