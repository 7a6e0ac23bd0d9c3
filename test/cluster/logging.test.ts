import { Duration, Size } from 'cdk8s';
import {
  HealthCheck,
  LogCollector,
  LoggedApp,
  LogRotation,
  LogShipping,
  LogSink,
  AppWorkload,
  StdoutLogs,
} from 'cdk8s-storage-patterns';
import { eventually, report, sleep } from './cluster';
import { COLLECTOR_CASES, CollectorCase, describeEachCollector } from './log-collectors';
import { Arrivals, BUSYBOX, Logging, reportArrivals, writer, writers } from './log-writers';

let logging: Logging;
afterEach(() => logging?.stop());

describeEachCollector(collectorCase => {
  const { collector, metrics, smallBuffer, name } = collectorCase;

  test(
    'every line of three writers with 1,000 lines a second arrives despite rotation, a deleted pod, a rollout and ' +
      'crashed collectors',
    async () => {
      logging = new Logging('logging', collectorCase);
      const arrivals = new Arrivals();
      const sink = await logging.sink(body => arrivals.record(body));
      // slightly more than 1,000 lines a second, because the loop itself takes time
      const apply = (revision: string) =>
        logging.namespace.apply(chart => {
          writers(chart, collector, writer(125, 0.1, 300_000), [logging.logSink(sink)], {
            podAnnotations: { revision },
          });
        });

      apply('one');
      await logging.rolledOut();
      const before = arrivals.count().total;
      await sleep(15_000);
      const rate = Math.round((arrivals.count().total - before) / 15 / 3);
      await logging.namespace.deletePods([logging.pods()[0]]);
      await logging.rolledOut();
      logging.crash(logging.pods().slice(0, 2));
      await sleep(15_000);
      const restarts = logging.restarts();
      apply('two');
      await logging.rolledOut();
      await sleep(10_000);
      await logging.end();

      const { writers: seen, lost, damaged } = arrivals.count();
      reportArrivals(`${rate} lines/s each, ${restarts} collectors crashed`, arrivals);
      expect(seen).toBe(7); // three pods, one that replaces the deleted pod, three of the second revision
      expect(restarts).toBe(2);
      expect(rate).toBeGreaterThanOrEqual(950); // 1,000 less a margin for a small and busy node
      expect({ lost, damaged, ends: arrivals.ends.size }).toEqual({ lost: 0, damaged: 0, ends: 7 });
    },
    400_000,
  );

  test('no line is lost in nine crashes of collectors that read 1,000 lines a second', async () => {
    logging = new Logging('crashes', collectorCase);
    const arrivals = new Arrivals();
    const sink = await logging.sink(body => arrivals.record(body));
    logging.namespace.apply(chart => {
      // the rotated files cover the time until Kubernetes restarts a collector
      const rotation = LogRotation.byApp({ maxFileSize: Size.mebibytes(4), maxFiles: 6 });
      writers(chart, collector, writer(125, 0.1, 2_000_000), [logging.logSink(sink)], {}, { rotation });
    });
    await logging.rolledOut();
    for (const round of [1, 2, 3]) {
      await sleep(10_000);
      logging.crash(logging.pods());
      await eventually(`the collectors run again after crash ${round}`, () => logging.restarts() === round * 3, 180);
      await logging.rolledOut();
    }
    // a collector that is stopped while it lags behind leaves lines unread
    await eventually(
      'the lines that were written while the collectors were down have arrived',
      () => arrivals.count().lost <= 3,
      240,
    );
    await sleep(30_000); // for lines that are read twice
    await logging.end();

    const { writers: seen, lost, damaged } = arrivals.count();
    reportArrivals('9 crashes', arrivals);
    expect({ seen, lost, damaged, ends: arrivals.ends.size }).toEqual({ seen: 3, lost: 0, damaged: 0, ends: 3 });
  }, 600_000);

  test(
    'an unavailable sink fills only its own buffer: the app keeps writing, the other sink gets every line, and ' +
      'dropped lines are counted',
    async () => {
      logging = new Logging('outage', collectorCase);
      const arrivals = new Arrivals();
      const [near, far] = [await logging.sink(body => arrivals.record(body)), await logging.sink(() => undefined)];
      far.isUnavailable = true;
      logging.namespace.apply(chart => {
        writers(
          chart,
          collector,
          writer(115, 0.1, 100_000),
          [logging.logSink(near, { name: 'near' }), logging.logSink(far, { name: 'far', bufferSize: smallBuffer })],
          { replicas: 1 },
        );
      });
      await logging.rolledOut();
      await sleep(30_000);
      const dropped = metrics && (await countDropped(logging, metrics));
      await logging.end();
      const { total, lost, doubled } = arrivals.count();
      reportArrivals(`one sink unavailable, ${dropped ?? 'none'} counted as dropped, at the other sink`, arrivals);
      expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
      expect(total).toBeGreaterThan(20_000);
      if (dropped !== undefined) {
        expect(dropped).toBeGreaterThan(0);
      }
    },
    300_000,
  );

  test('an app becomes and stays ready while the sink is unavailable from the start', async () => {
    logging = new Logging('unavailable', collectorCase);
    const sink = await logging.sink(() => undefined);
    sink.isUnavailable = true;
    const began = Date.now();
    logging.namespace.apply(chart =>
      writers(chart, collector, writer(10, 1, 300_000), [logging.logSink(sink)], { replicas: 1 }),
    );
    await logging.rolledOut();
    report(
      `${name}: ready ${Math.round((Date.now() - began) / 1000)} s after it was applied, with the sink unavailable`,
    );
    await sleep(20_000);
    const { status } = logging.namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items[0];
    expect(status.conditions.find(({ type }: any) => type === 'Ready').status).toBe('True');
    expect(logging.restarts()).toBe(0);
  }, 240_000);
});

