import { execSync } from 'child_process';
import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { DatabaseStorage, HealthCheck, AppWorkload, AppWorkloadProps } from 'cdk8s-storage-patterns';
import { eventually, report, sleep, TestNamespace } from './cluster';
import { clientOf, createSecret, postgres, Session } from './postgres';

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

/** Creates a client that sends requests all the time, and logs each answer. */
function requestAllTheTime(chart: Chart, app: AppWorkload): void {
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
const restarts = (pod: any) => pod.status.containerStatuses?.[0].restartCount ?? 0;

/** Requests an eviction as a drain of the node does. Returns whether the disruption budget allowed it. */
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

test('a drain evicts one replica after another, and no request fails', async () => {
  namespace = TestNamespace.create('drain');
  namespace.apply(chart => requestAllTheTime(chart, server(chart, { replicas: 3 })));
  namespace.rolledOut('deployment/test-server');
  namespace.rolledOut('deployment/test-client');
  const before = await answered();
  let refused = 0;
  for (const {
    metadata: { name },
  } of pods('server')) {
    await eventually(`the budget allows the eviction of ${name}`, () => evict(name) || (refused++, false));
  }
  namespace.rolledOut('deployment/test-server');
  const after = await answered();
  report(
    `drain of 3 replicas: ${refused} evictions refused by the budget, ${after.up - before.up} requests ` +
      `answered, ${after.failed - before.failed} failed`,
  );
  expect(after.failed - before.failed).toBe(0);
  expect(refused).toBeGreaterThan(0);
});

test('a revision that never becomes ready stops no replica, and is rolled back without a failed request', async () => {
  namespace = TestNamespace.create('rollback');
  const apply = (props: Partial<AppWorkloadProps> = {}) =>
    namespace.apply(chart => requestAllTheTime(chart, server(chart, props)));
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

test('an app that starts slowly is restarted only after its startup timeout', async () => {
  namespace = TestNamespace.create('slow-start');
  const slow = (startupTimeout: Duration) => ({
    replicas: 1,
    command: ['sh', '-c', `sleep 30; ${SERVER[2]}`],
    healthCheck: HealthCheck.http('/', { startupTimeout }),
  });
  namespace.apply(chart => server(chart, slow(Duration.minutes(2))));
  const began = Date.now();
  namespace.rolledOut('deployment/test-server');
  const [pod] = pods('server');
  report(
    `start of 30 s with a timeout of 120 s: ready after ${Math.round((Date.now() - began) / 1000)} s, ` +
      `${restarts(pod)} restarts`,
  );
  expect(restarts(pod)).toBe(0);
  namespace.apply(chart => server(chart, slow(Duration.seconds(10))));
  await eventually('the container that starts too slowly is restarted', () =>
    pods('server').some(newPod => newPod.metadata.name !== pod.metadata.name && restarts(newPod) > 0),
  );
  expect(namespace.get('deployment', 'test-server').status.availableReplicas).toBe(1);
});

test('a failure of DNS breaks no connection, and new pods wait until it ends', async () => {
  namespace = TestNamespace.create('dns');
  createSecret(namespace);
  // a network plugin can take some seconds to enforce a policy for a new pod
  const delay = { name: 'delay', image: IMAGE, command: ['sleep', '10'] };
  namespace.apply(chart =>
    clientOf(chart, 'client', postgres(chart, 'orders', { memory: Size.mebibytes(256) })).add({
      id: 'delay',
      bind: () => ({ initContainers: [delay] }),
    }),
  );
  namespace.rolledOut('statefulset/test-orders');
  namespace.rolledOut('deployment/test-client');
  const orders = new Session(namespace, 'test-client', 'ORDERS');
  await orders.answers();

  const open = orders.shell('psql -Atc "select pg_sleep(20), 1"');
  await sleep(2000);
  // the policy of the client allows DNS
  const policy = namespace.get('networkpolicy', 'test-client');
  const withoutDns = { ...policy, metadata: { name: 'test-client' }, spec: { ...policy.spec, egress: [] } };
  namespace.applyObjects([withoutDns]);
  await eventually('names no longer resolve', () => {
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
    `without DNS: an open connection continued, a new pod waited with ${failures} restarts, and served ` +
      `${Math.round((Date.now() - began) / 1000)} s after DNS was back`,
  );
  expect([waiting.status.phase, failures]).toEqual(['Pending', 0]);
});

// TEST_CLUSTER_SMALL_DISK is a directory of the only node on a writable filesystem of about 200Mi, for example a tmpfs,
// and TEST_CLUSTER_MORE_ROOM the command that enlarges it, for example `mount -o remount,size=800m DIRECTORY`
const { TEST_CLUSTER_SMALL_DISK: smallDisk, TEST_CLUSTER_MORE_ROOM: enlarge } = process.env;
(smallDisk && enlarge ? test : test.skip)(
  'a full volume stops writes but loses no commit, and the database continues on a larger volume',
  async () => {
    namespace = TestNamespace.create('full');
    createSecret(namespace);
    const capacity = { storage: '1Gi' };
    const accessModes = ['ReadWriteOnce'];
    namespace.applyObjects([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: namespace.name },
        spec: { capacity, accessModes, storageClassName: namespace.name, hostPath: { path: smallDisk } },
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
      // random content, because PostgreSQL compresses repetitions
      orders.sql('create table kept (n int, filler text storage external)');
      let committed = 0;
      let failure = '';
      while (!failure) {
        try {
          orders.sql(
            `insert into kept select ${committed + 1}, repeat(md5(random()::text), 32000) from generate_series(1, 4)`,
          );
          committed++;
          expect(committed).toBeLessThan(1000);
        } catch (error) {
          failure = (error as Error).message;
        }
      }
      const [reason] =
        /(?:(?:ERROR|PANIC|FATAL): |server closed).*/.exec(failure) ?? failure.trim().split('\n').slice(-1);
      report(`volume full after ${committed} commits: ${reason}`);
      execSync(enlarge!, { stdio: 'pipe' });
      await orders.answers();
      expect(orders.sql('select count(distinct n) from kept')).toBe(String(committed));
      orders.sql(`insert into kept values (${committed + 1}, '')`);
      report(`on the larger volume: ${committed} of ${committed} commits kept, and writes continue`);
    } finally {
      namespace.kubectl('delete', 'statefulset', 'test-orders', '--ignore-not-found');
      namespace.kubectl('delete', 'persistentvolume', namespace.name, '--wait=false');
    }
  },
);
