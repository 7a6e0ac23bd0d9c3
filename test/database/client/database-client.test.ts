import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { AddressInfo, createServer } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import {
  AppWorkload,
  DatabaseAddress,
  DatabaseBinding,
  DatabaseClientOptions,
  DatabaseEngine,
  ExistingRollout,
  SecretSource,
} from '../../../src';
import { kind, podOf, synth, workload } from '../../synth';
import {
  database,
  external,
  MARIADB,
  MONGODB,
  MYSQL,
  policiesOf,
  POSTGRES,
  REDIS,
  specOf,
  VALKEY,
  variablesOf,
} from '../fixtures';

const connected = (options: DatabaseClientOptions = {}) =>
  synth(chart => {
    workload(chart).add(database(chart).client(options));
  }).filter(({ metadata }) => !metadata.name.startsWith('test-orders'));

test("waits for the database with the engine's image, unless waitUntilReady is false", () => {
  expect(podOf(connected()).initContainers).toMatchObject([
    {
      name: 'wait-for-db-orders',
      image: specOf(POSTGRES).image,
      env: [
        { name: 'DB_HOST', value: 'test-orders' },
        { name: 'DB_PORT', value: '5432' },
      ],
    },
  ]);
  expect(podOf(connected({ waitUntilReady: false })).initContainers).toBeUndefined();
});

describe('the wait', () => {
  const directory = mkdtempSync(join(tmpdir(), 'wait-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  // each prints its arguments, one on a line, and the answer that the command looks for
  for (const program of ['pg_isready', 'mysqladmin', 'mariadb-admin', 'redis-cli', 'valkey-cli']) {
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" > ${directory}/arguments\necho PONG\n`;
    writeFileSync(join(directory, program), script, { mode: 0o755 });
  }

  function wait(engine: DatabaseEngine, host: string, port = '5432') {
    const objects = synth(chart => {
      workload(chart).add(external(chart, { engine, address: DatabaseAddress.host(host) }).client());
    });
    const [{ command, env }] = podOf(objects).initContainers;
    const [program, ...args] = command;
    const variables = Object.fromEntries(env.map(({ name, value }: any) => [name, value]));
    return spawnSync(program, args, {
      env: { ...variables, DB_PORT: port, PATH: `${directory}:${process.env.PATH}` },
      timeout: 5000,
    }).status;
  }

  const HOSTS = ['::1', 'fd00::10', '2001:db8::', '10.0.0.1', 'db.example.com', 'DB-1.Example.COM', 'db'];

  test.each(
    Object.entries({ POSTGRES, MYSQL, MARIADB, REDIS, VALKEY }).flatMap(([name, engine]) =>
      HOSTS.map((host): [string, string, DatabaseEngine] => [name, host, engine]),
    ),
  )('of %s is for %s, as one argument without brackets', (_, host, engine) => {
    expect(wait(engine, host)).toBe(0);
    const args = readFileSync(join(directory, 'arguments'), 'utf8').split('\n');
    expect(args[args.indexOf('-h') + 1]).toBe(host);
  });

  test.each(['::1', '127.0.0.1'])('of MongoDB connects to %s', async host => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, host, resolve));
    expect(wait(MONGODB, host, String((server.address() as AddressInfo).port))).toBe(0);
    server.close();
  });
});

test('connects one app to two databases', () => {
  const objects = synth(chart => {
    workload(chart)
      .add(database(chart, {}, 'orders').client())
      .add(database(chart, {}, 'audit').client());
  });
  expect(Object.keys(variablesOf(objects))).toEqual(expect.arrayContaining(['ORDERS_HOST', 'AUDIT_HOST']));
  expect(policiesOf(objects)).toHaveLength(4);
});

test('connects an app to one of several replicas by its stable name', () => {
  const objects = synth(chart => {
    const orders = database(chart, { replicas: 2, independentReplicas: 'each shard its own' });
    workload(chart).add(orders.replica(1).client());
  });
  expect(variablesOf(objects)).toMatchObject({ ORDERS_1_HOST: 'test-orders-1.test-orders-headless' });
});

