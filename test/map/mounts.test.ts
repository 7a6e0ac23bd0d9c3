import { coreObject, mapYaml, rowAt, withVolume } from './fixtures';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount';
const NO_TOKEN = 'automountServiceAccountToken: false';

const paths = (yaml: string) => mapYaml(yaml).workloads[0].rows.map(({ path }) => path);

test('a token is mounted by default', () => {
  expect(paths(withVolume('emptyDir: {}'))).toContain(TOKEN);
});

test('a pod or its ServiceAccount can opt out of the token, and the pod takes precedence', () => {
  const account = coreObject('ServiceAccount', 'api', NO_TOKEN);
  const withAccount = (pod = '') => withVolume('emptyDir: {}', { pod: `serviceAccountName: api\n      ${pod}` });
  expect(paths(withVolume('emptyDir: {}', { pod: NO_TOKEN }))).not.toContain(TOKEN);
  expect(paths(withAccount() + account)).not.toContain(TOKEN);
  expect(paths(withAccount('automountServiceAccountToken: true') + account)).toContain(TOKEN);
});

test('a volume at the path of the token replaces the token', () => {
  const yaml = withVolume('emptyDir: {}').replace('mountPath: /it', `mountPath: ${TOKEN}`);
  expect(rowAt(mapYaml(yaml), TOKEN).kind).toBe('empty-dir');
  expect(paths(yaml).filter(path => path === TOKEN)).toHaveLength(1);
});

test('/dev/shm belongs to the pod by default', () => {
  expect(rowAt(mapYaml(withVolume('emptyDir: {}')), '/dev/shm')).toMatchObject({
    kind: 'shared-memory',
    lifetime: 'pod',
    sizeLimit: '64Mi',
    writable: true,
  });
});

test('/dev/shm belongs to the node with hostIPC', () => {
  const yaml = withVolume('emptyDir: {}', { pod: 'hostIPC: true' });
  expect(rowAt(mapYaml(yaml), '/dev/shm')).toMatchObject({ lifetime: 'node', sharing: 'node' });
});

test('a volume at /dev/shm replaces the default', () => {
  const yaml = withVolume('emptyDir: {medium: Memory}').replace('/it', '/dev/shm');
  expect(rowAt(mapYaml(yaml), '/dev/shm').kind).toBe('memory-empty-dir');
  expect(paths(yaml).filter(path => path === '/dev/shm')).toHaveLength(1);
});

test('a block device is mapped at its device path', () => {
  const yaml = withVolume('persistentVolumeClaim: {claimName: media}').replace(
    /volumeMounts: .*/,
    'volumeDevices: [{name: it, devicePath: /dev/xvda}]',
  );
  expect(rowAt(mapYaml(yaml), '/dev/xvda')).toMatchObject({
    kind: 'claim',
    notes: ['The manifests do not contain the claim.', 'The volume is mounted as a block device.'],
  });
});

test('a mount of an undefined volume is missing', () => {
  const yaml = withVolume('emptyDir: {}').replace('volumes: [{name: it', 'volumes: [{name: other');
  expect(rowAt(mapYaml(yaml), '/it')).toMatchObject({
    kind: 'missing',
    source: 'it',
    writable: false,
    notes: ["The pod has no volume 'it'."],
  });
});
