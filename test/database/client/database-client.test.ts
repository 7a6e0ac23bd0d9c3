import { App, Chart, Size } from 'cdk8s';
import {
  DatabaseAddress,
  DatabaseBinding,
  DatabaseClientOptions,
  DatabaseCredentials,
  DatabaseEngine,
  ExternalDatabase,
  ExternalDatabaseProps,
  MongodbVersion,
  PostgresVersion,
  RedisVersion,
  SecretSource,
  ValkeyVersion,
  Waiver,
  AppWorkload,
  CaCertificate,
} from '../../../src';
import { containerOf, kind, podOf, synth, workload } from '../../synth';
import { CREDENTIALS, database } from '../fixtures';

const engine = DatabaseEngine.postgres({ version: PostgresVersion.V17 });
const external = (chart: Chart, props: Partial<ExternalDatabaseProps> = {}, id = 'orders') =>
  new ExternalDatabase(chart, id, {
    engine,
    address: DatabaseAddress.host('db.example.com'),
    credentials: CREDENTIALS,
    ...props,
  });
const connected = (options: DatabaseClientOptions = {}) =>
  synth(chart => {
    workload(chart).add(database(chart).client(options));
  }).filter(({ metadata }) => !metadata.name.startsWith('test-orders'));
const variables = (objects: any[]) =>
  Object.fromEntries(
    containerOf(objects).env.map(({ name, value, valueFrom }: any) => [name, value ?? valueFrom.secretKeyRef]),
  );
const policies = (objects: any[]) =>
  objects.filter(({ kind: each, metadata }) => each === 'NetworkPolicy' && /-to-|-from-/.test(metadata.name));

test('tells the app where and who, in variables of their own', () => {
  expect(variables(connected())).toEqual({
    ORDERS_HOST: 'test-orders',
    ORDERS_PORT: '5432',
    ORDERS_USER: 'app',
    ORDERS_DATABASE: 'app',
    ORDERS_PASSWORD: { name: 'orders-db', key: 'password' },
  });
  expect(variables(connected({ binding: DatabaseBinding.variables({ prefix: 'PG' }) }))).toMatchObject({
    PG_HOST: 'test-orders',
  });
});

test('opens the way from the app to the database and nothing else', () => {
  const objects = synth(chart => {
    workload(chart).add(database(chart).client());
  });
  const [to, from] = policies(objects);
  const app = { 'app.kubernetes.io/name': 'app', 'app.kubernetes.io/instance': 'test-app' };
  const orders = { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'test-orders' };
  expect(to.spec).toEqual({
    podSelector: { matchLabels: app },
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: { matchLabels: orders } }], ports: [{ port: 5432, protocol: 'TCP' }] }],
  });
  expect(from.spec).toEqual({
    podSelector: { matchLabels: orders },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: app } }], ports: [{ port: 5432, protocol: 'TCP' }] }],
  });
});

test('adds no policy where none closes the pods, for it would close them itself', () => {
  const waivers = [Waiver.networkPolicy('the mesh has policies')];
  expect(
    policies(
      synth(chart => {
        workload(chart, { waivers }).add(database(chart, { waivers }).client());
      }),
    ),
  ).toEqual([]);
});

test("waits with the engine's own image, unless it is told not to", () => {
  expect(podOf(connected()).initContainers).toMatchObject([
    {
      name: 'wait-for-db-orders',
      image: 'docker.io/library/postgres:17.11-trixie',
      env: [
        { name: 'DB_HOST', value: 'test-orders' },
        { name: 'DB_PORT', value: '5432' },
      ],
    },
  ]);
  expect(podOf(connected({ waitUntilReady: false })).initContainers).toBeUndefined();
});

