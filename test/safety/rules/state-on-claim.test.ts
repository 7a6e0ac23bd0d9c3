import { messagesOf, podOfKind } from './fixtures';

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
  const redis = (args: string) =>
    podOfKind('Deployment', { container: `args: [${args}], securityContext: {readOnlyRootFilesystem: true}` }).replace(
      'acme/app:1',
      'redis:8.2.1',
    );
  expect(messagesOf('writable-paths-exist', redis("--save, '', --appendonly, 'no'"))).toEqual([]);
  expect(messagesOf('writable-paths-exist', redis('--appendonly, "yes"'))).toEqual([
    expect.stringContaining("has no writable volume at '/data'."),
  ]);
});
