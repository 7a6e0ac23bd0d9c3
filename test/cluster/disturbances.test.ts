import { execSync } from 'child_process';
import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { DatabaseStorage, HealthCheck, AppWorkload, AppWorkloadProps } from 'cdk8s-storage-patterns';
import { eventually, report, sleep, TestNamespace } from './cluster';
import { clientOf, makeSecret, postgres, Session } from './postgres';

const IMAGE = 'docker.io/library/busybox:1.36';
const SERVER = ['sh', '-c', 'echo up > /tmp/index.html; exec httpd -f -p 8080 -h /tmp'];
const SMALL = { cpu: { request: Cpu.millis(20) } };

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

function server(chart: Chart, props: Partial<AppWorkloadProps> = {}): AppWorkload {
  return new AppWorkload(chart, 'server', {
    image: IMAGE,
    port: 8080,
    command: SERVER,
    resources: SMALL,
    healthCheck: HealthCheck.http('/'),
    ...props,
  });
}

/** A pod that asks the server all the time, and says what it got. */
function asking(chart: Chart, app: AppWorkload): void {
  new AppWorkload(chart, 'client', {
    image: IMAGE,
    replicas: 1,
    command: ['sh', '-c', `while true; do wget -q -T 5 -O - http://${app.name}:8080/ || echo failed; sleep 0.05; done`],
    healthCheck: HealthCheck.command(['true']),
    shutdownTimeout: Duration.seconds(1),
    resources: SMALL,
  }).allowTo(app, 8080);
}

function answers() {
  const lines = namespace.kubectl('logs', 'deployment/test-client', '--tail=-1').split('\n');
  return { up: lines.filter(line => line === 'up').length, failed: lines.filter(line => line === 'failed').length };
}

async function answered(): Promise<{ up: number; failed: number }> {
  const before = answers();
  await eventually('the client is answered', () => answers().up > before.up + 20);
  return answers();
}

const pods = (name: string): any[] =>
  namespace
    .get('pods', '-l', `app.kubernetes.io/name=${name}`)
    .items.filter((pod: any) => !pod.metadata.deletionTimestamp);
const restarts = (pod: any) => pod.status.containerStatuses[0].restartCount;

/** Asks for an eviction, as a drain of the pod's node does; says whether the budget allowed it. */
function evict(pod: string): boolean {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: namespace.name } };
  try {
    namespace.post(`/api/v1/namespaces/${namespace.name}/pods/${pod}/eviction`, eviction);
    return true;
  } catch (error) {
    expect((error as Error).message).toMatch(/disruption budget/);
    return false;
  }
}

test('a drain takes one replica after another, and no request fails', async () => {
  namespace = TestNamespace.create('drain');
  namespace.apply(chart => asking(chart, server(chart, { replicas: 3 })));
  namespace.rolledOut('deployment/test-server');
  namespace.rolledOut('deployment/test-client');
  const before = await answered();
  let refused = 0;
  for (const {
    metadata: { name },
  } of pods('server')) {
    await eventually(`${name} may be evicted`, () => evict(name) || (refused++, false));
  }
  namespace.rolledOut('deployment/test-server');
  const after = await answered();
  report(
    `drain of 3 replicas: ${refused} evictions held back by the budget, ${after.up - before.up} requests ` +
      `answered, ${after.failed - before.failed} failed`,
  );
  expect(after.failed - before.failed).toBe(0);
  expect(refused).toBeGreaterThan(0);
});

test('a revision that never gets ready takes nothing away, and is undone', async () => {
  namespace = TestNamespace.create('rollback');
  const apply = (props: Partial<AppWorkloadProps> = {}) =>
    namespace.apply(chart => asking(chart, server(chart, props)));
  apply();
  namespace.rolledOut('deployment/test-server');
  namespace.rolledOut('deployment/test-client');
  const before = await answered();
  apply({ command: ['sh', '-c', 'exit 1'] });
  await eventually('the new revision crashes', () =>
    pods('server').some(pod => pod.status.containerStatuses?.[0].restartCount > 0),
  );
  expect(namespace.get('deployment', 'test-server').status.availableReplicas).toBe(2);
  namespace.kubectl('rollout', 'undo', 'deployment/test-server');
  namespace.rolledOut('deployment/test-server');
  const after = await answered();
  report(
    `broken revision and rollback: ${after.up - before.up} requests answered, ${after.failed - before.failed} failed`,
  );
  expect(after.failed - before.failed).toBe(0);
});

test('an app that starts slowly has the time that it is given, and is restarted where it takes longer', async () => {
  namespace = TestNamespace.create('slow-start');
  const slow = (startupTimeout: Duration) => ({
    replicas: 1,
    command: ['sh', '-c', `sleep 30; ${SERVER[2]}`],
    health: HealthCheck.http('/', { startupTimeout }),
  });
  namespace.apply(chart => server(chart, slow(Duration.minutes(2))));
  const began = Date.now();
  namespace.rolledOut('deployment/test-server');
  const [pod] = pods('server');
  report(
    `start of 30 s within a budget of 120 s: ready after ${Math.round((Date.now() - began) / 1000)} s, ` +
      `${restarts(pod)} restarts`,
  );
  expect(restarts(pod)).toBe(0);
  namespace.apply(chart => server(chart, slow(Duration.seconds(10))));
  await eventually('the start that takes too long is cut off', () =>
    pods('server').some(one => one.metadata.name !== pod.metadata.name && restarts(one) > 0),
  );
  expect(namespace.get('deployment', 'test-server').status.availableReplicas).toBe(1);
});