describe('a URL', () => {
  const binding = DatabaseBinding.variables({ url: true });

  test('is made of credentials that need no encoding', () => {
    const objects = synth(chart => {
      workload(chart).add(
        database(chart, { credentials: DatabaseCredentials.fromGeneratedSecret() }).client({ binding }),
      );
    });
    const env = podOf(objects.filter(({ kind: each }) => each === 'Deployment')).containers[0].env;
    expect(env[env.length - 1]).toEqual({
      name: 'ORDERS_URL',
      value: 'postgresql://$(ORDERS_USER):$(ORDERS_PASSWORD)@test-orders:5432/app',
    });
  });

  test('says where MongoDB has its users', () => {
    const mongodb = {
      engine: DatabaseEngine.mongodb({ version: MongodbVersion.V8 }),
      credentials: DatabaseCredentials.fromGeneratedSecret(),
    };
    const objects = synth(chart => {
      workload(chart).add(database(chart, mongodb).client({ binding }));
    });
    const env = podOf(objects.filter(({ kind: each }) => each === 'Deployment')).containers[0].env;
    expect(env[env.length - 1]).toEqual({
      name: 'ORDERS_URL',
      value: 'mongodb://$(ORDERS_USER):$(ORDERS_PASSWORD)@test-orders:27017/app?authSource=admin',
    });
  });

  test('is refused where a password might need encoding', () => {
    expect(() => connected({ binding })).toThrow(
      "[test/app/db-orders] A URL would hold the password of 'orders' as it is, and nobody knows whether it " +
        "needs encoding. Read 'ORDERS_PASSWORD' instead, or say 'urlSafe: true' of its credentials",
    );
  });
});

test('puts host, user and password into files', () => {
  const objects = connected({ binding: DatabaseBinding.files('/run/orders') });
  const volume = podOf(objects).volumes.find(({ name }: any) => name === 'db-orders');
  expect(containerOf(objects).volumeMounts).toContainEqual({
    name: 'db-orders',
    mountPath: '/run/orders',
    readOnly: true,
  });
  expect(volume.projected.sources[1]).toEqual({
    secret: { name: 'orders-db', items: [{ key: 'password', path: 'password' }] },
  });
  expect(kind(objects, 'ConfigMap').data).toEqual({
    host: 'test-orders',
    port: '5432',
    username: 'app',
    database: 'app',
  });
});

test('projects service bindings, of two databases side by side', () => {
  const objects = synth(chart => {
    const binding = DatabaseBinding.serviceBinding();
    const cache = database(
      chart,
      { engine: DatabaseEngine.valkey({ version: ValkeyVersion.V8 }), memory: Size.mebibytes(256) },
      'cache',
    );
    workload(chart).add(database(chart).client({ binding })).add(cache.client({ binding }));
  });
  const app = objects.filter(({ kind: each }) => each === 'Deployment');
  expect(variables(app)).toEqual({ SERVICE_BINDING_ROOT: '/bindings' });
  expect(containerOf(app).volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual([
    '/bindings/cache',
    '/bindings/orders',
    '/tmp',
  ]);
  expect(objects.find(({ metadata }) => metadata.name.startsWith('test-app-db-cache-')).data).toMatchObject({
    type: 'redis',
    provider: 'valkey',
    username: 'default',
  });
  expect(() => connected({ binding: DatabaseBinding.serviceBinding('A/B') })).toThrow(
    "[test/app/db-orders] The service binding's name 'A/B' is none. Use lower-case letters, digits, '-' and '.'",
  );
});

test('clients of two databases in one app do not clash', () => {
  const objects = synth(chart => {
    workload(chart)
      .add(database(chart, {}, 'orders').client())
      .add(database(chart, {}, 'audit').client());
  });
  expect(Object.keys(variables(objects.filter(({ kind: each }) => each === 'Deployment')))).toEqual(
    expect.arrayContaining(['ORDERS_HOST', 'AUDIT_HOST']),
  );
  expect(policies(objects)).toHaveLength(4);
});

test('refuses a prefix that no variable can begin with', () => {
  expect(() => connected({ binding: DatabaseBinding.variables({ prefix: '1 2' }) })).toThrow(
    "[test/app/db-orders] The prefix '1 2' cannot begin the name of a variable. Use letters, digits and '_', " +
      'not beginning with a digit',
  );
});

describe('in another namespace', () => {
  const across = (options: DatabaseClientOptions = {}) => {
    const app = new App();
    const data = new Chart(app, 'data', { namespace: 'data', disableResourceNameHashes: true });
    const shop = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });
    new AppWorkload(shop, 'api', { image: 'acme/api:1.0.0', port: 8080 }).add(database(data).client(options));
    return shop.toJson();
  };

  test('has to be given a copy of the Secret', () => {
    expect(() => across()).toThrow(
      "[shop/api/db-orders] The Secret 'orders-db' of 'orders' is in namespace 'data', where the pods of 'shop' " +
        "cannot read it. Give a copy: 'client({ secret: SecretSource.fromName(...) })'",
    );
  });

  test("is let in by its namespace's name, in a policy of the database's", () => {
    const [to, from] = policies(across({ secret: SecretSource.fromName('copy') }));
    expect(to.spec.egress[0].to[0].namespaceSelector).toEqual({
      matchLabels: { 'kubernetes.io/metadata.name': 'data' },
    });
    expect(from.metadata.namespace).toBe('data');
    expect(from.spec.ingress[0].from[0].namespaceSelector).toEqual({
      matchLabels: { 'kubernetes.io/metadata.name': 'shop' },
    });
  });
});

