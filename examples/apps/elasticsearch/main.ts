import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, EnvValue, Secret } from 'cdk8s-plus-28';
import {
  AppWorkload,
  ConfigFiles,
  ConfiguredApp,
  Controller,
  EnvironmentVariables,
  HealthCheck,
  MountStyle,
  PodVolume,
  ProjectedSource,
  SecretSource,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'elasticsearch', { namespace: 'search', disableResourceNameHashes: true });
const mountPath = '/usr/share/elasticsearch/config';
const secret = Secret.fromSecretName(chart, 'secret', 'elasticsearch');
const health =
  'curl -sf -u "elastic:$ELASTIC_PASSWORD" "localhost:9200/_cluster/health?wait_for_status=yellow&timeout=1s"';

const search = new ConfiguredApp(chart, 'elasticsearch', {
  image: 'docker.elastic.co/elasticsearch/elasticsearch:9.1.5',
  controller: Controller.statefulSet(),
  replicas: 3,
  ports: [
    { name: 'http', port: 9200 },
    { name: 'transport', port: 9300 },
  ],
  runAsUser: 1000,
  runAsGroup: 1000,
  // the first start of a node with much data recovers its shards
  healthCheck: HealthCheck.command(['sh', '-c', health], { startupTimeout: Duration.minutes(30) }),
  shutdownTimeout: Duration.minutes(2),
  // the heap is half of it
  resources: { cpu: { request: Cpu.units(1) }, memory: { limit: Size.gibibytes(2) } },
  // the entrypoint writes a keystore next to the configuration of the image
  writableDirectories: [
    { path: '/usr/share/elasticsearch/logs' },
    { path: mountPath, sizeLimit: Size.mebibytes(16), copyFromImage: true },
  ],
  config: ConfigFiles.fromDirectory(`${__dirname}/config`, { mountPath, mountStyle: MountStyle.SUB_PATH }),
  env: { ELASTIC_PASSWORD: EnvValue.fromSecretValue({ secret, key: 'password' }) },
});
const NODES = search.replicaNames().join(',');
const SEED_HOSTS = search.replicaAddresses().join(',');
search.add(EnvironmentVariables.fromMap({ NODES, SEED_HOSTS }));
search.mount('/usr/share/elasticsearch/data', PodVolume.claimPerReplica('data', { size: Size.gibibytes(50) }));
search.allowTo(search, 9300);

// the server reads new certificates without a restart
const certs = PodVolume.projected('certs', [ProjectedSource.secret(SecretSource.fromName('elasticsearch-tls'))]);
search.mount(`${mountPath}/certs`, certs);

const kibana = new AppWorkload(chart, 'kibana', {
  image: 'docker.elastic.co/kibana/kibana:9.1.5',
  port: 5601,
  runAsUser: 1000,
  runAsGroup: 1000,
  healthCheck: HealthCheck.http('/login'),
  resources: { memory: { limit: Size.gibibytes(1) } },
  writableDirectories: [{ path: '/usr/share/kibana/data' }],
  env: {
    ELASTICSEARCH_HOSTS: EnvValue.fromValue(`http://${search.name}:9200`),
    ELASTICSEARCH_USERNAME: EnvValue.fromValue('kibana_system'),
    ELASTICSEARCH_PASSWORD: EnvValue.fromSecretValue({ secret, key: 'kibana-password' }),
    XPACK_SECURITY_ENCRYPTIONKEY: EnvValue.fromSecretValue({ secret, key: 'session-key' }),
  },
});
kibana.allowTo(search, 9200);

app.synth();
