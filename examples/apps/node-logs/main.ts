import { App, Chart, Size } from 'cdk8s';
import { HostPathVolumeType, PercentOrAbsolute } from 'cdk8s-plus-28';
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
const chart = new Chart(app, 'node-logs', { namespace: 'agents', disableResourceNameHashes: true });

const agent = new ConfiguredApp(chart, 'node-logs', {
  image: 'cr.fluentbit.io/fluent/fluent-bit:4.1.1',
  args: ['--config', '/etc/agent/fluent-bit.yaml'],
  controller: Controller.daemonSet({ maxUnavailable: PercentOrAbsolute.percent(10) }),
  scheduling: { tolerations: [{}], priorityClassName: 'system-node-critical' },
  port: 2020,
  runAsUser: 0,
  runAsGroup: 0,
  healthCheck: HealthCheck.http('/'),
  resources: { memory: { limit: Size.mebibytes(128) } },
  config: ConfigFiles.fromDirectory(`${__dirname}/config`, { mountPath: '/etc/agent' }),
  waivers: [Waiver.runAsNonRoot('the log files of the node belong to root')],
});
const reason = 'ships the logs of the node';
agent.mount('/var/log', PodVolume.hostPath('/var/log', { reason }), { readOnly: true });
// the positions in the files outlive the pods, so that an update of the agent neither loses nor repeats lines
agent.mount(
  '/var/lib/node-logs',
  PodVolume.hostPath('/var/lib/node-logs', { reason, type: HostPathVolumeType.DIRECTORY_OR_CREATE }),
);
agent.allowTo(NetworkPeer.anywhere(), 4318);

app.synth();
