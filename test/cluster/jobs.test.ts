import { Chart, Cron, Duration, Size } from 'cdk8s';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  Controller,
  JobOptions,
  LogRotation,
  LogShipping,
} from 'cdk8s-storage-patterns';
import { eventually, report } from './cluster';
import { COLLECTOR_CASES, CollectorCase, isWanted } from './log-collectors';
import { Arrivals, BUSYBOX, Logging, PAYLOAD, reportArrivals, SMALL } from './log-writers';
import type { RecordingSink } from './recording-sink';

let logging: Logging;
afterEach(() => logging?.stop());

/**
 * Writes numbered lines in batches with a pause in between, and one more batch and the end in the last instant before
 * it exits. The configuration sets the number of batches.
 */
const RUN = `
. /etc/report/run.conf
cd /var/log/app; i=0; b=0
batch() {
  n=0; while [ $n -lt 125 ]; do i=$((i+1)); n=$((n+1)); echo "$HOSTNAME $i ${PAYLOAD}"; done >> app.log
}
while [ $b -lt $BATCHES ]; do
  batch; b=$((b+1))
  if [ $(stat -c %s app.log) -gt 100000 ]; then
    for k in 4 3 2 1; do [ -f app.log.$k ] && mv app.log.$k app.log.$((k+1)); done; mv app.log app.log.1
  fi
  sleep 0.1
done
batch
echo "$HOSTNAME $((i+1)) end" >> app.log
`;

/** The lines of a run: the batches, and the line that marks the end. */
const linesOf = (batches: number) => (batches + 1) * 125 + 1;

/** A collector with the sink of its runs and the lines that arrived there. */
interface Shipped {
  readonly collectorCase: CollectorCase;
  readonly sink: RecordingSink;
  readonly arrivals: Arrivals;
  readonly name: string;
}

async function shipEachCollector(purpose: string): Promise<Shipped[]> {
  logging = new Logging(purpose);
  return Promise.all(
    COLLECTOR_CASES.filter(isWanted).map(async collectorCase => {
      const arrivals = new Arrivals();
      const sink = await logging.sink(body => arrivals.record(body));
      return { collectorCase, sink, arrivals, name: collectorCase.container.replace('logs-', '') };
    }),
  );
}

function reporter(chart: Chart, { collectorCase, sink, name }: Shipped, batches: number, controller: Controller): void {
  const app = new ConfiguredApp(chart, name, {
    image: BUSYBOX,
    controller,
    command: ['sh', '-c', RUN],
    resources: SMALL,
    config: new ConfigFiles({
      mountPath: '/etc/report',
      sources: [ConfigSource.text('run.conf', `BATCHES=${batches}`)],
    }),
  });
  app.add(
    new LogShipping({
      collector: collectorCase.collector,
      rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 6 }),
      sinks: [logging.logSink(sink, {}, collectorCase)],
    }),
  );
}

/** The Jobs of the namespace, oldest first. The sinks in this process receive while kubectl runs. */
async function allJobs(): Promise<any[]> {
  const { items } = JSON.parse(await logging.namespace.kubectlAsync('get', 'jobs', '-o', 'json'));
  return items.sort((a: any, b: any) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1));
}

const runs = (items: any[], name: string) =>
  items.filter(({ metadata }) => metadata.labels['app.kubernetes.io/name'] === name);

const isComplete = (job: any) => job.status.conditions?.some(({ type }: any) => type === 'Complete') ?? false;

/**
 * The seconds between the end of the app and the end of its pod. A collector has the time of `shutdownTimeout` and two
 * seconds more for the last lines, which must suffice to start it, too.
 */
function secondsAfterApp(name: string): number[] {
  return logging.namespace.get('pods', '-l', `app.kubernetes.io/name=${name}`).items.map(({ status }: any) => {
    const finished = [...status.containerStatuses, ...status.initContainerStatuses].map(({ state }: any) =>
      Date.parse(state.terminated.finishedAt),
    );
    return (Math.max(...finished) - finished[0]) / 1000;
  });
}