/** The lines that the collector of the first pod counted as dropped. Containers of a pod share its address. */
async function countDropped(
  shipping: Logging,
  { port, path, lost }: NonNullable<CollectorCase['metrics']>,
): Promise<number> {
  const text = await shipping.namespace.kubectlAsync(
    'exec',
    shipping.pods()[0],
    '-c',
    'app',
    '--',
    'wget',
    '-q',
    '-O',
    '-',
    `http://127.0.0.1:${port}${path}`,
  );
  return [...text.matchAll(lost)].reduce((sum, [, count]) => sum + Number(count), 0);
}

test('an app starts although its collector never answers a health check', async () => {
  logging = new Logging('hanging');
  logging.namespace.apply(chart => {
    new LoggedApp(chart, 'writer', {
      image: BUSYBOX,
      replicas: 1,
      command: ['sleep', '3600'],
      healthCheck: HealthCheck.command(['true']),
      shutdownTimeout: Duration.seconds(1),
      logs: new LogShipping({
        collector: LogCollector.custom({
          name: 'hangs',
          image: BUSYBOX,
          command: ['sleep', '3600'],
          files: { 'own.conf': '' },
          healthPort: 8081,
        }),
        rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 2 }),
        sinks: [LogSink.stdout()],
      }),
    });
  });
  await logging.namespace.kubectlAsync('rollout', 'status', 'deployment/test-writer', '--timeout=60s');
}, 120_000);

test('a writer that never rotates is evicted at the size limit, and other pods keep running', async () => {
  logging = new Logging('runaway');
  logging.namespace.apply(chart => {
    new AppWorkload(chart, 'neighbour', {
      image: BUSYBOX,
      replicas: 1,
      command: ['sleep', '3600'],
      healthCheck: HealthCheck.command(['true']),
      shutdownTimeout: Duration.seconds(1),
    });
    new LoggedApp(chart, 'writer', {
      image: BUSYBOX,
      replicas: 1,
      command: [
        'sh',
        '-c',
        'while true; do head -c 1000000 /dev/zero | tr "\\0" "x" >> /var/log/app/app.log; echo >> ' +
          '/var/log/app/app.log; sleep 0.1; done',
      ],
      healthCheck: HealthCheck.command(['true']),
      shutdownTimeout: Duration.seconds(1),
      logs: new LogShipping({
        collector: COLLECTOR_CASES[0].collector,
        rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(4), maxFiles: 2 }),
        sinks: [LogSink.stdout()],
      }),
    });
  });
  await logging.namespace.kubectlAsync('rollout', 'status', 'deployment/test-neighbour', '--timeout=180s');
  const evicted = () =>
    logging.namespace
      .get('pods', '-l', 'app.kubernetes.io/name=writer')
      .items.find((pod: any) => pod.status.reason === 'Evicted');
  await eventually('the writer is evicted', () => evicted() !== undefined, 180);
  report(evicted().status.message);
  expect(evicted().status.message).toMatch(/emptyDir volume "logs" exceeds the limit/i);
  const neighbour = logging.namespace.get('pods', '-l', 'app.kubernetes.io/name=neighbour').items[0];
  expect([neighbour.status.phase, neighbour.status.containerStatuses[0].restartCount]).toEqual(['Running', 0]);
}, 300_000);

test('the files of an app go to its standard output without a collector', async () => {
  logging = new Logging('stdout');
  logging.namespace.apply(chart => {
    new LoggedApp(chart, 'writer', {
      image: BUSYBOX,
      replicas: 1,
      command: ['sh', '-c', 'echo hello from a file >> /var/log/app/app.log; sleep 3600'],
      healthCheck: HealthCheck.command(['true']),
      shutdownTimeout: Duration.seconds(1),
      logs: new StdoutLogs({ image: BUSYBOX }),
    });
  });
  await logging.rolledOut();
  expect(logging.namespace.kubectl('logs', 'deployment/test-writer', '-c', 'app')).toBe('hello from a file\n');
});