test('one replica of several is named', () => {
  const replicas = (chart: Chart) => database(chart, { replicas: 2, independentReplicas: 'each shard its own' });
  expect(
    variables(
      synth(chart => {
        workload(chart).add(replicas(chart).replica(1).client());
      }).filter(({ kind: each }) => each === 'Deployment'),
    ),
  ).toMatchObject({ ORDERS_1_HOST: 'test-orders-1.test-orders-headless' });
  expect(() =>
    synth(chart => {
      workload(chart).add(replicas(chart).client());
    }),
  ).toThrow(
    '[test/orders] Its 2 replicas have data of their own, so that a client has to say which it means. Use ' +
      "'replica(0)' or another",
  );
  expect(() =>
    synth(chart => {
      replicas(chart).replica(2);
    }),
  ).toThrow('[test/orders] The number of the replica is 2. Give a whole number from 0 to 1');
});

describe('an external database', () => {
  test("is a client's like any other, with one line changed", () => {
    const own = connected();
    const other = synth(chart => {
      workload(chart).add(external(chart).client());
    });
    expect(Object.keys(variables(other))).toEqual(Object.keys(variables(own)));
    expect(variables(other).ORDERS_HOST).toBe('db.example.com');
    expect(policies(other).map(({ spec }) => spec.egress)).toEqual([[{ ports: [{ port: 5432, protocol: 'TCP' }] }]]);
  });

  test('is reached in its blocks of addresses alone, where they are known', () => {
    const objects = synth(chart => {
      workload(chart).add(
        external(chart, {
          address: DatabaseAddress.host('db.example.com', { cidrs: ['10.1.0.0/16'] }),
          port: 6432,
        }).client(),
      );
    });
    expect(policies(objects)[0].spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 6432, protocol: 'TCP' }] },
    ]);
  });

  test('has a name in the cluster for its addresses', () => {
    const objects = synth(chart => {
      workload(chart).add(external(chart, { address: DatabaseAddress.addresses('10.1.2.3', '10.1.2.4') }).client());
    });
    expect(kind(objects, 'EndpointSlice')).toMatchObject({
      metadata: { labels: { 'kubernetes.io/service-name': 'test-orders' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.1.2.3'] }, { addresses: ['10.1.2.4'] }],
    });
    expect(
      objects.find(({ kind: each, metadata }) => each === 'Service' && metadata.name === 'test-orders').spec,
    ).toEqual({ type: 'ClusterIP', ports: [{ name: 'database', port: 5432, targetPort: 5432, protocol: 'TCP' }] });
    expect(policies(objects)[0].spec.egress[0].to).toEqual([
      { ipBlock: { cidr: '10.1.2.3/32' } },
      { ipBlock: { cidr: '10.1.2.4/32' } },
    ]);
    expect(variables(objects).ORDERS_HOST).toBe('test-orders');
  });

  test('has a name in the cluster for a name outside', () => {
    const objects = synth(chart => {
      external(chart, { address: DatabaseAddress.externalName('db.example.com') });
    });
    expect(objects).toEqual([
      expect.objectContaining({ kind: 'Service', spec: { type: 'ExternalName', externalName: 'db.example.com' } }),
    ]);
  });

  test('brings its certificate', () => {
    const objects = synth(chart => {
      workload(chart).add(external(chart, { caCertificate: CaCertificate.fromConfigMapName('rds-ca') }).client());
    });
    expect(variables(objects).ORDERS_CA_CERTIFICATE).toBe('/run/certificates/db-orders/ca.crt');
    expect(podOf(objects).volumes.find(({ name }: any) => name === 'db-orders-ca').projected.sources).toEqual([
      { configMap: { name: 'rds-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ]);
  });

  test('that speaks nothing but TLS is waited for and named so', () => {
    const redis = DatabaseEngine.redis({ version: RedisVersion.V8 });
    const credentials = DatabaseCredentials.fromSecret(SecretSource.fromName('s'), { urlSafe: true });
    const objects = synth(chart => {
      workload(chart).add(
        external(chart, {
          engine: redis,
          credentials,
          caCertificate: CaCertificate.fromSecret(SecretSource.fromName('ca')),
        }).client({
          binding: DatabaseBinding.variables({ url: true }),
        }),
      );
    });
    expect(variables(objects).ORDERS_URL).toBe('rediss://$(ORDERS_USER):$(ORDERS_PASSWORD)@db.example.com:6379');
    expect(podOf(objects).initContainers[0].command.slice(-1)[0]).toContain('redis-cli --tls');
  });

  test.each<[Partial<ExternalDatabaseProps>, string]>([
    [
      { address: DatabaseAddress.host('https://db') },
      "Its host 'https://db' is not a host's name or address. Write it without scheme, port or path, as " +
        "'db.example.com'",
    ],
    [
      { address: DatabaseAddress.externalName('10.0.0.1') },
      "Its host '10.0.0.1' is an address, which a Service of type ExternalName cannot stand for. Use " +
        "'DatabaseAddress.addresses'",
    ],
    [{ address: DatabaseAddress.addresses() }, 'Its addresses are none. Give one or more IP addresses'],
    [{ address: DatabaseAddress.addresses('db') }, 'Its addresses are db. Give one or more IP addresses'],
    [
      { address: DatabaseAddress.addresses('10.0.0.1', '2001:db8::1') },
      'Its addresses 10.0.0.1, 2001:db8::1 are of IPv4 and of IPv6, which one EndpointSlice cannot hold. Give ' +
        'those of one family',
    ],
    [
      { address: DatabaseAddress.addresses('127.0.0.1') },
      'Its address 127.0.0.1 is one that each node has for itself, which an EndpointSlice cannot hold. Give that ' +
        'at which the cluster reaches it',
    ],
    [
      { address: DatabaseAddress.addresses('fe80::1') },
      'Its address fe80::1 is one that each node has for itself, which an EndpointSlice cannot hold. Give that at ' +
        'which the cluster reaches it',
    ],
    [
      { address: DatabaseAddress.externalName('DB.example.com') },
      "Its host 'DB.example.com' is not an object's name. Use at most 253 lower-case letters, digits, '-' and " +
        "'.', beginning and ending with a letter or digit",
    ],
    [
      { address: DatabaseAddress.host('db', { cidrs: ['10.0.0.0/33'] }) },
      "Its block of addresses '10.0.0.0/33' is none. Write it as '10.1.0.0/16'",
    ],
    [
      { metadata: { labels: { a: 'b c' } } },
      "The label 'a' has the value 'b c'. Use at most 63 letters, digits, '-', '_' and '.', beginning and " +
        'ending with a letter or digit',
    ],
    [
      { address: DatabaseAddress.host('db', { cidrs: ['10.0.0.0'] }) },
      "Its block of addresses '10.0.0.0' is none. Write it as '10.1.0.0/16'",
    ],
    [{ port: 0 }, "'port' is 0. Give a whole number from 1 to 65535"],
    [
      { caCertificate: CaCertificate.fromConfigMapName('ca', { key: 'b c' }) },
      "'caCertificate' has the key 'b c', which cannot be. Keys are letters, digits, '-', '_' and '.'",
    ],
  ])('refuses %#', (props, sentence) => {
    expect(() =>
      synth(chart => {
        external(chart, props);
      }),
    ).toThrow(`[test/orders] ${sentence}`);
  });
});
