import { auditWith, messagesOf, podOfKind, severitiesOf } from './fixtures';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'];

const mounted = (path: string, { kind = 'Deployment', mount = '' } = {}) =>
  podOfKind(kind, { volume: `hostPath: {path: ${path}}` }).replace('mountPath: /data', `mountPath: /data${mount}`);

const found = (...manifests: string[]) => messagesOf('no-node-takeover', ...manifests).length;

test.each(KINDS)('finds the socket of the container runtime and the root directory in a %s', kind => {
  expect(messagesOf('no-node-takeover', mounted('/var/run/docker.sock', { kind }))).toEqual([
    "Volume 'data' is '/var/run/docker.sock' of the node, which reaches the container runtime of the node.",
  ]);
  expect(messagesOf('no-node-takeover', mounted('/', { kind }))).toEqual([
    "Volume 'data' is '/' of the node, which contains all files of the node.",
  ]);
});

test.each([
  '/run/docker.sock',
  '/var/run/docker.sock/',
  '/var//run/./docker.sock',
  '/run/containerd/containerd.sock',
  '/run/k3s/containerd/containerd.sock',
  '/var/run/crio/crio.sock',
  '/run/podman/podman.sock',
  '/var/run/cri-dockerd.sock',
  '/run',
  '/var/run',
  '/run/containerd',
])('finds the container runtime behind %s, also if the mount is read-only', path => {
  expect(found(mounted(path))).toBe(1);
  expect(found(mounted(path, { mount: ', readOnly: true' }))).toBe(1);
});

test.each(['/etc', '/etc/', '/etc/kubernetes/manifests', '/usr/bin', '/root/.ssh', '/var/lib', '/opt/../etc'])(
  'finds a pod that can write to %s',
  path => {
    expect(found(mounted(path))).toBe(1);
    expect(found(mounted(path, { mount: ', readOnly: true' }))).toBe(0);
  },
);

test('joins the path of the volume and the path of the mount', () => {
  expect(found(mounted('/srv', { mount: ', subPath: data' }))).toBe(0);
  expect(found(mounted('/', { mount: ', subPath: var/run/docker.sock' }))).toBe(1);
  expect(found(mounted('/', { mount: ', subPath: srv/data' }))).toBe(0);
});

test.each([
  ['a node exporter', '/', ', readOnly: true'],
  ['a log agent', '/var/log', ''],
  ['a log agent of pods', '/var/log/pods', ', readOnly: true'],
  ['a driver of volumes', '/var/lib/kubelet/plugins', ''],
  ['a driver of volumes that mounts', '/var/lib/kubelet', ', mountPropagation: Bidirectional'],
  ['a driver of devices', '/dev', ''],
  ['a network plugin', '/etc/cni/net.d', ''],
  ['an agent that reads the processes', '/proc', ', readOnly: true'],
])('accepts the mount of %s in a DaemonSet', (_, path, mount) => {
  expect(found(mounted(path, { kind: 'DaemonSet', mount }))).toBe(0);
});

test.each([
  ['DaemonSet', '/var/run/docker.sock', 'info'],
  ['Deployment', '/var/run/docker.sock', 'warning'],
  ['DaemonSet', '/', 'warning'],
  ['DaemonSet', '/etc', 'warning'],
])('a %s that mounts %s has the severity %s', (kind, path, severity) => {
  expect(severitiesOf('no-node-takeover', mounted(path, { kind }))).toEqual([severity]);
});

test('reports a writable mount of an agent that also mounts the volume read-only', () => {
  const twice = mounted('/', { kind: 'DaemonSet', mount: ', readOnly: true' }).replace(
    'volumeMounts: [',
    'volumeMounts: [{name: data, mountPath: /host}, ',
  );
  expect(found(twice)).toBe(1);
});

test('ignores a volume that no container mounts', () => {
  expect(found(mounted('/').replace(/, volumeMounts: \[[^\]]*\]/, ''))).toBe(0);
});

const persistent = (source: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: config}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  ${source}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [b]}]}]}}
`;

test.each([
  ['hostPath: {path: /etc}', 'hostPath'],
  ['hostPath: {path: /}', 'hostPath'],
  ['local: {path: /var/lib/docker}', 'local'],
  ['hostPath: {path: /var/run/docker.sock}', 'hostPath'],
])('finds a PersistentVolume with {%s}, also on one node', (source, field) => {
  expect(auditWith('no-node-takeover', persistent(source)).findings.map(({ at }) => at)).toEqual([['spec', field]]);
});

test.each(['hostPath: {path: /mnt/data}', 'local: {path: /mnt/disks/ssd1}', 'nfs: {server: a, path: /}'])(
  'accepts a PersistentVolume with {%s}',
  source => {
    expect(found(persistent(source))).toBe(0);
  },
);
