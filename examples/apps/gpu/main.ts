import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import { AppWorkload, HealthCheck, NetworkPeer, PodVolume, TaintEffect } from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'gpu', { namespace: 'ml', disableResourceNameHashes: true });

const triton = new AppWorkload(chart, 'triton', {
  metadata: { name: 'triton', labels: { team: 'ml' } },
  image: 'nvcr.io/nvidia/tritonserver:25.08-py3',
  args: ['tritonserver', '--model-repository=/models'],
  ports: [
    { name: 'grpc', port: 8001, appProtocol: 'grpc' },
    { name: 'http', port: 8000 },
    { name: 'metrics', port: 8002 },
  ],
  runAsUser: 1000,
  runAsGroup: 1000,
  // the server is ready once it has loaded the models
  healthCheck: HealthCheck.http('/v2/health/ready', {
    portName: 'http',
    livenessPath: '/v2/health/live',
    startupTimeout: Duration.minutes(20),
  }),
  resources: { cpu: { request: Cpu.units(4) }, memory: { limit: Size.gibibytes(32) } },
  extendedResources: { 'nvidia.com/gpu': 1 },
  scheduling: {
    nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L40S' },
    tolerations: [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE }],
    priorityClassName: 'high',
    runtimeClassName: 'nvidia',
  },
  // Python models exchange tensors through shared memory
  writableDirectories: [{ path: '/dev/shm', sizeLimit: Size.gibibytes(4), medium: EmptyDirMedium.MEMORY }],
  hostAliases: [{ ip: '10.0.0.7', hostnames: ['license.internal'] }],
  dns: { options: { ndots: '2' } },
  podAnnotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
  serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/triton' } },
});

// each pod downloads the models before the server starts
const models = PodVolume.emptyDir('models', { sizeLimit: Size.gibibytes(20) });
triton.mount('/models', models, { readOnly: true }).addInitContainer({
  name: 'download',
  image: 'docker.io/amazon/aws-cli:2.31.0',
  // the command caches credentials there
  env: { HOME: EnvValue.fromValue('/tmp') },
  args: ['s3', 'sync', 's3://acme-models/triton', '/models'],
  mounts: [
    { path: '/models', volume: models },
    { path: '/tmp', volume: PodVolume.emptyDir('aws', { sizeLimit: Size.mebibytes(16) }) },
  ],
  resources: { cpu: { request: Cpu.units(1) }, memory: { limit: Size.gibibytes(1) } },
});
triton.allowTo(NetworkPeer.internet(), 443);
triton.allowFrom(NetworkPeer.namespaces('monitoring'), 8002);
triton.autoscale({ minReplicas: 2, maxReplicas: 6, cpuUtilizationPercent: 70 });

app.synth();
