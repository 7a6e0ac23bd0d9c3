import { App, Chart, Size } from 'cdk8s';
import { backup, containerNamed, cronJob, egressOf, externalBackup } from './fixtures';
import {
  BackupDestination,
  DatabaseBackupProps,
  DatabaseStorage,
  PodVolume,
  SecretSource,
  StatefulDatabaseProps,
  VolumeSnapshotBackupDestinationOptions,
  VolumeSnapshotDeletionPolicy,
} from '../../../src';
import { API_SERVER_PORTS } from '../../../src/facts/network';
import { database } from '../fixtures';

const destination = (options: Partial<VolumeSnapshotBackupDestinationOptions> = {}) =>
  BackupDestination.volumeSnapshot({ snapshotClassName: 'retained', ...options });

function newChart(namespace?: string): Chart {
  return new Chart(new App(), 'test', { namespace, disableResourceNameHashes: true });
}

function objectsOf(
  props: Partial<DatabaseBackupProps> = {},
  databaseProps: Partial<StatefulDatabaseProps> = {},
  chart = newChart('shop'),
): any[] {
  backup(chart, { destination: destination(), path: undefined, ...props }, databaseProps);
  return chart.toJson();
}

const mounts = ({ volumeMounts }: any): string[] => volumeMounts.map(({ mountPath }: any) => mountPath);
const variable = ({ env }: any, name: string) => env.find((each: any) => each.name === name)?.value;
const rules = (objects: any[], kind: string, name: string) =>
  objects.find(object => object.kind === kind && object.metadata.name === name)?.rules;

test('stops writes in a container with the password, and takes the snapshot in one with the token', () => {
  const { pod } = cronJob(objectsOf(), 'test-backup');
  expect([...pod.initContainers, ...pod.containers].map(({ name }: any) => name)).toEqual(['quiesce', 'app']);
  const [quiesce, app] = ['quiesce', 'app'].map(name => containerNamed(pod, name));
  expect(quiesce).toMatchObject({ image: 'docker.io/library/postgres:17.11-trixie', restartPolicy: 'Always' });
  expect(mounts(quiesce)).toEqual(expect.arrayContaining(['/backup', '/run/connection']));
  expect(mounts(app)).toEqual(expect.arrayContaining(['/backup', '/run/secrets/account']));
  expect(mounts(quiesce)).not.toContain('/run/secrets/account');
  expect(mounts(app)).not.toContain('/run/connection');
  expect(variable(app, 'CLAIM')).toBe('data-test-orders-0');
  expect(JSON.parse(variable(app, 'TRIAL_CLAIM'))).toMatchObject({
    metadata: { name: 'test-backup-trial' },
    spec: { dataSource: { kind: 'VolumeSnapshot', name: 'SNAPSHOT' }, resources: { requests: { storage: 'SIZE' } } },
  });
});

test('creates the volume of a trial in the class of the database, or in another one', () => {
  const classOf = (objects: any[]) =>
    JSON.parse(variable(containerNamed(cronJob(objects, 'test-backup').pod, 'app'), 'TRIAL_CLAIM')).spec
      .storageClassName;
  const storage = DatabaseStorage.provisioned(Size.gibibytes(20), { storageClassName: 'ssd' });
  expect(classOf(objectsOf({}, { storage }))).toBe('ssd');
  expect(classOf(objectsOf({ destination: destination({ storageClassName: 'hdd' }) }, { storage }))).toBe('hdd');
});

test('uses an existing claim', () => {
  const storage = DatabaseStorage.fromClaimName('old-data', { directory: '.' });
  const objects = objectsOf({ trial: { storageSize: Size.gibibytes(9) } }, { storage });
  expect(variable(containerNamed(cronJob(objects, 'test-backup').pod, 'app'), 'CLAIM')).toBe('old-data');
});

test('starts the server of the trial on a volume of the snapshot, with the password of the database', () => {
  const objects = objectsOf();
  const { spec, pod } = cronJob(objects, 'test-backup-trial');
  // a finished pod would keep the claim
  expect(spec.jobTemplate.spec.ttlSecondsAfterFinished).toBe(6 * 3600);
  expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['server', 'fetch', 'verify']);
  const volumes = Object.fromEntries(pod.volumes.map(({ name, ...source }: any) => [name, source]));
  expect(volumes.data).toEqual({ persistentVolumeClaim: { claimName: 'test-backup-trial' } });
  expect(volumes.credentials.secret.secretName).toBe('orders-db');
  const server = containerNamed(pod, 'server');
  expect(server.command.join(' ')).toContain('-c listen_addresses=127.0.0.1');
  expect(variable(server, 'PGDATA')).toBe('/var/lib/postgresql/data/pgdata');
  expect(egressOf(objects, 'trial')).toEqual([{ ports: API_SERVER_PORTS.map(port => ({ port, protocol: 'TCP' })) }]);
});