function expectEveryLine({ collectorCase, arrivals, name }: Shipped, pods: number, batches: number): void {
  reportArrivals(`${collectorCase.name}, pods ended ${secondsAfterApp(name)} s after the app`, arrivals);
  const { writers, total, lost, damaged } = arrivals.count();
  expect({ name, writers, total, lost, damaged, ends: arrivals.ends.size }).toEqual({
    name,
    writers: pods,
    total: pods * linesOf(batches),
    lost: 0,
    damaged: 0,
    ends: pods,
  });
}

test('every line of two runs of a CronJob arrives, up to the last instant before the run exits', async () => {
  const shipped = await shipEachCollector('cron-job');
  const apply = (suspend: boolean) =>
    logging.namespace.apply(chart => {
      const controller = Controller.cronJob({ schedule: Cron.everyMinute(), suspend });
      shipped.forEach(entry => reporter(chart, entry, 40, controller));
    });
  apply(false);
  await eventually(
    'each CronJob has started two runs',
    async () => {
      const started = await allJobs();
      return shipped.every(({ name }) => runs(started, name).length >= 2);
    },
    300,
  );
  apply(true);
  await eventually('all runs are complete', async () => (await allJobs()).every(isComplete), 300);
  const ended = await allJobs();
  shipped.forEach(entry => expectEveryLine(entry, runs(ended, entry.name).length, 40));
});

test('every line of a Job that exits as soon as it has started arrives', async () => {
  const shipped = await shipEachCollector('short-job');
  logging.namespace.apply(chart => shipped.forEach(entry => reporter(chart, entry, 0, Controller.job())));
  await eventually(
    'all Jobs are complete',
    async () => {
      const started = await allJobs();
      return started.length === shipped.length && started.every(isComplete);
    },
    300,
  );
  shipped.forEach(entry => expectEveryLine(entry, 1, 0));
});

test('a changed Job runs again, an unchanged Job does not, and mutable fields change in place', async () => {
  logging = new Logging('releases');
  const release = (image: string, script: string, options: JobOptions = {}) =>
    logging.namespace.apply(chart => {
      new AppWorkload(chart, 'migrate', {
        image,
        controller: Controller.job(options),
        command: ['sh', '-c', script],
        resources: SMALL,
      });
    });
  const complete = (count: number) =>
    eventually(`${count} Jobs are complete`, async () => (await allJobs()).filter(isComplete).length === count);

  release(BUSYBOX, 'echo one');
  await complete(1);
  const [first] = await allJobs();
  release(BUSYBOX, 'echo one');
  expect(await allJobs()).toMatchObject([{ metadata: { uid: first.metadata.uid, generation: 1 } }]);

  const changed = { backoffLimit: 2, activeDeadline: Duration.hours(1), ttlAfterFinished: Duration.days(1) };
  release(BUSYBOX, 'echo one', changed);
  expect(await allJobs()).toMatchObject([
    {
      metadata: { uid: first.metadata.uid },
      spec: { backoffLimit: 2, activeDeadlineSeconds: 3600, ttlSecondsAfterFinished: 86400 },
    },
  ]);

  release(BUSYBOX, 'echo two');
  await complete(2);
  release(`${BUSYBOX}.1`, 'echo two');
  await complete(3);
  const ended = await allJobs();
  const logs = ended.map(({ metadata }) => logging.namespace.kubectl('logs', `job/${metadata.name}`));
  expect(logs).toEqual(['one\n', 'two\n', 'two\n']);
  expect(new Set(ended.map(({ metadata }) => metadata.uid)).size).toBe(3);
  report(`three releases: ${ended.map(({ metadata }) => metadata.name)}`);
});

test('the parallelism of a running Job changes in place', async () => {
  logging = new Logging('parallelism');
  const apply = (parallelism: number) =>
    logging.namespace.apply(chart => {
      new AppWorkload(chart, 'import', {
        image: BUSYBOX,
        controller: Controller.job({ completions: 3, parallelism }),
        command: ['sh', '-c', 'trap "exit 1" TERM; n=0; while [ $n -lt 80 ]; do n=$((n+1)); sleep 0.1; done'],
        resources: SMALL,
      });
    });
  apply(1);
  await eventually('one pod is active', async () => (await allJobs())[0].status.active === 1);
  apply(3);
  await eventually('three pods are active', async () => (await allJobs())[0].status.active === 3);
  await eventually('the Job is complete', async () => (await allJobs()).every(isComplete));
  expect(await allJobs()).toMatchObject([{ status: { succeeded: 3 } }]);
});
