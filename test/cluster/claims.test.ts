import { Chart, Cron, Duration, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  Controller,
  HealthCheck,
  PodVolume,
} from 'cdk8s-storage-patterns';
import { eventually, report, TestNamespace } from './cluster';
import { BUSYBOX, SMALL } from './log-writers';

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

const WAIT = 'while true; do sleep 0.2; done';
const PROPS = {
  image: BUSYBOX,
  resources: SMALL,
  healthCheck: HealthCheck.command(['true']),
  shutdownTimeout: Duration.seconds(5),
};

/** Records its start and its end in its claim, and whether another pod is between the two. */
const EXCLUSIVE = `
trap 'sleep 1; rmdir /data/running; echo "end $REVISION" >> /data/events; exit 0' TERM
mkdir /data/running || echo "two pods at once" >> /data/events
echo "start $REVISION" >> /data/events
${WAIT}`;

const sh = (workload: string, script: string) =>
  namespace.kubectl('exec', workload, '-c', 'app', '--', 'sh', '-c', script).trim();

test('an app with a claim for one pod rolls out one pod after another, and keeps its files', () => {
  namespace = TestNamespace.create('one-claim');
  const revisions = ['1', '2', '3'];
  for (const revision of revisions) {
    namespace.apply(chart => {
      new AppWorkload(chart, 'ghost', {
        ...PROPS,
        command: ['sh', '-c', EXCLUSIVE],
        env: { REVISION: EnvValue.fromValue(revision) },
      }).mount('/data', PodVolume.newClaim('content', { size: Size.mebibytes(10) }));
    });
    const began = Date.now();
    namespace.rolledOut('deployment/test-ghost');
    report(`revision ${revision} rolled out in ${Math.round((Date.now() - began) / 1000)} s`);
  }
  expect(sh('deployment/test-ghost', 'cat /data/events').split('\n')).toEqual([
    'start 1',
    'end 1',
    'start 2',
    'end 2',
    'start 3',
  ]);
  const { spec } = namespace.get('deployment', 'test-ghost');
  expect([spec.replicas, spec.strategy]).toEqual([1, { type: 'Recreate' }]);
});

/** An app with two directories of a claim, an app that reads one of them, and a CronJob that is like the first. */
function cloud(chart: Chart): void {
  const files = PodVolume.sharedClaim('files', { size: Size.mebibytes(10) });
  const web = new ConfiguredApp(chart, 'web', {
    ...PROPS,
    replicas: 2,
    command: ['sh', '-c', `trap "exit 0" TERM; ${WAIT}`],
    env: { GREETING: EnvValue.fromValue('hello') },
    config: new ConfigFiles({ mountPath: '/etc/web', sources: [ConfigSource.text('web.conf', 'from a file')] }),
  });
  web.mount('/srv/html', files, { subPath: 'html' }).mount('/srv/data', files, { subPath: 'data' });
  new AppWorkload(chart, 'reader', {
    ...PROPS,
    replicas: 1,
    command: ['sh', '-c', `trap "exit 0" TERM; ${WAIT}`],
  }).mount('/srv/cloud', files, { readOnly: true });
  new AppWorkload(chart, 'cron', {
    like: web,
    controller: Controller.cronJob({ schedule: Cron.schedule({ minute: '0', hour: '0', day: '1', month: '1' }) }),
    command: ['sh', '-c', 'echo "$GREETING $(cat /etc/web/web.conf) $(cat /srv/html/page)" > /srv/data/from-cron'],
  });
}

test('workloads share a claim: replicas, a reader, and a CronJob that is like the app', async () => {
  namespace = TestNamespace.create('shared-claim');
  namespace.apply(cloud);
  namespace.rolledOut('deployment/test-web');
  namespace.rolledOut('deployment/test-reader');
  const [first, second] = namespace
    .get('pods', '-l', 'app.kubernetes.io/name=web')
    .items.map(({ metadata }: any) => metadata.name as string);
  sh(first, 'echo page > /srv/html/page');
  expect(sh(second, 'cat /srv/html/page; ls /srv/data')).toBe('page');
  expect(sh('deployment/test-reader', 'ls /srv/cloud | grep -v lost+found; cat /srv/cloud/html/page')).toBe(
    'data\nhtml\npage',
  );
  expect(() => sh('deployment/test-reader', 'echo x > /srv/cloud/html/x')).toThrow('Read-only file system');

  namespace.kubectl('create', 'job', 'run', '--from=cronjob/test-cron');
  await eventually('the run is complete', () => namespace.get('job', 'run').status.succeeded === 1);
  expect(sh(second, 'cat /srv/data/from-cron')).toBe('hello from a file page');
  expect(namespace.get('pvc').items).toHaveLength(1);
  namespace.apply(chart => cloud(chart));
  namespace.rolledOut('deployment/test-web');
  expect(sh('deployment/test-web', 'cat /srv/html/page /srv/data/from-cron')).toBe('page\nhello from a file page');
});
