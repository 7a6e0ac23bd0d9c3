import { Chart, Duration } from 'cdk8s';
import { HostPathVolumeType, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  Controller,
  HealthCheck,
  PodVolume,
  Waiver,
} from 'cdk8s-storage-patterns';
import { eventually } from './cluster';
import { Arrivals, BUSYBOX, Logging, PAYLOAD, reportArrivals, SMALL } from './log-writers';

let logging: Logging;
afterEach(() => logging?.stop());

/** Writes ten numbered lines a second to its standard output until /tmp/stop exists, and a line that marks the end. */
const WRITER = `
i=0; trap 'exit 0' TERM
until [ -e /tmp/stop ]; do i=$((i+1)); echo "$HOSTNAME $i ${PAYLOAD}"; sleep 0.1; done
echo "$HOSTNAME $((i+1)) end"
while true; do sleep 0.2; done
`;

const WRITER_PROPS = {
  image: BUSYBOX,
  replicas: 1,
  command: ['sh', '-c', WRITER],
  resources: SMALL,
  healthCheck: HealthCheck.command(['true']),
  shutdownTimeout: Duration.seconds(5),
};

/** Reads the files of the container runtime, and keeps its offsets in a directory of the node. */
const config = (namespace: string, endpoint: string) => `
extensions:
  health_check:
    endpoint: 0.0.0.0:13133
  file_storage:
    directory: /var/lib/agent
receivers:
  filelog:
    include: [/var/log/pods/${namespace}_*/app/*.log]
    exclude: [/var/log/pods/${namespace}_test-agent-*/**/*.log]
    start_at: beginning
    poll_interval: 200ms
    storage: file_storage
    operators:
      - type: regex_parser
        regex: '^\\S+ (?:stdout|stderr) [PF] (?P<message>.*)$'
      - type: move
        from: attributes.message
        to: body
exporters:
  otlp_http:
    endpoint: ${endpoint}
    tls: {insecure: true}
    sending_queue: {storage: file_storage}
service:
  extensions: [health_check, file_storage]
  pipelines:
    logs: {receivers: [filelog], exporters: [otlp_http]}
  telemetry:
    metrics: {level: none}
`;

const privileged = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
});

/** An agent that runs as root, because only root can read the files of the container runtime. */
function agent(chart: Chart, host: string, port: number): void {
  const app = new ConfiguredApp(chart, 'agent', {
    image: 'docker.io/otel/opentelemetry-collector-contrib:0.140.1',
    controller: Controller.daemonSet(),
    args: ['--config=/etc/agent/agent.yaml'],
    runAsUser: 0,
    runAsGroup: 0,
    resources: SMALL,
    healthCheck: HealthCheck.http('/', { port: 13133 }),
    shutdownTimeout: Duration.seconds(5),
    waivers: [Waiver.runAsNonRoot('the log files of the node belong to root')],
    config: new ConfigFiles({
      mountPath: '/etc/agent',
      sources: [ConfigSource.text('agent.yaml', config(chart.namespace!, `http://${host}:${port}`))],
    }),
  });
  app
    .mount('/var/log/pods', PodVolume.hostPath('/var/log/pods', { reason: 'ships the logs of the node' }), {
      readOnly: true,
    })
    .mount(
      '/var/lib/agent',
      PodVolume.hostPath('/tmp/storage-patterns-agent', {
        reason: 'keeps offsets over restarts',
        type: HostPathVolumeType.DIRECTORY_OR_CREATE,
      }),
    )
    .allowTo(NetworkPolicyIpBlock.ipv4(chart, 'sink', `${host}/32`), port);
}

test('an agent ships every line of another pod, although it is replaced', async () => {
  logging = new Logging('agent');
  const { namespace } = logging;
  namespace.applyObjects([privileged(namespace.name)]);
  const arrivals = new Arrivals();
  const sink = await logging.sink(body => arrivals.record(body));
  const host = logging.sinkHost;
  const apply = () =>
    namespace.apply(chart => {
      agent(chart, host, sink.port);
      new AppWorkload(chart, 'writer', WRITER_PROPS);
    });
  apply();
  await namespace.kubectlAsync('rollout', 'status', 'daemonset/test-agent', '--timeout=180s');
  await logging.rolledOut();
  await eventually('lines of the writer arrive', () => arrivals.count().total > 50);

  const agents = () => namespace.get('pods', '-l', 'app.kubernetes.io/name=agent').items;
  const [{ spec }] = agents();
  expect(agents()).toHaveLength(namespace.get('nodes').items.length);
  expect(spec).toMatchObject({ securityContext: { runAsUser: 0 }, automountServiceAccountToken: false });
  await namespace.deletePods(agents().map(({ metadata }: any) => metadata.name));
  await namespace.kubectlAsync('rollout', 'status', 'daemonset/test-agent', '--timeout=180s');
  const before = arrivals.count().total;
  await eventually('lines arrive again', () => arrivals.count().total > before + 50);
  namespace.kubectl('exec', 'deployment/test-writer', '--', 'touch', '/tmp/stop');
  await eventually('the last line arrives', () => arrivals.ends.size === 1);

  reportArrivals('an agent that was replaced', arrivals);
  const { writers, lost, damaged } = arrivals.count();
  expect({ writers, lost, damaged }).toEqual({ writers: 1, lost: 0, damaged: 0 });
});
