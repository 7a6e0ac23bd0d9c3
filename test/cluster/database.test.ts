import { execFileSync } from 'child_process';
import { Chart, Size } from 'cdk8s';
import { eventually, report, sleep, TestNamespace } from './cluster';
import { clientOf, CREDENTIALS, LITTLE_CPU, createSecret, postgres, Session } from './postgres';
import {
  DatabaseEngine,
  DatabaseStorage,
  InitScripts,
  MariadbVersion,
  StatefulDatabase,
  ValkeyVersion,
} from '../../src';

let namespace: TestNamespace;
let orders: Session;

const define = (chart: Chart) => {
  const database = postgres(chart, 'orders', {
    initScripts: InitScripts.fromInline({
      '10-schema.sql': 'create table kept (id serial primary key, note text);',
      '20-early.sh': 'exit 0\n',
    }),
  });
  clientOf(chart, 'client', database);
  clientOf(chart, 'stranger');
};

beforeAll(() => {
  namespace = TestNamespace.create('database');
  createSecret(namespace);
  namespace.apply(define);
  namespace.rolledOut('statefulset/test-orders');
  namespace.rolledOut('deployment/test-client');
  namespace.rolledOut('deployment/test-stranger');
  orders = new Session(namespace, 'test-client', 'ORDERS');
});
afterAll(() => namespace.delete());