describe('a change of the Secret', () => {
  const annotationsOf = (options: DatabaseClientOptions) => kind(connected(options), 'Deployment').metadata.annotations;
  const files = DatabaseBinding.files('/run/orders');

  test('rolls out new pods with Reloader', () => {
    const reload = { 'secret.reloader.stakater.com/reload': 'orders-db' };
    expect(annotationsOf({ rollout: ExistingRollout.reloader() })).toEqual(reload);
    expect(annotationsOf({ rollout: ExistingRollout.reloader(), binding: files })).toEqual(reload);
    const copy = { rollout: ExistingRollout.reloader(), secret: SecretSource.fromName('copy') };
    expect(annotationsOf(copy)).toEqual({ 'secret.reloader.stakater.com/reload': 'copy' });
  });

  test('rolls out nothing otherwise', () => {
    expect(annotationsOf({})).toBeUndefined();
    expect(annotationsOf({ rollout: ExistingRollout.none('the password never changes') })).toBeUndefined();
    expect(annotationsOf({ rollout: ExistingRollout.live(), binding: files })).toBeUndefined();
  });

  test('cannot reach variables of running containers', () => {
    expect(() => connected({ rollout: ExistingRollout.live() })).toThrow(
      "[test/app/db-orders] 'rollout' is 'live()', but containers only read variables at their start. Use " +
        "'ExistingRollout.reloader()', or a binding with files.",
    );
  });

  test('needs a reason to be ignored', () => {
    expect(() => connected({ rollout: ExistingRollout.none('no') })).toThrow(
      "[test/app/db-orders] The reason 'no' for 'none' is too short. Explain why in at least three words.",
    );
  });
});

describe('an app in another namespace', () => {
  const acrossNamespaces = (options: DatabaseClientOptions = {}, appNamespace?: string) => {
    const app = new App();
    const data = new Chart(app, 'data', { namespace: 'data', disableResourceNameHashes: true });
    const shop = new Chart(app, 'shop', { namespace: appNamespace, disableResourceNameHashes: true });
    new AppWorkload(shop, 'api', { image: 'acme/api:1.0.0', port: 8080 }).add(database(data).client(options));
    return shop.toJson();
  };

  test('needs a copy of the Secret', () => {
    expect(() => acrossNamespaces({}, 'shop')).toThrow(
      "[shop/api/db-orders] The Secret 'orders-db' of database 'orders' is in namespace 'data', so pods in namespace " +
        "'shop' cannot read it. Copy the Secret, and set 'secret: SecretSource.fromName(...)' of the client.",
    );
    expect(() => acrossNamespaces()).toThrow('so pods in other namespaces cannot read it.');
  });

  test('reads the copy of the Secret', () => {
    const objects = acrossNamespaces({ secret: SecretSource.fromName('copy') }, 'shop');
    expect(variablesOf(objects).ORDERS_PASSWORD).toEqual({ name: 'copy', key: 'password' });
    expect(variablesOf(objects).ORDERS_HOST).toBe('data-orders.data.svc');
  });

  test('is admitted by the name of its namespace, in a policy in the namespace of the database', () => {
    const [egress, ingress] = policiesOf(acrossNamespaces({ secret: SecretSource.fromName('copy') }, 'shop'));
    expect(egress.spec.egress[0].to[0].namespaceSelector).toEqual({
      matchLabels: { 'kubernetes.io/metadata.name': 'data' },
    });
    expect(ingress.metadata.namespace).toBe('data');
    expect(ingress.spec.ingress[0].from[0].namespaceSelector).toEqual({
      matchLabels: { 'kubernetes.io/metadata.name': 'shop' },
    });
  });

  test('cannot be admitted without a namespace', () => {
    expect(() => acrossNamespaces({ secret: SecretSource.fromName('copy') })).toThrow(
      "[shop/api/db-orders] The app has no namespace, so database 'orders' in namespace 'data' cannot admit it. Set " +
        "'namespace' of the chart.",
    );
  });
});
