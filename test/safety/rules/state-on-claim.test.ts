import { auditWith, configMap, messagesOf, podOfKind, severitiesOf } from './fixtures';

test.each([
  ['persistentVolumeClaim: {claimName: data}', []],
  ['nfs: {server: nas, path: /db}', []],
  ['csi: {driver: smb.csi.k8s.io}', []],
  ['hostPath: {path: /db}', []],
  ['csi: {driver: disk.example.com}', ["in the csi 'data'."]],
  ['ephemeral: {volumeClaimTemplate: {spec: {}}}', ["in the ephemeral 'data'."]],
  ['emptyDir: {sizeLimit: 1Gi}', ["in the emptyDir 'data'."]],
  ['image: {reference: "acme/data:1"}', ["in the image 'data'."]],
])('checks whether the volume {%s} of a database outlives its pod', (volume, endings) => {
  const server = podOfKind('StatefulSet', { volume }).replace('acme/app:1', 'redis:8.2.1');
  expect(messagesOf('state-on-claim', server)).toEqual(endings.map(ending => expect.stringContaining(ending)));
});

const server = (image: string, container = '', volume = 'emptyDir: {}', kind = 'Deployment') =>
  podOfKind(kind, { volume, container }).replace('acme/app:1', image);

test('names a volume of the image, and the layer of a container whose image has none', () => {
  expect(messagesOf('state-on-claim', server('minio/minio:1', 'args: [server, /srv]'))).toEqual([
    "MinIO in container 'app' keeps its data at '/srv' in the writable layer of the container.",
  ]);
  expect(messagesOf('state-on-claim', server('rabbitmq:4.1.0'))).toEqual([
    "RabbitMQ in container 'app' keeps its data at '/var/lib/rabbitmq/mnesia' in a volume of its image, which is new " +
      'in each container.',
  ]);
});

test('accepts a bare pod without a volume, which is never replaced', () => {
  expect(messagesOf('state-on-claim', podOfKind('Pod').replace('acme/app:1', 'rabbitmq:4.1.0'))).toEqual([]);
  const mounted = server('rabbitmq:4.1.0', '', 'emptyDir: {}', 'Pod').replace(
    'mountPath: /data',
    'mountPath: /var/lib/rabbitmq',
  );
  expect(messagesOf('state-on-claim', mounted)).toHaveLength(1);
});

test('is silent about an unknown image with a claim elsewhere, whose server can be configured for it', () => {
  const database = server(
    'bank/accounts-db:1',
    'ports: [{containerPort: 5432}]',
    'persistentVolumeClaim: {claimName: data}',
  );
  expect(messagesOf('state-on-claim', database)).toEqual([]);
  expect(
    messagesOf('state-on-claim', database.replace('persistentVolumeClaim: {claimName: data}', 'emptyDir: {}')),
  ).toHaveLength(1);
});

test.each([
  ['registry:3.0.0', '{name: config, mountPath: /etc/distribution}', []],
  ['redis:8.2.1', '{name: config, mountPath: /etc/redis}', [expect.stringContaining("'/data'")]],
])('with configuration, %s can keep its state elsewhere: %s', (image, mount, messages) => {
  const configured = podOfKind('Deployment', { volume: 'configMap: {name: config}' })
    .replace('acme/app:1', image)
    .replace('{name: data, mountPath: /data}', mount.replace('config,', 'data,'));
  expect(messagesOf('state-on-claim', configured)).toEqual(messages);
});

test('a cache with a read-only root filesystem needs no volume', () => {
  const container = "args: [--save, '', --appendonly, 'no'], securityContext: {readOnlyRootFilesystem: true}";
  const redis = podOfKind('Deployment', { container }).replace('acme/app:1', 'redis:8.2.1');
  expect(messagesOf('writable-paths-exist', redis)).toEqual([]);
});

