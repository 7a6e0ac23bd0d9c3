import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Chart, Cron, Helm, Include, Size, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ConfigFiles,
  ConfigSource,
  ExistingRollout,
  LogRotation,
  LogShipping,
  LogSink,
  PodExtensions,
  SecretSource,
} from 'cdk8s-storage-patterns';
import { eventually, TestNamespace } from './cluster';
import { COLLECTOR_CASES } from './log-collectors';
import { Arrivals, BUSYBOX, Logging, PAYLOAD, reportArrivals } from './log-writers';

// HELM names a program that is not called helm
const { HELM = 'helm' } = process.env;

let namespace: TestNamespace | undefined;
let logging: Logging | undefined;
afterEach(() => {
  namespace?.delete();
  logging?.stop();
  [namespace, logging] = [undefined, undefined];
});

/** Fields of a container that the Pod Security Standard "restricted" requires. */
const restricted = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};
const container = {
  name: 'web',
  image: BUSYBOX,
  command: ['sleep', '3600'],
  securityContext: restricted,
};

/** The same container with cdk8s-plus-28, whose default pulls images at every start. */
const kplusContainer = (name: string, command: string[]): kplus.ContainerProps => ({
  name,
  image: BUSYBOX,
  imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
  command,
  resources: {},
  securityContext: {
    user: 1000,
    capabilities: { drop: [kplus.Capability.ALL] },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  },
});

const configuration = (greeting: string) =>
  new ConfigFiles({
    sources: [
      ConfigSource.text('greeting.txt', greeting),
      ConfigSource.fromSecret(SecretSource.fromName('token'), { rollout: ExistingRollout.live() }),
    ],
  });

const labels = { 'app.kubernetes.io/name': 'legacy', 'helm.sh/chart': 'legacy-1.2.3' };
const CHART = Yaml.stringify(
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'legacy' }, data: { existing: 'yes' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'legacy' } },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  },
);

/** A Deployment of cdk8s-plus-28, and one of a rendered Helm chart, each with the configuration. */
const CASES: [string, (chart: Chart, greeting: string) => void][] = [
  [
    'a Deployment of cdk8s-plus-28',
    (chart, greeting) => {
      const web = new kplus.Deployment(chart, 'web', {
        metadata: { name: 'web' },
        replicas: 1,
        containers: [kplusContainer(container.name, container.command)],
      });
      PodExtensions.of(web).add(configuration(greeting));
    },
  ],
  [
    'a Deployment of a rendered Helm chart',
    (chart, greeting) => {
      const file = join(mkdtempSync(join(tmpdir(), 'chart-')), 'chart.yaml');
      writeFileSync(file, CHART);
      PodExtensions.of(new Include(chart, 'legacy', { url: file }), { name: 'web' }).add(configuration(greeting));
    },
  ],
];

if (spawnSync(HELM, ['version']).status === 0) {
  CASES.push([
    'a Deployment of a chart that Helm renders',
    (chart, greeting) => {
      const directory = mkdtempSync(join(tmpdir(), 'chart-'));
      mkdirSync(join(directory, 'templates'));
      writeFileSync(
        join(directory, 'Chart.yaml'),
        Yaml.stringify({ apiVersion: 'v2', name: 'legacy', version: '1.2.3' }),
      );
      writeFileSync(join(directory, 'templates', 'web.yaml'), CHART);
      const release = new Helm(chart, 'legacy', { chart: directory, helmExecutable: HELM });
      PodExtensions.of(release, { name: 'web' }).add(configuration(greeting));
    },
  ]);
}

test.each(CASES)('%s mounts configuration, and a change of it rolls out new pods', async (_, define) => {
  namespace = TestNamespace.create('extended');
  namespace.applyObjects([
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' }, stringData: { token: 'secret' } },
  ]);
  const read = (file: string) => namespace!.kubectl('exec', 'deployment/web', '--', 'cat', `/app/config/${file}`);
  const revision = () => namespace!.get('deployment', 'web').metadata.annotations['deployment.kubernetes.io/revision'];

  namespace.apply(chart => define(chart, 'one'));
  namespace.rolledOut('deployment/web');
  expect(read('greeting.txt')).toBe('one');
  // the pod has no fsGroup, and its user is not root
  expect(read('token')).toBe('secret');

  namespace.apply(chart => define(chart, 'two'));
  namespace.rolledOut('deployment/web');
  await eventually('the old pods are gone', () => namespace!.get('pods').items.length === 1);
  expect(read('greeting.txt')).toBe('two');
  expect(revision()).toBe('2');
});

const LINES = 2000;
/** Writes numbered lines, and ends. The name of the host is the name of the pod. */
const SCRIPT = `
cd /var/log/app; i=0
while [ $i -lt ${LINES} ]; do i=$((i+1)); echo "$HOSTNAME $i ${PAYLOAD}"; done >> app.log
echo "$HOSTNAME $((i+1)) end" >> app.log
`;

const writer = kplusContainer('writer', ['sh', '-c', SCRIPT]);

const WRITERS: Record<string, (chart: Chart) => kplus.Workload> = {
  Job: chart => new kplus.Job(chart, 'writer', { metadata: { name: 'writer' }, containers: [writer] }),
  CronJob: chart =>
    new kplus.CronJob(chart, 'writer', {
      metadata: { name: 'writer' },
      schedule: Cron.everyMinute(),
      containers: [writer],
    }),
};

test.each(Object.keys(WRITERS))('every line of a %s of cdk8s-plus-28 arrives, and it completes', async kind => {
  const [collectorCase] = COLLECTOR_CASES;
  logging = new Logging('extended-logs', collectorCase);
  const arrivals = new Arrivals();
  const sink = await logging.sink(body => arrivals.record(body));
  const sinks: LogSink[] = [logging.logSink(sink)];
  logging.namespace.apply(chart =>
    PodExtensions.of(WRITERS[kind](chart)).add(
      new LogShipping({
        collector: collectorCase.collector,
        sinks,
        rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 6 }),
      }),
    ),
  );
  const jobs = () => logging!.namespace.get('jobs').items;
  await eventually('a Job completes', () => jobs().some(({ status }: any) => status.succeeded === 1), 240);
  expect(jobs().every(({ status }: any) => !status.failed)).toBe(true);
  await eventually('the last line arrives', () => arrivals.ends.size > 0, 60);
  reportArrivals(kind, arrivals);
  expect(arrivals.missing()).toEqual([]);
  expect(arrivals.count()).toMatchObject({ damaged: 0 });
  expect([...arrivals.ends.values()][0]).toBe(LINES + 1);
});
