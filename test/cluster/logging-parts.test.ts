import { Duration, Size } from 'cdk8s';
import { HealthCheck, LoggedApp, LogRotation, LogShipping, LogSink, AppWorkload } from 'cdk8s-storage-patterns';
import { report, sleep } from './cluster';
import { COLLECTOR_CASES } from './log-collectors';
import { Arrivals, BUSYBOX, Logging, reportArrivals, SMALL, writer, writers } from './log-writers';

const { collector: COLLECTOR } = COLLECTOR_CASES[0];

let logging: Logging;
afterEach(() => logging?.stop());

// TEST_LOGROTATE_IMAGE is an image with logrotate and a shell
const { TEST_LOGROTATE_IMAGE } = process.env;

(TEST_LOGROTATE_IMAGE ? test : test.skip)(
  'every line arrives if a sidecar rotates the files',
  async () => {
    logging = new Logging('rotation');
    const arrivals = new Arrivals();
    const sink = await logging.sink(body => arrivals.record(body));
    const size = { maxFileSize: Size.kibibytes(300), maxFiles: 5 };
    const rotation = LogRotation.bySidecar({ ...size, image: TEST_LOGROTATE_IMAGE!, interval: Duration.seconds(3) });
    // the writer reopens its file for each batch of lines, and never rotates it
    logging.namespace.apply(chart => {
      writers(
        chart,
        COLLECTOR,
        writer(125, 0.1, 1e12),
        [logging.logSink(sink)],
        {},
        { rotation, sizeLimit: Size.mebibytes(300) },
      );
    });
    await logging.rolledOut();
    await sleep(40_000);
    const files = logging.namespace
      .kubectl('exec', logging.pods()[0], '-c', 'app', '--', 'ls', '/var/log/app')
      .trim()
      .split('\n');
    await logging.end();

    const { writers: seen, lost, damaged, doubled } = arrivals.count();
    report(`files after 40 s: ${files}`);
    reportArrivals('rotated by a sidecar', arrivals);
    expect(files).toEqual(expect.arrayContaining(['app.log', 'app.log.1', 'app.log.2', 'app.log.3']));
    expect(files.length).toBeLessThanOrEqual(5);
    expect({ seen, lost, damaged, doubled, ends: arrivals.ends.size }).toEqual({
      seen: 3,
      lost: 0,
      damaged: 0,
      doubled: 0,
      ends: 3,
    });
  },
  300_000,
);

// the part of the Prometheus Operator's PodMonitor that the library uses
const POD_MONITORS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'podmonitors.monitoring.coreos.com' },
  spec: {
    group: 'monitoring.coreos.com',
    names: { kind: 'PodMonitor', listKind: 'PodMonitorList', plural: 'podmonitors', singular: 'podmonitor' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['selector'],
                properties: {
                  selector: {
                    type: 'object',
                    properties: { matchLabels: { type: 'object', additionalProperties: { type: 'string' } } },
                  },
                  podMetricsEndpoints: {
                    type: 'array',
                    items: { type: 'object', properties: { port: { type: 'string' }, path: { type: 'string' } } },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

test('a PodMonitor selects the port and path of the metrics, which allowed clients can reach', async () => {
  logging = new Logging('monitor');
  const { namespace } = logging;
  const isInstalled =
    namespace.kubectl('get', 'crd', '--ignore-not-found', '-o', 'name', 'podmonitors.monitoring.coreos.com').trim() !==
    '';
  if (!isInstalled) {
    namespace.applyObjects([POD_MONITORS]);
    namespace.kubectl('wait', '--for=condition=Established', 'crd/podmonitors.monitoring.coreos.com', '--timeout=30s');
  }
  try {
    namespace.apply(chart => {
      const app = new LoggedApp(chart, 'writer', {
        image: BUSYBOX,
        replicas: 1,
        command: ['sleep', '3600'],
        resources: SMALL,
        healthCheck: HealthCheck.command(['true']),
        shutdownTimeout: Duration.seconds(1),
        logs: new LogShipping({
          collector: COLLECTOR,
          rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 2 }),
          sinks: [LogSink.stdout()],
          podMonitor: true,
        }),
      });
      new AppWorkload(chart, 'prometheus', {
        image: BUSYBOX,
        replicas: 1,
        command: ['sleep', '3600'],
        healthCheck: HealthCheck.command(['true']),
        shutdownTimeout: Duration.seconds(1),
      }).allowTo(app, 8888);
    });
    await logging.rolledOut();
    await namespace.kubectlAsync('rollout', 'status', 'deployment/test-prometheus', '--timeout=180s');

    const {
      selector: { matchLabels },
      podMetricsEndpoints: [{ port, path }],
    } = namespace.get('podmonitor', 'test-writer-logs').spec;
    const labels = Object.entries(matchLabels)
      .map(entry => entry.join('='))
      .join(',');
    const [pod, ...others] = namespace.get('pods', '-l', labels).items;
    expect(others).toEqual([]);
    const ports = [...pod.spec.initContainers, ...pod.spec.containers].flatMap(
      (container: any) => container.ports ?? [],
    );
    const { containerPort } = ports.find(({ name }: any) => name === port);
    const metrics = namespace.kubectl(
      'exec',
      'deployment/test-prometheus',
      '--',
      'wget',
      '-q',
      '-T',
      '10',
      '-O',
      '-',
      `http://${pod.status.podIP}:${containerPort}${path}`,
    );
    expect(metrics).toMatch(/^otelcol_process_uptime/m);
  } finally {
    if (!isInstalled) {
      namespace.kubectl('delete', 'crd', 'podmonitors.monitoring.coreos.com', '--wait=false');
    }
  }
}, 300_000);
