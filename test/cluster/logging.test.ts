import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  HealthCheck, LogAuth, LogCollector, LoggedApp, LogRotation, LogShipping, LogSink, LogTls, Workload, WorkloadProps,
} from 'cdk8s-storage-patterns';
import { eventually, report, sleep, TestNamespace } from './cluster';
import { OtlpSink } from './otlp-sink';

const BUSYBOX = 'docker.io/library/busybox:1.36';
// six pods and more have to fit on one small node
const SMALL = { cpu: { request: Cpu.millis(20) } };
const COLLECTOR = LogCollector.openTelemetry({ resources: SMALL });
const PAYLOAD = 'the quick brown fox jumps over the lazy dog';

/** Numbers its lines, rotates by renaming, and says with its last line how many there were. */
const writer = (lines: number, pause: number, rotateAt: number) => `
cd /var/log/app; i=0; stop=0; trap 'stop=1' TERM
while [ $stop = 0 ]; do
  n=0; while [ $n -lt ${lines} ]; do i=$((i+1)); n=$((n+1)); echo "$HOSTNAME $i ${PAYLOAD}"; done >> app.log
  if [ $(stat -c %s app.log) -gt ${rotateAt} ]; then
    for k in 4 3 2 1; do [ -f app.log.$k ] && mv app.log.$k app.log.$((k+1)); done; mv app.log app.log.1
  fi
  sleep ${pause}
done
echo "$HOSTNAME $((i+1)) end" >> app.log
`;

/** What has arrived, by writer and number of the line. */
class Arrivals {
  public readonly writers = new Map<string, Map<number, number>>();
  public readonly ends = new Map<string, number>();
  public damaged = 0;

  public take(body: string): void {
    const [, pod, n, text] = /^(\S+) (\d+) (.*)$/s.exec(body) ?? [];
    if (text !== PAYLOAD && text !== 'end') {
      this.damaged++;
      return;
    }
    const seen = this.writers.get(pod) ?? this.writers.set(pod, new Map()).get(pod)!;
    seen.set(Number(n), (seen.get(Number(n)) ?? 0) + 1);
    if (text === 'end') {
      this.ends.set(pod, Number(n));
    }
  }

  /** The numbers that have not arrived, as ranges. */
  public missing(): string[] {
    return [...this.writers].map(([pod, seen]) => {
      const last = this.ends.get(pod) ?? Math.max(...seen.keys()) + 1;
      const gaps: string[] = [];
      for (let n = 1; n <= last; n++) {
        const from = n;
        while (n <= last && !seen.has(n)) {
          n++;
        }
        if (n > from) {
          gaps.push(`${from} to ${n - 1}`);
        }
      }
      return gaps.length === 0 ? '' : `${pod} of ${last}${this.ends.has(pod) ? '' : ' or more'}: ${gaps.join(', ')}`;
    }).filter(Boolean);
  }

  public count() {
    let [total, lost, doubled] = [0, 0, 0];
    for (const [pod, seen] of this.writers) {
      const last = this.ends.get(pod) ?? Math.max(...seen.keys()) + 1; // a missing last line is a lost one
      total += last;
      lost += last - seen.size;
      doubled += [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
    }
    return { writers: this.writers.size, total, lost, doubled, damaged: this.damaged };
  }
}

let namespace: TestNamespace;
const sinks: OtlpSink[] = [];
afterEach(() => {
  sinks.splice(0).forEach(sink => sink.stop());
  namespace?.delete();
});

async function start(take: (body: string) => void): Promise<OtlpSink> {
  sinks.push(await OtlpSink.start(take));
  return sinks[sinks.length - 1];
}

/** This process as the pods see it: on a cluster of one machine, the node. */
function host(): string {
  const addresses = namespace.get('nodes').items[0].status.addresses;
  return process.env.TEST_HOST ?? addresses.find(({ type }: any) => type === 'InternalIP').address;
}

function otlp({ port }: OtlpSink, options: { name?: string; bufferSize?: Size } = {}): LogSink {
  return LogSink.otlp({ url: `http://${host()}:${port}`, auth: LogAuth.none('inside of this test'), tls: LogTls.off('inside of this test'), ...options });
}

function writers(chart: Chart, script: string, destinations: LogSink[], props: Partial<WorkloadProps> = {}): LoggedApp {
  return new LoggedApp(chart, 'writer', {
    image: BUSYBOX,
    replicas: 3,
    command: ['sh', '-c', script],
    resources: SMALL,
    health: HealthCheck.command(['true']),
    stopTimeout: Duration.seconds(5),
    ...props,
    logs: new LogShipping({
      collector: COLLECTOR,
      rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 6 }),
      sinks: destinations,
    }),
  });
}

/** Waits without holding up the sinks, which are in this process. */
async function rolledOut(workload: string): Promise<void> {
  await namespace.kubectlAsync('rollout', 'status', workload, '--timeout=180s');
}

const pods = (): string[] => namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items.map((pod: any) => pod.metadata.name);

