import { auditWith } from './fixtures';

const storageClass = (name: string, fields = '', provisioner = 'ebs.csi.aws.com') =>
  'apiVersion: storage.k8s.io/v1\nkind: StorageClass\n' +
  `metadata: {name: ${name}}\nprovisioner: ${provisioner}\n${fields}\n`;

const found = (...documents: string[]) =>
  auditWith('volumes-can-grow', ...documents).findings.map(({ severity, message }) => [severity, message]);

const DATABASE = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: orders}
spec:
  template:
    spec:
      containers: [{name: db, image: "postgres:17", volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]}]
  volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: fast}}]
`;

test('reports the class of a server, by its claims or its name, and other classes as info', () => {
  expect(found(storageClass('fast'), DATABASE)).toEqual([
    ['warning', "The class 'fast' is that of PostgreSQL in 'orders', but its volumes cannot grow."],
  ]);
  const queue = DATABASE.replace('postgres:17', 'rabbitmq:4.1').replace('/postgresql/data', '/rabbitmq');
  expect(found(storageClass('fast'), queue)).toEqual([
    ['warning', "The class 'fast' is that of RabbitMQ in 'orders', but its volumes cannot grow."],
  ]);
  expect(found(storageClass('mysql-ssd', 'allowVolumeExpansion: false'))).toEqual([
    ['warning', "The class 'mysql-ssd' is for databases by its name, but its volumes cannot grow."],
  ]);
  expect(found(storageClass('fast'))).toEqual([['info', "The volumes of the class 'fast' cannot grow."]]);
});

test.each([
  storageClass('database', 'allowVolumeExpansion: true'),
  // their drivers cannot expand a volume
  storageClass('database', '', 'rancher.io/local-path'),
  storageClass('database', '', 'kubernetes.io/no-provisioner'),
  storageClass('database', '', 'nfs.csi.k8s.io'),
])('accepts %j', document => {
  expect(found(document)).toEqual([]);
});