test('has no Job that restores, and no trial with a reason', () => {
  const names = (objects: any[]) =>
    objects.filter(({ kind }) => kind === 'CronJob').map(({ metadata }) => metadata.name);
  expect(names(objectsOf())).toEqual(['test-backup', 'test-backup-trial']);
  const objects = objectsOf({ trial: { disabledReason: 'another cluster tries them' } });
  expect(names(objects)).toEqual(['test-backup']);
  expect(JSON.stringify(rules(objects, 'Role', 'test-backup'))).not.toContain('persistentvolumeclaims');
});

test('needs permissions in the cluster only to keep the data of deleted snapshots', () => {
  const objects = objectsOf();
  expect(rules(objects, 'ClusterRole', 'shop-test-backup')).toEqual([
    {
      apiGroups: ['snapshot.storage.k8s.io'],
      resources: ['volumesnapshotclasses'],
      resourceNames: ['retained'],
      verbs: ['get'],
    },
    { apiGroups: ['snapshot.storage.k8s.io'], resources: ['volumesnapshotcontents'], verbs: ['patch'] },
  ]);
  expect(rules(objects, 'Role', 'test-backup-trial')).toEqual([
    { apiGroups: [''], resources: ['persistentvolumeclaims'], resourceNames: ['test-backup-trial'], verbs: ['get'] },
    { apiGroups: ['snapshot.storage.k8s.io'], resources: ['volumesnapshots'], verbs: ['get', 'patch'] },
  ]);
  const { DELETE } = VolumeSnapshotDeletionPolicy;
  const kinds = objectsOf({ destination: destination({ deletionPolicy: DELETE }) }).map(({ kind }) => kind);
  expect(kinds).not.toContain('ClusterRole');
});

test('adds the permissions of events to those of snapshots', () => {
  const objects = objectsOf({ events: true });
  expect(objects.filter(({ kind }) => kind === 'Role').map(({ metadata }) => metadata.name)).toEqual([
    'test-backup',
    'test-backup-trial',
  ]);
  expect(JSON.stringify(rules(objects, 'Role', 'test-backup'))).toContain('"events"');
});

test.each<[string, Partial<DatabaseBackupProps>, string]>([
  ['path', { path: 'shop/orders' }, "'path' is set, but the destination is a volume snapshot, which has no files."],
  ['workVolume', { workVolume: PodVolume.emptyDir('dump', { sizeLimit: Size.gibibytes(1) }) }, "'workVolume' is set"],
  ['minimumSize', { minimumSize: Size.mebibytes(1) }, "'minimumSize' is set"],
  ['minimumPercentOfLast', { minimumPercentOfLast: 50 }, "'minimumPercentOfLast' is set"],
  ['encryptionKey', { encryptionKey: { secret: SecretSource.fromName('key'), key: 'key' } }, "'encryptionKey' is set"],
  ['rcloneImage', { rcloneImage: 'rclone/rclone:1.75.1' }, "'rcloneImage' is set"],
  ['rcloneMemory', { rcloneMemory: Size.mebibytes(512) }, "'rcloneMemory' is set"],
  ['an invalid class', { destination: destination({ snapshotClassName: 'A b' }) }, "'snapshotClassName'"],
  ['an invalid StorageClass', { destination: destination({ storageClassName: 'A b' }) }, "'storageClassName'"],
  [
    'an invalid policy',
    { destination: destination({ deletionPolicy: 'Keep' as VolumeSnapshotDeletionPolicy }) },
    "'deletionPolicy' of the destination",
  ],
])('refuses %s', (_, props, problem) => {
  expect(() => objectsOf(props)).toThrow(problem);
});

test('refuses a chart without a namespace, which a ClusterRoleBinding must name', () => {
  expect(() => objectsOf({}, {}, newChart())).toThrow('The chart has no namespace');
});

test('refuses an external database', () => {
  const chart = newChart('shop');
  const props = { destination: destination(), path: undefined, workVolume: undefined };
  expect(() => externalBackup(chart, props)).toThrow('the volume of an external database is not in the cluster');
});

test('refuses to restore from a snapshot into a server that exists', () => {
  const restoreFrom = { destination: destination(), path: 'backup' };
  const define = () => database(newChart('shop'), { restoreFrom });
  expect(define).toThrow('VolumeDataSource.fromSnapshotName(name)');
});
