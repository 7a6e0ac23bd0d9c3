import { spawn } from 'child_process';
import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  ConfigFiles, ConfigSource, HealthCheck, LogAuth, LogCollector, LoggedApp, LogRotation, LogShipping, LogSink, LogTls, Workload,
} from 'cdk8s-storage-patterns';
import { eventually, report, sleep, TestNamespace } from './cluster';

const BUSYBOX = 'docker.io/library/busybox:1.36';
// seven pods and a sink have to fit on one small node
const SMALL = { cpu: { request: Cpu.millis(20) } };
const COLLECTOR = LogCollector.openTelemetry({ resources: SMALL });

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

// the sink's own output is read back, and a kubelet cuts that at 10 MiB: hence some 250 lines a second from each writer.
// numbers its lines, rotates by renaming, and says with its last line how many there were
const WRITER = `
cd /var/log/app; i=0; batches=0; stop=0; trap 'stop=1' TERM
while [ $stop = 0 ]; do
  n=0; while [ $n -lt 100 ]; do i=$((i+1)); n=$((n+1)); echo "<$HOSTNAME $i>"; done >> app.log
  batches=$((batches+1))
  if [ $((batches % 10)) = 0 ] && [ $(wc -c < app.log) -gt 50000 ]; then
    for k in 3 2 1; do [ -f app.log.$k ] && mv app.log.$k app.log.$((k+1)); done; mv app.log app.log.1
  fi
  sleep 0.4
done
echo "<$HOSTNAME $((i+1)) end>" >> app.log
`;

function pipeline(revision: string) {
  return (chart: Chart) => {
    const sink = new Workload(chart, 'sink', {
      image: COLLECTOR.image,
      replicas: 1,
      port: 4318,
      args: ['--config=file:/app/config/config.yaml'],
      resources: { ...SMALL, memory: { limit: Size.mebibytes(512) } },
    });
    sink.add(new ConfigFiles({
      sources: [ConfigSource.yaml('config.yaml', {
        receivers: { otlp: { protocols: { http: { endpoint: '0.0.0.0:4318' } } } },
        exporters: { debug: { verbosity: 'normal', use_internal_logger: false } },
        service: { pipelines: { logs: { receivers: ['otlp'], exporters: ['debug'] } } },
      })],
    }));
    new LoggedApp(chart, 'writer', {
      image: BUSYBOX,
      replicas: 3,
      command: ['sh', '-c', WRITER],
      resources: SMALL,
      health: HealthCheck.command(['true']),
      stopTimeout: Duration.seconds(5),
      podAnnotations: { revision },
      logs: new LogShipping({
        collector: COLLECTOR,
        rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 5 }),
        sinks: [LogSink.otlp({ url: `http://${sink.name}:4318`, auth: LogAuth.none('inside of this test'), tls: LogTls.off('inside of this test') })],
      }),
    });
  };
}

test('every line of three writers arrives while pods are deleted, rolled and rotated and the collector is killed', async () => {
  namespace = TestNamespace.create('logging');
  namespace.apply(pipeline('one'));
  namespace.rolledOut('deployment/test-sink');
  let received = '';
  const follow = spawn(process.env.KUBECTL ?? 'kubectl', ['-n', namespace.name, 'logs', '-f', 'deployment/test-sink']);
  follow.stdout.setEncoding('utf8').on('data', data => { received += data; });
  try {
    namespace.rolledOut('deployment/test-writer');
    await sleep(10_000);
    const pods = () => namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items.map((pod: any) => pod.metadata.name);
    namespace.kubectl('delete', 'pod', pods()[0]);
    namespace.rolledOut('deployment/test-writer');
    // the image has no shell, but its neighbour's kernel takes the signal: the collector ends and is started again
    for (const pod of pods().slice(0, 2)) {
      namespace.killContainer(pod, 'logs-otel-collector');
    }
    await sleep(10_000);
    namespace.apply(pipeline('two'));
    namespace.rolledOut('deployment/test-writer');
    await sleep(5_000);
    namespace.kubectl('scale', 'deployment/test-writer', '--replicas=0');
    await eventually('the writers are gone', () => pods().length === 0);
    await sleep(5_000);
  } finally {
    follow.kill();
  }

  const lines = new Map<string, Map<number, number>>();
  const ends = new Map<string, number>();
  for (const [, pod, n, end] of received.matchAll(/<(\S+) (\d+)( end)?>/g)) {
    const seen = lines.get(pod) ?? lines.set(pod, new Map()).get(pod)!;
    seen.set(Number(n), (seen.get(Number(n)) ?? 0) + 1);
    if (end) {
      ends.set(pod, Number(n));
    }
  }
  let [total, lost, doubled] = [0, 0, 0];
  for (const [pod, seen] of lines) {
    const last = ends.get(pod) ?? Math.max(...seen.keys()) + 1; // a missing last line is a lost one
    total += last;
    lost += last - seen.size;
    doubled += [...seen.values()].filter(count => count > 1).length;
  }
  report(`${lines.size} writers, ${ends.size} last lines, ${total} lines: ${lost} lost, ${doubled} doubled`);
  expect(lines.size).toBe(7); // three, one for the deleted pod, three of the second revision
  expect(lost).toBe(0);
}, 400_000);

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
  namespace.rolledOut('deployment/test-neighbour');
  const evicted = () => namespace.get('pods', '-l', 'app.kubernetes.io/name=writer').items.find((pod: any) => pod.status.reason === 'Evicted');
  await eventually('the writer is evicted', () => evicted() !== undefined, 180);
  report(evicted().status.message);
  expect(evicted().status.message).toMatch(/emptyDir volume "logs" exceeds the limit/i);
  const neighbour = namespace.get('pods', '-l', 'app.kubernetes.io/name=neighbour').items[0];
  expect([neighbour.status.phase, neighbour.status.containerStatuses[0].restartCount]).toEqual(['Running', 0]);
});
