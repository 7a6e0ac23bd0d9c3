import { Duration, Size } from 'cdk8s';
import { HealthCheck, LoggedApp, LogRotation, LogShipping, LogSink, Workload } from 'cdk8s-storage-patterns';
import { eventually, report, sleep } from './cluster';
import { Arrivals, BUSYBOX, COLLECTOR, Logging, reportArrivals, writer, writers } from './log-writers';

let logging: Logging;
afterEach(() => logging?.stop());

test('every line of three writers of 1,000 lines a second arrives, through deletion, rollout, rotation and a killed collector', async () => {
  logging = new Logging('logging');
  const arrivals = new Arrivals();
  const sink = await logging.sink(body => arrivals.take(body));
  // a few lines more than 1,000 a second, for the loop takes its time too
  const apply = (revision: string) => logging.namespace.apply(chart => {
    writers(chart, writer(125, 0.1, 300_000), [logging.otlp(sink)], { podAnnotations: { revision } });
  });

  apply('one');
  await logging.rolledOut();
  const before = arrivals.count().total;
  await sleep(15_000);
  const rate = Math.round((arrivals.count().total - before) / 15 / 3);
  await logging.namespace.deletePods([logging.pods()[0]]);
  await logging.rolledOut();
  logging.pods().slice(0, 2).forEach(pod => logging.namespace.killContainer(pod, 'logs-otel-collector'));
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
}, 400_000);

test('no line is lost in nine crashes of collectors that are reading 1,000 lines a second', async () => {
  logging = new Logging('crashes');
  const arrivals = new Arrivals();
  const sink = await logging.sink(body => arrivals.take(body));
  logging.namespace.apply(chart => {
    // what is kept outlasts the time that Kubernetes lets pass before it starts a collector again
    const rotation = LogRotation.byApp({ maxFileSize: Size.mebibytes(4), maxFiles: 6 });
    writers(chart, writer(125, 0.1, 2_000_000), [logging.otlp(sink)], {}, { rotation });
  });
  await logging.rolledOut();
  for (const round of [1, 2, 3]) {
    await sleep(10_000);
    logging.pods().forEach(pod => logging.namespace.killContainer(pod, 'logs-otel-collector'));
    await eventually(`the collectors run again, for the ${round}. time`, () => logging.restarts() === round * 3, 180);
    await logging.rolledOut();
  }
  // a collector that is told to stop while it is behind leaves the rest unread
  await eventually('what was written while the collectors were down has arrived', () => arrivals.count().lost <= 3, 240);
  await sleep(30_000); // for what they read twice
  await logging.end();

  const { writers: seen, lost, damaged } = arrivals.count();
  reportArrivals('9 crashes', arrivals);
  expect({ seen, lost, damaged, ends: arrivals.ends.size }).toEqual({ seen: 3, lost: 0, damaged: 0, ends: 3 });
}, 600_000);

test('a sink that is away fills its own buffer: the app writes on, the other sink has every line, and what is dropped is counted', async () => {
  logging = new Logging('outage');
  const arrivals = new Arrivals();
  const [near, far] = [await logging.sink(body => arrivals.take(body)), await logging.sink(() => undefined)];
  far.away = true;
  logging.namespace.apply(chart => {
    writers(chart, writer(115, 0.1, 300_000), [logging.otlp(near, { name: 'near' }), logging.otlp(far, { name: 'far', bufferSize: Size.mebibytes(1) })], { replicas: 1 });
  });
  await logging.rolledOut();
  await sleep(30_000);
  // containers of a pod share its addresses
  const metrics = await logging.namespace.kubectlAsync('exec', logging.pods()[0], '-c', 'app', '--', 'wget', '-q', '-O', '-', 'http://127.0.0.1:8888/metrics');
  const dropped = Number(/^otelcol_exporter_enqueue_failed_log_records\S*exporter="otlp_http\/far"\S* (\d+)/m.exec(metrics)?.[1] ?? 0);
  await logging.end();
  const { total, lost, doubled } = arrivals.count();
  reportArrivals(`one sink away, ${dropped} counted as dropped, at the other`, arrivals);
  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  expect(total).toBeGreaterThan(20_000);
  expect(dropped).toBeGreaterThan(1_000);
}, 300_000);

test('a writer that never rotates is stopped at the limit, and its neighbours go on', async () => {
  logging = new Logging('runaway');
  logging.namespace.apply(chart => {
    new Workload(chart, 'neighbour', { image: BUSYBOX, replicas: 1, command: ['sleep', '3600'], health: HealthCheck.command(['true']), stopTimeout: Duration.seconds(1) });
    new LoggedApp(chart, 'writer', {
      image: BUSYBOX,
      replicas: 1,
      command: ['sh', '-c', 'while true; do head -c 1000000 /dev/zero | tr "\\0" "x" >> /var/log/app/app.log; echo >> /var/log/app/app.log; sleep 0.1; done'],
      health: HealthCheck.command(['true']),
      stopTimeout: Duration.seconds(1),
      logs: new LogShipping({
        collector: COLLECTOR,
        rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(4), maxFiles: 2 }),
        sinks: [LogSink.stdout()],
      }),
    });
  });
  await logging.namespace.kubectlAsync('rollout', 'status', 'deployment/test-neighbour', '--timeout=180s');
  const evicted = () => logging.namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items.find((pod: any) => pod.status.reason === 'Evicted');
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
      health: HealthCheck.command(['true']),
      stopTimeout: Duration.seconds(1),
      logs: LogShipping.toStdout({ image: BUSYBOX }),
    });
  });
  await logging.rolledOut();
  expect(logging.namespace.kubectl('logs', 'deployment/test-writer', '-c', 'app')).toBe('hello from a file\n');
});