test('while names do not resolve, connections go on, new pods wait, and all is well when they do', async () => {
  namespace = TestNamespace.create('dns');
  makeSecret(namespace);
  // a network may need a moment until a policy holds for a new pod
  const moment = { name: 'a-moment', image: IMAGE, command: ['sleep', '10'] };
  namespace.apply(chart =>
    clientOf(chart, 'client', postgres(chart, 'orders', { memory: Size.mebibytes(256) })).add({
      id: 'moment',
      bind: () => ({ initContainers: [moment] }),
    }),
  );
  namespace.rolledOut('statefulset/test-orders');
  namespace.rolledOut('deployment/test-client');
  const orders = new Session(namespace, 'test-client', 'ORDERS');
  await orders.answers();

  const open = orders.shell('psql -Atc "select pg_sleep(20), 1"');
  await sleep(2000);
  // our policy is what lets names be resolved
  const policy = namespace.get('networkpolicy', 'test-client');
  const withoutDns = { ...policy, metadata: { name: 'test-client' }, spec: { ...policy.spec, egress: [] } };
  namespace.applyObjects([withoutDns]);
  await eventually('names do not resolve any more', () => {
    try {
      return orders.sql('select 1') !== '1';
    } catch {
      return true;
    }
  });
  const [old] = pods('client');
  expect([old.status.containerStatuses[0].ready, restarts(old)]).toEqual([true, 0]);
  expect((await open).trim()).toBe('|1');
  await namespace.deletePods([old.metadata.name]);
  await eventually('a new pod waits', () =>
    pods('client').some(pod => pod.metadata.name !== old.metadata.name && pod.status.phase === 'Pending'),
  );
  await sleep(25_000);
  const waiting = pods('client').find(pod => pod.metadata.name !== old.metadata.name);
  const failures = waiting.status.initContainerStatuses.reduce(
    (sum: number, { restartCount }: any) => sum + restartCount,
    0,
  );

  namespace.applyObjects([{ ...policy, metadata: { name: 'test-client' } }]);
  const began = Date.now();
  namespace.rolledOut('deployment/test-client');
  await orders.answers();
  report(
    `names lost: an open connection went on, a new pod waited with ${failures} restarts, and served ` +
      `${Math.round((Date.now() - began) / 1000)} s after they were back`,
  );
  expect([waiting.status.phase, failures]).toEqual(['Pending', 0]);
});

// TEST_CLUSTER_SMALL_DISK names a directory of the only node that is a file system of 200Mi or so, which everybody may
// write to,
// and TEST_CLUSTER_MORE_ROOM the command that makes it larger: a tmpfs, and `mount -o remount,size=800m DIRECTORY`
const { TEST_CLUSTER_SMALL_DISK: small, TEST_CLUSTER_MORE_ROOM: moreRoom } = process.env;
(small && moreRoom ? test : test.skip)(
  'a full volume stops writes, not what was committed, and the database goes on when there is room',
  async () => {
    namespace = TestNamespace.create('full');
    makeSecret(namespace);
    const capacity = { storage: '1Gi' };
    const accessModes = ['ReadWriteOnce'];
    namespace.applyObjects([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: namespace.name },
        spec: { capacity, accessModes, storageClassName: namespace.name, hostPath: { path: small } },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'small' },
        spec: {
          resources: { requests: capacity },
          accessModes,
          storageClassName: namespace.name,
          volumeName: namespace.name,
        },
      },
    ]);
    try {
      namespace.apply(chart =>
        clientOf(
          chart,
          'client',
          postgres(chart, 'orders', { memory: Size.mebibytes(256), storage: DatabaseStorage.fromClaimName('small') }),
        ),
      );
      namespace.rolledOut('statefulset/test-orders');
      namespace.rolledOut('deployment/test-client');
      const orders = new Session(namespace, 'test-client', 'ORDERS');
      await orders.answers();
      // what repeats itself would be stored compressed
      orders.sql('create table kept (n int, filler text storage external)');
      let committed = 0;
      let complaint = '';
      while (!complaint) {
        try {
          orders.sql(
            `insert into kept select ${committed + 1}, repeat(md5(random()::text), 32000) from generate_series(1, 4)`,
          );
          committed++;
          expect(committed).toBeLessThan(1000);
        } catch (error) {
          complaint = (error as Error).message;
        }
      }
      report(
        `volume full after ${committed} commits: ` +
          `${/(?:(?:ERROR|PANIC|FATAL): |server closed)[^\n]*/.exec(complaint)?.[0] ?? complaint.trim().split('\n').pop()}`,
      );
      // what an operator does: makes room on the volume
      execSync(moreRoom!, { stdio: 'pipe' });
      await orders.answers();
      expect(orders.sql('select count(distinct n) from kept')).toBe(String(committed));
      orders.sql(`insert into kept values (${committed + 1}, '')`);
      report(`after there was room: ${committed} of ${committed} commits kept, and writes go on`);
    } finally {
      namespace.kubectl('delete', 'statefulset', 'test-orders', '--ignore-not-found');
      namespace.kubectl('delete', 'persistentvolume', namespace.name, '--wait=false');
    }
  },
);
