import { messagesOf, severitiesOf } from './fixtures';

const storageClass = (name: string, fields = '') =>
  'apiVersion: storage.k8s.io/v1\nkind: StorageClass\n' +
  `metadata: {name: ${name}}\nprovisioner: ebs.csi.aws.com\n${fields}\n`;
const checked = (...documents: string[]) => messagesOf('volumes-are-retained', ...documents);
const DELETED = 'but its volumes are deleted with their claims.';

const database = (className: string, image = 'postgres:17') => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: orders}
spec:
  template:
    spec:
      containers: [{name: db, image: "${image}", volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]}]
  volumeClaimTemplates: [{metadata: {name: data}, spec: {${className}}}]
`;

test('reports the class of a database, by its claims or its name', () => {
  expect(checked(storageClass('fast'), database('storageClassName: fast'))).toEqual([
    `The class 'fast' is that of PostgreSQL in 'orders', ${DELETED}`,
  ]);
  expect(checked(storageClass('ssd-postgres'))).toEqual([
    `The class 'ssd-postgres' is for databases by its name, ${DELETED}`,
  ]);
  expect(checked(storageClass('fast-retain', 'reclaimPolicy: Delete'))).toEqual([
    `The class 'fast-retain' promises by its name to retain volumes, ${DELETED}`,
  ]);
});

test('reports the default class, which a claim without a class gets', () => {
  const annotation = 'metadata: {annotations: {storageclass.kubernetes.io/is-default-class: "true"}, ';
  const defaultClass = storageClass('fast').replace('metadata: {', annotation);
  expect(checked(defaultClass, database(''))).toHaveLength(1);
  expect(checked(storageClass('fast'), database(''))).toEqual([]);
});

test.each([
  [[storageClass('fast')]],
  [[storageClass('fast'), database('storageClassName: fast', 'acme/queue:1')]],
  [[storageClass('fast', 'reclaimPolicy: Retain'), database('storageClassName: fast')]],
  [[storageClass('databank')]],
  [[storageClass('db-retain', 'reclaimPolicy: Retain')]],
])('accepts other classes %#', documents => {
  expect(checked(...documents)).toEqual([]);
});

const volume = (policy: string, metadata = '') =>
  'apiVersion: v1\nkind: PersistentVolume\n' +
  `metadata: {name: v${metadata}}\nspec: {nfs: {server: a, path: /}${policy}}\n`;

test('reports a volume that was created by hand', () => {
  expect(checked(volume(', persistentVolumeReclaimPolicy: Recycle'))).toEqual([
    "The volume was created by hand, and its data is deleted with its claim, because its policy is 'Recycle'.",
  ]);
  // Retain is the default of such a volume
  expect(checked(volume(''))).toEqual([]);
  const provisioned = ', annotations: {pv.kubernetes.io/provisioned-by: ebs.csi.aws.com}';
  expect(checked(volume(', persistentVolumeReclaimPolicy: Delete', provisioned))).toEqual([]);
});

const volumeOfType = (fields: string) =>
  `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {${fields}}\n`;

test.each([
  ['csi: {driver: a, volumeHandle: b}, persistentVolumeReclaimPolicy: Delete', true],
  ['awsElasticBlockStore: {volumeID: a}, persistentVolumeReclaimPolicy: Delete', true],
  ['nfs: {server: a, path: /}, persistentVolumeReclaimPolicy: Recycle', true],
  ['hostPath: {path: /tmp/a}, persistentVolumeReclaimPolicy: Delete', true],
  ['hostPath: {path: /srv}, persistentVolumeReclaimPolicy: Delete', false],
  ['nfs: {server: a, path: /}, persistentVolumeReclaimPolicy: Delete', false],
  ['local: {path: /srv}, persistentVolumeReclaimPolicy: Delete', false],
])('tells whether Kubernetes deletes the data of a volume with {%s}: %p', (fields, isDeleted) => {
  expect(checked(volumeOfType(fields))).toHaveLength(isDeleted ? 1 : 0);
});

test.each([
  ['name: nightly', 'warning'],
  ['name: csi-backup', 'warning'],
  ['name: csi, labels: {velero.io/csi-volumesnapshot-class: "true"}', 'warning'],
  ['name: csi', 'info'],
])('deleted snapshots of the class {%s} have the severity %s', (metadata, severity) => {
  const snapshots =
    'apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\n' +
    `metadata: {${metadata}}\ndriver: a\ndeletionPolicy: Delete\n`;
  expect(severitiesOf('volumes-are-retained', snapshots)).toEqual([severity]);
});

test('accepts a class without a provisioner, whose volumes have a policy of their own', () => {
  const byHand = storageClass('database').replace('ebs.csi.aws.com', 'kubernetes.io/no-provisioner');
  expect(checked(byHand)).toEqual([]);
});

test.each([
  ['volumeAttributes: {staticVolume: "true"}', 0],
  ['volumeAttributes: {clusterID: a}', 1],
])('a volume of CephFS that was created by hand with {%s} has %i findings', (attributes, count) => {
  const files = `apiVersion: v1
kind: PersistentVolume
metadata: {name: files}
spec:
  persistentVolumeReclaimPolicy: Delete
  csi: {driver: cephfs.csi.ceph.com, volumeHandle: files, ${attributes}}
`;
  expect(checked(files)).toHaveLength(count);
});
