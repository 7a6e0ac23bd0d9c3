import { App, Chart, Duration, Size } from 'cdk8s';
import { EnvValue, Secret } from 'cdk8s-plus-28';
import {
  AppWorkload,
  Controller,
  EnvironmentVariables,
  HealthCheck,
  NetworkPeer,
  PodVolume,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'minio', { namespace: 's3', disableResourceNameHashes: true });
const secret = Secret.fromSecretName(chart, 'secret', 'minio');

const minio = new AppWorkload(chart, 'minio', {
  image: 'quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z',
  args: ['server', '--console-address', ':9001'],
  controller: Controller.statefulSet(),
  replicas: 4,
  ports: [
    { name: 's3', port: 9000 },
    { name: 'console', port: 9001 },
  ],
  runAsUser: 1000,
  runAsGroup: 1000,
  healthCheck: HealthCheck.http('/minio/health/ready', { livenessPath: '/minio/health/live' }),
  shutdownTimeout: Duration.minutes(1),
  resources: { memory: { limit: Size.gibibytes(2) } },
  env: {
    // the server creates a directory for certificates there
    HOME: EnvValue.fromValue('/tmp'),
    MINIO_ROOT_USER: EnvValue.fromValue('admin'),
    MINIO_ROOT_PASSWORD: EnvValue.fromSecretValue({ secret, key: 'password' }),
  },
});
minio.mount('/data', PodVolume.claimPerReplica('data', { size: Size.gibibytes(200), storageClassName: 'gp3' }));
// one pool of all replicas; MinIO expands the range itself
const hosts = `${minio.name}-{0...3}.${minio.headlessAddress}`;
minio.add(EnvironmentVariables.fromMap({ MINIO_VOLUMES: `http://${hosts}:9000/data` }));
minio.allowTo(minio, 9000).allowFrom(NetworkPeer.namespaces('ingress-nginx'), 9001);
minio.exposeViaIngress({ hosts: ['minio.example.com'], portName: 'console', className: 'nginx' });

const files = new AppWorkload(chart, 'files', {
  image: 'ghcr.io/acme/files:1.0.0',
  port: 8080,
  resources: { memory: { limit: Size.mebibytes(256) } },
  env: {
    AWS_ENDPOINT_URL_S3: EnvValue.fromValue(`http://${minio.name}:9000`),
    AWS_ACCESS_KEY_ID: EnvValue.fromSecretValue({ secret, key: 'files-access-key' }),
    AWS_SECRET_ACCESS_KEY: EnvValue.fromSecretValue({ secret, key: 'files-secret-key' }),
  },
});
files.allowTo(minio, 9000);

app.synth();
