import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  Controller,
  HealthCheck,
  MountStyle,
  NetworkPeer,
  PodVolume,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'rabbitmq', { namespace: 'mq', disableResourceNameHashes: true });
const secret = kplus.Secret.fromSecretName(chart, 'secret', 'rabbitmq');
const replicas = 3;

const mq = new AppWorkload(chart, 'rabbitmq', {
  image: 'docker.io/library/rabbitmq:4.1.4-management',
  controller: Controller.statefulSet(),
  replicas,
  ports: [
    { name: 'amqp', port: 5672 },
    { name: 'management', port: 15672 },
    { name: 'epmd', port: 4369 },
    { name: 'dist', port: 25672 },
    { name: 'prometheus', port: 15692 },
  ],
  runAsUser: 999,
  runAsGroup: 999,
  // a node opens the port once it has synchronized with its peers
  healthCheck: HealthCheck.tcp({ startupTimeout: Duration.minutes(30) }),
  shutdownTimeout: Duration.minutes(10),
  resources: { memory: { limit: Size.gibibytes(2) } },
  writableDirectories: [{ path: '/var/log/rabbitmq' }],
  env: {
    POD_NAME: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
    RABBITMQ_NODENAME: kplus.EnvValue.fromValue('rabbit@$(POD_NAME).rabbitmq-headless.mq.svc'),
    RABBITMQ_USE_LONGNAME: kplus.EnvValue.fromValue('true'),
    RABBITMQ_DEFAULT_USER: kplus.EnvValue.fromValue('app'),
    RABBITMQ_DEFAULT_PASS: kplus.EnvValue.fromSecretValue({ secret, key: 'password' }),
    RABBITMQ_ERLANG_COOKIE: kplus.EnvValue.fromSecretValue({ secret, key: 'erlang-cookie' }),
  },
});
mq.mount('/var/lib/rabbitmq', PodVolume.claimPerReplica('data', { size: Size.gibibytes(20) }));

const nodes = Array.from(
  { length: replicas },
  (_, i) => `cluster_formation.classic_config.nodes.${i + 1} = rabbit@${mq.replicaAddress(i)}`,
);
mq.add(
  new ConfigFiles({
    mountPath: '/etc/rabbitmq',
    mountStyle: MountStyle.SUB_PATH,
    sources: [
      ConfigSource.text('enabled_plugins', '[rabbitmq_management,rabbitmq_prometheus].\n'),
      ConfigSource.text(
        'rabbitmq.conf',
        [
          'cluster_formation.peer_discovery_backend = classic_config',
          ...nodes,
          'cluster_partition_handling = pause_minority',
          '',
        ].join('\n'),
      ),
    ],
  }),
);

// every client can connect to the first two ports, only replicas to the next two, and only Prometheus to the last one
mq.allowFrom(mq, 4369, 25672);
mq.allowFrom(NetworkPeer.namespaces('monitoring'), 15692);

app.synth();