test.each([
  ['Deployment', 'postgres:17', '', 'info'],
  ['Deployment', 'redis:8.2.1', '', 'info'],
  ['StatefulSet', 'postgres:17', '', 'error'],
  ['Deployment', 'postgres:17', 'env: [{name: POSTGRES_DB, value: shop}]', 'error'],
  ['Deployment', 'postgres:17', 'envFrom: [{secretRef: {name: db}}]', 'error'],
  ['Deployment', 'redis:8.2.1', 'args: [--appendonly, "yes"]', 'error'],
  ['Deployment', 'redis:8.2.1', 'args: [--save, "900 1"]', 'error'],
  ['Deployment', 'redis:8.2.1', 'args: [--requirepass, $(PASSWORD)]', 'info'],
  ['Deployment', 'valkey/valkey:8.1', 'command: [sh, -c, "valkey-server --requirepass $P"]', 'info'],
  ['StatefulSet', 'redis:8.2.1', 'args: [--requirepass, $(PASSWORD)]', 'error'],
  ['Deployment', 'rabbitmq:4.1.0', '', 'error'],
])('reports a %s of %s without a volume and with {%s} as %s', (kind, image, container, severity) => {
  const yaml = podOfKind(kind, { container }).replace('acme/app:1', image);
  expect(auditWith('state-on-claim', yaml).findings.map(finding => finding.severity)).toEqual([severity]);
});

test.each([
  ['cassandra:5.0.2', '/var/lib/cassandra', '', true],
  ['elasticsearch:8.17.3', '/usr/share/elasticsearch/data', '', true],
  ['elasticsearch:8.17.3', '/usr/share/elasticsearch/data', 'env: [{name: discovery.type, value: single-node}]', false],
  ['mongo:8.0.5', '/data/db', 'args: [--replSet, rs0]', true],
  ['mongo:8.0.5', '/data/db', '', false],
  ['postgres:17', '/var/lib/postgresql/data', '', false],
])('tells whether the servers of %s at %s with {%s} replicate their data', (image, path, container, isReplicated) => {
  const yaml = podOfKind('StatefulSet', { spec: 'replicas: 3', container, volume: 'emptyDir: {}' })
    .replace('acme/app:1', image)
    .replace('mountPath: /data', `mountPath: ${path}`);
  const [finding] = auditWith('state-on-claim', yaml).findings;
  expect(finding.severity).toBe(isReplicated ? 'warning' : 'error');
  expect(finding.message.endsWith('a restart of all pods loses it.')).toBe(isReplicated);
  expect(auditWith('state-on-claim', yaml.replace('replicas: 3', 'replicas: 1')).findings[0].severity).toBe('error');
});

test.each([
  ['/etc/grafana/provisioning/dashboards', 'info'],
  ['/etc/other', 'error'],
])('Grafana with a ConfigMap at %s has the severity %s', (path, severity) => {
  const pod = podOfKind('Deployment', { volume: 'configMap: {name: dashboards}' })
    .replace('acme/app:1', 'grafana/grafana:12.1.0')
    .replace('mountPath: /data', `mountPath: ${path}`);
  expect(severitiesOf('state-on-claim', pod)).toEqual([severity]);
});

test.each([
  ['session-cache', 'info'],
  ['cachet', 'error'],
  ['session', 'error'],
])('a StatefulSet %s of Redis without a volume has the severity %s', (name, severity) => {
  const pod = podOfKind('StatefulSet', { name }).replace('acme/app:1', 'redis:8.2.1');
  expect(severitiesOf('state-on-claim', pod)).toEqual([severity]);
});

test.each(['args: [serve, --object-store=s3]', 'envFrom: [{configMapRef: {name: store}}]'])(
  'accepts a server that {%s} configures to keep its data in a store',
  container => {
    const pod = podOfKind('StatefulSet', { container }).replace('acme/app:1', 'influxdb:3.10-enterprise');
    const store = configMap('store').replace('{a: b}', '{INFLUXDB3_OBJECT_STORE: s3}');
    expect(messagesOf('state-on-claim', pod, store)).toEqual([]);
    expect(messagesOf('state-on-claim', pod.replace('=s3', '=file'), store.replace('s3', 'file'))).toHaveLength(1);
  },
);