test('is ready under "restricted" Pod Security with a read-only root filesystem, without a restart', () => {
  const pod = namespace.get('pod', 'test-orders-0');
  expect(pod.spec.containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
  expect(pod.status.containerStatuses[0]).toMatchObject({ ready: true, restartCount: 0 });
  expect(orders.sql('select count(*) from kept')).toBe('0');
});

test('reports the derived settings', () => {
  const config: string = namespace
    .get('configmap', '-l', 'app.kubernetes.io/name=orders')
    .items.find((map: any) => map.data['postgresql.conf']).data['postgresql.conf'];
  for (const [, name, value] of config.matchAll(/^(\w+) = '(.*)'$/gm)) {
    const written = /^\d+[kMG]B$/.test(value)
      ? `pg_size_bytes('${value}') = pg_size_bytes(current_setting('${name}'))`
      : `'${value}' = current_setting('${name}')`;
    expect([name, value, orders.sql(`select ${written}`)]).toEqual([name, value, 't']);
  }
  report(`SHOW shared_buffers: ${orders.sql('show shared_buffers')} of a limit of 1Gi`);
});

test.each(['127.0.0.1', '::1'])('asks for a password at %s', host => {
  const psql = ['psql', '-w', '-h', host, '-U', 'app', '-c', 'select 1'];
  expect(() => namespace.kubectl('exec', 'test-orders-0', '-c', 'database', '--', ...psql)).toThrow(
    /no password supplied|Cannot assign requested address/,
  );
});

describe('keeps committed rows when', () => {
  let rows = 0;
  const commit = (note: string) => {
    orders.sql(`insert into kept (note) values ('${note}')`);
    rows++;
  };
  const expectKept = async () => {
    await orders.answers();
    expect(orders.sql('select count(*) from kept')).toBe(String(rows));
  };

  test('the pod is deleted', async () => {
    commit('before delete pod');
    await namespace.deletePods(['test-orders-0']);
    await expectKept();
  });

  test('the pod is deleted by force, while its server still runs', async () => {
    commit('before delete by force');
    await namespace.deletePods(['test-orders-0'], '--grace-period=0', '--force');
    await expectKept();
  });

  test('every process of the server is killed', async () => {
    commit('before SIGKILL');
    killAll('test-orders-0');
    await expectKept();
  });

  test('its node is drained', async () => {
    commit('before a drain');
    const { nodeName } = namespace.get('pod', 'test-orders-0').spec;
    try {
      // drains only this pod, because the node can be the only one
      namespace.kubectl(
        'drain',
        nodeName,
        '--pod-selector=statefulset.kubernetes.io/pod-name=test-orders-0',
        '--ignore-daemonsets',
        '--delete-emptydir-data',
        '--timeout=180s',
      );
    } finally {
      namespace.kubectl('uncordon', nodeName);
    }
    await expectKept();
  });

  // TEST_CLUSTER_RESTART_KUBELET is the command that restarts the kubelet
  const [restart, ...args] = (process.env.TEST_CLUSTER_RESTART_KUBELET ?? '').split(' ').filter(Boolean);
  (restart ? test : test.skip)('the kubelet restarts', async () => {
    commit('before the kubelet restarts');
    execFileSync(restart, args, { stdio: 'pipe' });
    await namespace.deletePods(['test-orders-0']);
    await expectKept();
    report('rows kept: the kubelet restarted, and a new pod mounted the same volume');
  });

  test('the StatefulSet is deleted and applied again', async () => {
    commit('before delete statefulset');
    namespace.kubectl('delete', 'statefulset', 'test-orders');
    await eventually(
      'the pod is gone',
      () => namespace.get('pods', '-l', 'app.kubernetes.io/name=orders').items.length === 0,
    );
    expect(namespace.get('pvc', 'data-test-orders-0').status.phase).toBe('Bound');
    namespace.apply(define);
    namespace.rolledOut('statefulset/test-orders');
    await expectKept();
    report(`rows kept after all disturbances: ${rows} of ${rows}`);
  });
});

test('loses no commit that it acknowledged to pgbench before it was killed', async () => {
  orders.pgbench('-i', '-q', '-s', '2');
  const running = orders.pgbenchAsync('-c', '8', '-j', '2', '-T', '12');
  await sleep(6000);
  killAll('test-orders-0');
  const output = await running;
  await orders.answers();
  const rows = Number(orders.sql('select count(*) from pgbench_history'));
  const acknowledged = Number(/actually processed: (\d+)/.exec(output)?.[1] ?? NaN);
  // pgbench prints the number of acknowledged transactions, also if its connections break
  expect(acknowledged).toBeGreaterThan(0);
  expect(rows).toBeGreaterThanOrEqual(acknowledged);
  report(`commits acknowledged before SIGKILL: ${acknowledged}, found afterwards: ${rows}`);
});

test('accepts connections of declared clients only', () => {
  const connect = (client: string) =>
    namespace
      .kubectl(
        'exec',
        `deploy/${client}`,
        '-c',
        'app',
        '--',
        'bash',
        '-c',
        `timeout 5 bash -c '</dev/tcp/test-orders.${namespace.name}.svc/5432' && echo open || echo closed`,
      )
      .trim();
  expect(connect('test-client')).toBe('open');
  expect(connect('test-stranger')).toBe('closed');
});

test('two replicas on separate volumes keep separate data', async () => {
  namespace.apply(chart => {
    postgres(chart, 'shards', {
      replicas: 2,
      memory: Size.mebibytes(256),
      independentReplicas: 'each replica is a separate shard',
    });
  });
  namespace.rolledOut('statefulset/test-shards');
  const sql = (replica: number, statement: string) =>
    namespace
      .kubectl('exec', `test-shards-${replica}`, '-c', 'database', '--', 'psql', '-U', 'app', '-Atqc', statement)
      .trim();
  for (const replica of [0, 1]) {
    sql(replica, `create table shard (replica int); insert into shard values (${replica})`);
  }
  await namespace.deletePods(['test-shards-0', 'test-shards-1']);
  await eventually(
    'both are ready again',
    () => namespace.get('pods', '-l', 'app.kubernetes.io/name=shards').items.filter(isReady).length === 2,
  );
  expect([sql(0, 'select replica from shard'), sql(1, 'select replica from shard')]).toEqual(['0', '1']);
});

test('MariaDB and Valkey keep their data, and refuse connections without the password', async () => {
  namespace.apply(chart => {
    const props = {
      storage: DatabaseStorage.provisioned(Size.gibibytes(1)),
      memory: Size.mebibytes(256),
      credentials: CREDENTIALS,
      cpu: LITTLE_CPU,
    };
    new StatefulDatabase(chart, 'shop', {
      ...props,
      engine: DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
      initScripts: InitScripts.fromInline({ '10-schema.sql': 'create table kept (id int primary key);' }),
    });
    new StatefulDatabase(chart, 'sessions', { ...props, engine: DatabaseEngine.valkey({ version: ValkeyVersion.V8 }) });
  });
  const shop = (statement: string) =>
    shell(
      'test-shop-0',
      `MYSQL_PWD="$(cat /run/secrets/database/password)" mariadb -h 127.0.0.1 -u app -BN app -e "${statement}" ` +
        '2>/dev/null',
    );
  const sessions = (command: string) =>
    shell('test-sessions-0', `REDISCLI_AUTH="$(cat /run/database/password)" valkey-cli ${command} 2>/dev/null`);
  namespace.rolledOut('statefulset/test-shop');
  namespace.rolledOut('statefulset/test-sessions');
  shop('insert into kept values (1)');
  sessions('set kept 1');
  await namespace.deletePods(['test-shop-0', 'test-sessions-0'], '--grace-period=0', '--force');
  namespace.rolledOut('statefulset/test-shop');
  namespace.rolledOut('statefulset/test-sessions');
  await eventually('MariaDB has the row', () => shop('select id from kept') === '1');
  await eventually('Valkey has the key', () => sessions('get kept') === '1');
  expect(shell('test-sessions-0', 'valkey-cli get kept 2>&1')).toMatch(/NOAUTH/);
});

test('the claims stay when the manifest is deleted', async () => {
  const objects = namespace.apply(define);
  objects.forEach(({ kind, metadata }) =>
    namespace.kubectl('delete', `${kind}/${metadata.name}`, '--ignore-not-found'),
  );
  await eventually(
    'the pods are gone',
    () => namespace.get('pods', '-l', 'app.kubernetes.io/name=orders').items.length === 0,
  );
  const claims = namespace.get('pvc', '-l', 'app.kubernetes.io/name=orders').items;
  expect(
    claims.map((claim: any) => [claim.metadata.name, claim.status.phase, claim.metadata.deletionTimestamp]),
  ).toEqual([['data-test-orders-0', 'Bound', undefined]]);
});

const isReady = ({ status }: any) =>
  status.conditions?.some((condition: any) => condition.type === 'Ready' && condition.status === 'True');

/** Kills all processes but the first, which ignores a SIGKILL from inside its container. */
function killAll(pod: string): void {
  shell(pod, 'for p in $(ps -eo pid= ); do [ $p -le 1 ] || [ $p = $$ ] || kill -9 $p 2>/dev/null || true; done; true');
}

function shell(pod: string, script: string): string {
  return namespace.kubectl('exec', pod, '-c', 'database', '--', 'bash', '-c', script).trim();
}
