import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ConfigFiles,
  ConfiguredApp,
  Controller,
  HealthCheck,
  NetworkPeer,
  PodVolume,
  Waiver,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'prometheus', { namespace: 'monitoring', disableResourceNameHashes: true });

const prometheus = new ConfiguredApp(chart, 'prometheus', {
  image: 'quay.io/prometheus/prometheus:v3.5.0',
  args: [
    '--config.file=/etc/prometheus/config/prometheus.yml',
    '--storage.tsdb.path=/prometheus',
    '--storage.tsdb.retention.size=40GB',
  ],
  controller: Controller.statefulSet(),
  replicas: 2,
  port: 9090,
  runAsUser: 65534,
  runAsGroup: 65534,
  // a restart replays the write-ahead log
  healthCheck: HealthCheck.http('/-/ready', { livenessPath: '/-/healthy', startupTimeout: Duration.minutes(30) }),
  shutdownTimeout: Duration.minutes(5),
  resources: { cpu: { request: kplus.Cpu.millis(500) }, memory: { limit: Size.gibibytes(4) } },
  config: ConfigFiles.fromDirectory(`${__dirname}/config`, { mountPath: '/etc/prometheus/config' }),
  waivers: [Waiver.noServiceAccountToken('discovers pods through the API server')],
});
prometheus.mount('/prometheus', PodVolume.claimPerReplica('data', { size: Size.gibibytes(50) }));
prometheus.allowTo(NetworkPeer.anywhere());

new kplus.ClusterRole(chart, 'discovery', {
  rules: [{ endpoints: [kplus.ApiResource.PODS], verbs: ['get', 'list', 'watch'] }],
}).bind(prometheus.serviceAccount);

app.synth();