test('every line of three writers of 1,000 lines a second arrives, through deletion, rollout, rotation and a killed collector', async () => {
  namespace = TestNamespace.create('logging');
  const arrivals = new Arrivals();
  const sink = await start(body => arrivals.take(body));
  // a few lines more than 1,000 a second, for the loop takes its time too
  const apply = (revision: string) => namespace.apply(chart => {
    writers(chart, writer(125, 0.1, 300_000), [otlp(sink)], { podAnnotations: { revision } });
  });

  apply('one');
  await rolledOut('deployment/test-writer');
  const before = arrivals.count().total;
  await sleep(15_000);
  const rate = Math.round((arrivals.count().total - before) / 15 / 3);
  const killed: string[] = [];
  await namespace.kubectlAsync('delete', 'pod', pods()[0]);
  await rolledOut('deployment/test-writer');
  // the image has no shell, but a neighbour's `kill` reaches it: the collector ends without a word and is started again
  for (const pod of pods().slice(0, 2)) {
    namespace.killContainer(pod, 'logs-otel-collector');
    killed.push(pod);
  }
  await sleep(15_000);
  const restarts = namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items
    .flatMap((pod: any) => pod.status.initContainerStatuses).reduce((sum: number, { restartCount }: any) => sum + restartCount, 0);
  apply('two');
  await rolledOut('deployment/test-writer');
  await sleep(10_000);
  await namespace.kubectlAsync('scale', 'deployment/test-writer', '--replicas=0');
  await eventually('the writers are gone', () => pods().length === 0);

  const { writers: seen, total, lost, doubled, damaged } = arrivals.count();
  report(`${seen} writers of ${rate} lines/s, ${restarts} collectors killed, ${total} lines: ${lost} lost, ${doubled} doubled, ${damaged} damaged`);
  report(`killed ${killed}`);
  arrivals.missing().forEach(gap => report(`missing from ${gap}`));
  expect(seen).toBe(7); // three, one for the deleted pod, three of the second revision
  expect(restarts).toBe(2);
  expect(rate).toBeGreaterThanOrEqual(950); // of the 1,000 that the title says, on a small and busy node
  expect({ lost, damaged, ends: arrivals.ends.size }).toEqual({ lost: 0, damaged: 0, ends: 7 });
}, 400_000);

test('a sink that is away fills its own buffer: the app writes on, the other sink has every line, and what is dropped is counted', async () => {
  namespace = TestNamespace.create('outage');
  const arrivals = new Arrivals();
  const [near, far] = [await start(body => arrivals.take(body)), await start(() => undefined)];
  far.away = true;
  namespace.apply(chart => {
    writers(chart, writer(115, 0.1, 300_000), [otlp(near, { name: 'near' }), otlp(far, { name: 'far', bufferSize: Size.mebibytes(1) })], { replicas: 1 });
  });
  await rolledOut('deployment/test-writer');
  await sleep(30_000);
  // containers of a pod share its addresses
  const metrics = await namespace.kubectlAsync('exec', pods()[0], '-c', 'app', '--', 'wget', '-q', '-O', '-', 'http://127.0.0.1:8888/metrics');
  const dropped = Number(/^otelcol_exporter_enqueue_failed_log_records\S*exporter="otlp_http\/far"\S* (\d+)/m.exec(metrics)?.[1] ?? 0);
  await namespace.kubectlAsync('scale', 'deployment/test-writer', '--replicas=0');
  await eventually('the writer is gone', () => pods().length === 0);
  const { total, lost, doubled } = arrivals.count();
  report(`one sink away: ${total} lines, ${lost} lost and ${doubled} doubled at the other; ${dropped} counted as dropped`);
  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  expect(total).toBeGreaterThan(20_000);
  expect(dropped).toBeGreaterThan(1_000);
}, 300_000);

test('a writer that never rotates is stopped at the limit, and its neighbours go on', async () => {
  namespace = TestNamespace.create('runaway');
  namespace.apply(chart => {
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
  await rolledOut('deployment/test-neighbour');
  const evicted = () => namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items.find((pod: any) => pod.status.reason === 'Evicted');
  await eventually('the writer is evicted', () => evicted() !== undefined, 180);
  report(evicted().status.message);
  expect(evicted().status.message).toMatch(/emptyDir volume "logs" exceeds the limit/i);
  const neighbour = namespace.get('pods', '-l', 'app.kubernetes.io/name=neighbour').items[0];
  expect([neighbour.status.phase, neighbour.status.containerStatuses[0].restartCount]).toEqual(['Running', 0]);
}, 300_000);

test('what an app writes to its files comes out on its standard output where no collector is wanted', async () => {
  namespace = TestNamespace.create('stdout');
  namespace.apply(chart => {
    new LoggedApp(chart, 'writer', {
      image: BUSYBOX,
      replicas: 1,
      command: ['sh', '-c', 'echo hello from a file >> /var/log/app/app.log; sleep 3600'],
      health: HealthCheck.command(['true']),
      stopTimeout: Duration.seconds(1),
      logs: LogShipping.toStdout({ image: BUSYBOX }),
    });
  });
  await rolledOut('deployment/test-writer');
  expect(namespace.kubectl('logs', 'deployment/test-writer', '-c', 'app')).toBe('hello from a file\n');
});
