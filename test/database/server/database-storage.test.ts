import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { DatabaseStorage, ProvisionedClaimOptions, VolumeDataSource } from '../../../src';
import { creating, mountOf, MYSQL, objectsOf, server, statefulSet, variable, volume } from '../fixtures';

test('provisions volumes with its options', () => {
  const storage = DatabaseStorage.provisioned(Size.gibibytes(5), {
    storageClassName: 'fast',
    accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD,
    selector: { tier: 'db' },
    dataSource: VolumeDataSource.fromSnapshotName('last-night'),
    metadata: { labels: { team: 'shop' } },
  });
  expect(statefulSet(objectsOf({ storage })).spec.volumeClaimTemplates).toEqual([
    expect.objectContaining({
      metadata: expect.objectContaining({ name: 'data', labels: expect.objectContaining({ team: 'shop' }) }),
      spec: {
        accessModes: ['ReadWriteOncePod'],
        volumeMode: 'Filesystem',
        storageClassName: 'fast',
        selector: { matchLabels: { tier: 'db' } },
        dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'last-night' },
        resources: { requests: { storage: '5Gi' } },
      },
    }),
  ]);
});

test('copies another claim', () => {
  const dataSource = VolumeDataSource.fromClaimName('data-orders-0');
  const storage = DatabaseStorage.provisioned(Size.gibibytes(5), { dataSource });
  expect(statefulSet(objectsOf({ storage })).spec.volumeClaimTemplates[0].spec.dataSource).toEqual({
    kind: 'PersistentVolumeClaim',
    name: 'data-orders-0',
  });
});

test.each<[ProvisionedClaimOptions, string]>([
  [
    { accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY },
    "'accessMode' of 'storage' is 'ReadWriteMany', which allows several pods to write to the same files and destroy " +
      "them. Use 'ReadWriteOnce' or 'ReadWriteOncePod'.",
  ],
  [{ storageClassName: 'Fast Disk' }, "Invalid name 'Fast Disk' for 'storageClassName'."],
  [
    { dataSource: VolumeDataSource.fromSnapshotName('Last Night') },
    "Invalid name 'Last Night' for the VolumeSnapshot of 'dataSource'.",
  ],
  [{ selector: { tier: 'd b' } }, "Invalid value 'd b' for key 'tier' of 'selector'."],
  [{ metadata: { labels: { team: 's hop' } } }, "Invalid value 's hop' for key 'team' of 'metadata.labels'."],
])('refuses the options %j', (options, message) => {
  expect(creating({ storage: DatabaseStorage.provisioned(Size.gibibytes(5), options) })).toThrow(
    `[test/orders] ${message}`,
  );
});

test('refuses a volume that is smaller than the minimum of the engine', () => {
  expect(creating({ storage: DatabaseStorage.provisioned(Size.mebibytes(100)) })).toThrow(
    "[test/orders] The size of 'storage' is 100Mi, less than the 1Gi that postgresql needs. Set it to 1Gi or more.",
  );
});

describe('an existing claim', () => {
  const withDirectory = (directory?: string) =>
    objectsOf({ storage: DatabaseStorage.fromClaimName('my-db-pvc', { directory }) });

  test('is mounted, and no other is created', () => {
    expect(statefulSet(withDirectory()).spec.volumeClaimTemplates).toBeUndefined();
    expect(volume(withDirectory(), 'data')).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'my-db-pvc' },
    });
  });

  test('contains the data in a directory or at its root', () => {
    const dataPath = (directory?: string) => variable(withDirectory(directory), 'PGDATA');
    expect([dataPath(), dataPath('.'), dataPath('old/main')]).toEqual([
      '/var/lib/postgresql/data/pgdata',
      '/var/lib/postgresql/data',
      '/var/lib/postgresql/data/old/main',
    ]);
  });

  test('is mounted at its root or with a directory if the mount is the data directory', () => {
    const mount = (directory: string) =>
      mountOf(objectsOf({ engine: MYSQL, storage: DatabaseStorage.fromClaimName('my-db-pvc', { directory }) }), 'data');
    expect(mount('.').subPath).toBeUndefined();
    expect(mount('old').subPath).toBe('old');
  });

  test('is checked for a database at its root before a new one is created', () => {
    const [, , start] = server(withDirectory()).command;
    expect(start).toContain('elif [ -e /var/lib/postgresql/data/PG_VERSION ]; then');
    expect(start).not.toContain('a new one cannot be created there');
  });

  test('gets no new database at its root', () => {
    const [, , start] = server(withDirectory('.')).command;
    expect(start).not.toContain('elif');
    expect(start).toContain('the root of the claim contains no database, and a new one cannot be created there');
  });

  test.each([
    '/data',
    '../data',
    'a/',
    '',
    'a/../b',
    'a//b',
    './a',
    'a\nb',
    '$(id)',
    'a;b',
    'a b',
    '`id`',
    'a"b',
    "a'b",
    'a\0b',
  ])('is refused with the directory %j', directory => {
    expect(() => withDirectory(directory)).toThrow(
      `[test/orders] 'directory' is '${directory}', which is not a relative path on the claim. Write it without '/' ` +
        "at its ends and without '..', or use '.' for the root of the claim.",
    );
  });
});
