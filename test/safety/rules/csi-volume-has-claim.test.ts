import { messagesOf, podOfKind } from './fixtures';

const count = (volume: string, mount = '') =>
  messagesOf(
    'csi-volume-has-claim',
    podOfKind('Deployment', { volume }).replace('mountPath: /data', `mountPath: /data${mount}`),
  ).length;

test.each([
  'hostpath.csi.k8s.io',
  'local.csi.openebs.io',
  'pmem-csi.intel.com',
  'inline.example.com',
  'ebs.csi.aws.com',
])('finds a volume of the driver %s', driver => {
  expect(count(`csi: {driver: ${driver}}`)).toBe(1);
  expect(count(`csi: {driver: ${driver}, readOnly: true}`)).toBe(0);
  expect(count(`csi: {driver: ${driver}}`, ', readOnly: true')).toBe(0);
});

test.each([
  // the driver writes the files
  'secrets-store.csi.k8s.io',
  'csi.cert-manager.io',
  'csi.spiffe.io',
  // the files are in a bucket or on a server
  'gcsfuse.csi.storage.gke.io',
  'nfs.csi.k8s.io',
])('accepts a volume of the driver %s', driver => {
  expect(count(`csi: {driver: ${driver}}`)).toBe(0);
});
