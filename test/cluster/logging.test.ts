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

describeEachCollector(one => {
  const { collector, metrics } = one;

  test(
    'every line of three writers of 1,000 lines a second arrives, through deletion, rollout, rotation and a ' +
      'killed collector',
    async () => {
      logging = new Logging('logging', one);
      const arrivals = new Arrivals();
      const sink = await logging.sink(body => arrivals.take(body));
      // a few lines more than 1,000 a second, for the loop takes its time too
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
      reportArrivals(`${rate} lines/s each, ${restarts} collectors killed`, arrivals);
      expect(seen).toBe(7); // three, one for the deleted pod, three of the second revision
      expect(restarts).toBe(2);
      expect(rate).toBeGreaterThanOrEqual(950); // of the 1,000 that the title says, on a small and busy node
      expect({ lost, damaged, ends: arrivals.ends.size }).toEqual({ lost: 0, damaged: 0, ends: 7 });
    },
    400_000,
  );

  test('no line is lost in nine crashes of collectors that are reading 1,000 lines a second', async () => {
    logging = new Logging('crashes', one);
    const arrivals = new Arrivals();
    const sink = await logging.sink(body => arrivals.take(body));
    logging.namespace.apply(chart => {
      // what is kept outlasts the time that Kubernetes lets pass before it starts a collector again
      const rotation = LogRotation.byApp({ maxFileSize: Size.mebibytes(4), maxFiles: 6 });
      writers(chart, collector, writer(125, 0.1, 2_000_000), [logging.logSink(sink)], {}, { rotation });
    });
    await logging.rolledOut();
    for (const round of [1, 2, 3]) {
      await sleep(10_000);
      logging.crash(logging.pods());
      await eventually(`the collectors run again, for the ${round}. time`, () => logging.restarts() === round * 3, 180);
      await logging.rolledOut();
    }
    // a collector that is told to stop while it is behind leaves the rest unread
    await eventually(
      'what was written while the collectors were down has arrived',
      () => arrivals.count().lost <= 3,
      240,
    );
    await sleep(30_000); // for what they read twice
    await logging.end();

    const { writers: seen, lost, damaged } = arrivals.count();
    reportArrivals('9 crashes', arrivals);
    expect({ seen, lost, damaged, ends: arrivals.ends.size }).toEqual({ seen: 3, lost: 0, damaged: 0, ends: 3 });
  }, 600_000);

  test(
    'a sink that is away fills its own buffer: the app writes on, the other sink has every line, and what is ' +
      'dropped is counted',
    async () => {
      logging = new Logging('outage', one);
      const arrivals = new Arrivals();
      const [near, far] = [await logging.sink(body => arrivals.take(body)), await logging.sink(() => undefined)];
      far.away = true;
      logging.namespace.apply(chart => {
        writers(
          chart,
          collector,
          writer(115, 0.1, 100_000),
          [logging.logSink(near, { name: 'near' }), logging.logSink(far, { name: 'far', bufferSize: one.smallBuffer })],
          { replicas: 1 },
        );
      });
      await logging.rolledOut();
      await sleep(30_000);
      const dropped = metrics && (await givenUp(logging, metrics));
      await logging.end();
      const { total, lost, doubled } = arrivals.count();
      reportArrivals(`one sink away, ${dropped ?? 'none'} counted as given up, at the other`, arrivals);
      expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
      expect(total).toBeGreaterThan(20_000);
      if (dropped !== undefined) {
        expect(dropped).toBeGreaterThan(0);
      }
    },
    300_000,
  );

  test('an app becomes ready, and stays in its Service, while the sink is away from the start', async () => {
    logging = new Logging('away', one);
    const sink = await logging.sink(() => undefined);
    sink.away = true;
    const began = Date.now();
    logging.namespace.apply(chart =>
      writers(chart, collector, writer(10, 1, 300_000), [logging.logSink(sink)], { replicas: 1 }),
    );
    await logging.rolledOut();
    report(`${one.name}: ready ${Math.round((Date.now() - began) / 1000)} s after it was applied, with the sink away`);
    await sleep(20_000);
    const { status } = logging.namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items[0];
    expect(status.conditions.find(({ type }: any) => type === 'Ready').status).toBe('True');
    expect(logging.restarts()).toBe(0);
  }, 240_000);
});

/** What the collector of the first pod has counted as given up. Containers of a pod share its addresses. */
async function givenUp(
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

test('a collector that never answers keeps no app from starting and takes none out of its Service', async () => {
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

test('a writer that never rotates is stopped at the limit, and its neighbours go on', async () => {
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

test('what an app writes to its files comes out on its standard output where no collector is wanted', async () => {
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
