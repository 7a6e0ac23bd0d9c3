import { Chart, Duration, Size } from 'cdk8s';
import { AppWorkload, Controller, HealthCheck, PodVolume } from 'cdk8s-storage-patterns';
import { eventually, report, TestNamespace } from './cluster';
import { BUSYBOX, SMALL } from './log-writers';

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

const REPLICAS = [0, 1, 2];

/** Serves the files of its claim. */
function members(chart: Chart, replicas: number, revision: string): AppWorkload {
  const app = new AppWorkload(chart, 'members', {
    image: BUSYBOX,
    controller: Controller.statefulSet(),
    replicas,
    port: 8080,
    command: ['sh', '-c', 'trap "exit 0" TERM; httpd -p 8080 -h /data; while true; do sleep 0.2; done'],
    resources: SMALL,
    healthCheck: HealthCheck.tcp({ period: Duration.seconds(2) }),
    shutdownTimeout: Duration.seconds(2),
    podAnnotations: { revision },
  });
  app.mount('/data', PodVolume.claimPerReplica('data', { size: Size.mebibytes(10) }));
  return app.allowFrom(app);
}

/** Applies the app, and returns its objects and the addresses of its replicas. */
function apply(replicas: number, revision = 'one'): { objects: any[]; addresses: string[] } {
  let addresses: string[] = [];
  const objects = namespace.apply(chart => {
    const app = members(chart, replicas, revision);
    addresses = REPLICAS.map(index => app.replicaAddress(index));
  });
  return { objects, addresses };
}

const sh = (index: number, script: string) =>
  namespace.kubectl('exec', `test-members-${index}`, '--', 'sh', '-c', script).trim();
const pods = () => namespace.get('pods', '-l', 'app.kubernetes.io/name=members').items;
const claims = (): Record<string, string> =>
  Object.fromEntries(namespace.get('pvc').items.map(({ metadata }: any) => [metadata.name, metadata.uid]));
const ready = (replicas: number) =>
  eventually(
    `${replicas} replicas are ready`,
    () => pods().length === replicas && pods().every(({ status }: any) => status.containerStatuses?.[0].ready),
    300,
  );
const expectFiles = (event: string) =>
  expect([event, REPLICAS.map(index => sh(index, 'cat /data/name'))]).toEqual([
    event,
    REPLICAS.map(index => `test-members-${index}`),
  ]);

test('each replica keeps its files, whatever is deleted, and has an address for the others', async () => {
  namespace = TestNamespace.create('replicas');
  const { objects, addresses } = apply(3);
  await ready(3);
  REPLICAS.forEach(index => sh(index, 'hostname > /data/name'));
  const before = claims();
  expect(Object.keys(before)).toEqual(REPLICAS.map(index => `data-test-members-${index}`));

  const answers = REPLICAS.map(index =>
    addresses.map(address => sh(index, `wget -q -T 5 -O - http://${address}:8080/name`)),
  );
  expect(answers).toEqual(REPLICAS.map(() => REPLICAS.map(index => `test-members-${index}`)));
  report(`each of three replicas reaches ${addresses.join(', ')}`);

  await namespace.deletePods(['test-members-1']);
  await ready(3);
  expectFiles('a pod is deleted');
  expect(sh(0, `wget -q -T 5 -O - http://${addresses[1]}:8080/name`)).toBe('test-members-1');

  apply(3, 'two');
  namespace.rolledOut('statefulset/test-members');
  expectFiles('an update');

  apply(1, 'two');
  await ready(1);
  expect(claims()).toEqual(before);
  apply(3, 'two');
  await ready(3);
  expectFiles('it is scaled down and up');

  namespace.kubectl('delete', 'statefulset', 'test-members');
  await eventually('its pods are gone', () => pods().length === 0);
  expect(claims()).toEqual(before);
  apply(3, 'two');
  await ready(3);
  expectFiles('the StatefulSet is deleted');

  namespace.kubectl('delete', ...objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  await eventually('its pods are gone', () => pods().length === 0);
  expect(claims()).toEqual(before);
  apply(3, 'two');
  await ready(3);
  expectFiles('all objects of the manifest are deleted');
  expect(claims()).toEqual(before);
});
