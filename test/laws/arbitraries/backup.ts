import { Cron, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { cidrs, caCertificate } from './addresses';
import { hostile, metadata, mostly, name, optional, port, props, secret, size, text, time } from './values';
import { waivers } from './workload';
import {
  BackupDestination,
  VolumeSnapshotDeletionPolicy,
  DatabaseBackupProps,
  DatabaseRestoreSource,
  PodVolume,
  S3Credentials,
  S3ServerSideEncryption,
} from '../../../src';

const schedule = fc.constantFrom(Cron.daily(), Cron.schedule({ minute: '7', hour: '3' }));
const deadline = mostly(fc.constantFrom(600, 7200).map(Duration.seconds), time);
const largeSize = mostly(fc.integer({ min: 6, max: 2000 }).map(Size.gibibytes), size);
const rcloneImage = mostly(fc.constant('mirror.example.com/rclone:1.75.1'), hostile);
const path = mostly(fc.constantFrom('shop/orders', 'orders'), hostile);
const encryptionKey = fc.record({ secret, key: name });

const credentials = fc.oneof(
  fc
    .tuple(secret, optional({ accessKeyIdKey: name, secretAccessKeyKey: name }))
    .map(([source, keys]) => S3Credentials.accessKey({ secret: source, ...keys })),
  optional({ serviceAccountAnnotations: fc.dictionary(name, text, { maxKeys: 2 }) }).map(options =>
    S3Credentials.podIdentity(options),
  ),
);

const encryption = fc.oneof(
  fc.constant({}),
  fc.constant({ serverSideEncryption: S3ServerSideEncryption.AES256 }),
  optional({ kmsKeyId: text }).map(key => ({ serverSideEncryption: S3ServerSideEncryption.KMS, ...key })),
);

const endpoint = fc.oneof(
  fc.constant({}),
  fc.constantFrom('https://s3.example.com:9000', 'https://s3.storage.svc').map(url => ({ endpoint: url })),
  fc.record({
    endpoint: fc.constant('http://s3.storage.svc:9000'),
    unencryptedReason: mostly(fc.constant('the mesh encrypts it'), text),
  }),
);

const s3 = fc
  .tuple(
    props(
      {
        bucket: mostly(fc.constant('backups'), hostile),
        region: mostly(fc.constant('eu-central-1'), hostile),
        credentials,
      },
      {
        prefix: mostly(fc.constantFrom('team', 'team/databases'), hostile),
        pathStyle: fc.boolean(),
        caCertificate,
        cidrs,
        egressPorts: fc.array(port, { minLength: 1, maxLength: 2 }),
      },
    ),
    encryption,
    endpoint,
  )
  .map(([options, keys, address]) => BackupDestination.s3({ ...options, ...keys, ...address }));

const claim = mostly(fc.constant('backups'), hostile).map(claimName => BackupDestination.claim({ claimName }));

const destination = fc.oneof({ weight: 3, arbitrary: s3 }, { weight: 1, arbitrary: claim });

// without it, only a database of a known size is accepted
const workVolume = fc.oneof(
  { weight: 3, arbitrary: largeSize.map(volumeSize => PodVolume.ephemeralClaim('dump', { size: volumeSize })) },
  { weight: 3, arbitrary: largeSize.map(sizeLimit => PodVolume.emptyDir('dump', { sizeLimit })) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

const trial = fc.oneof(
  {
    weight: 4,
    arbitrary: props(
      { storageSize: largeSize },
      {
        schedule,
        memory: mostly(fc.integer({ min: 1, max: 8 }).map(Size.gibibytes), size),
        query: mostly(fc.constant('select true'), text),
        deadline,
      },
    ),
  },
  { weight: 1, arbitrary: fc.record({ disabledReason: mostly(fc.constant('another cluster tries them'), text) }) },
);

const snapshots = props(
  { snapshotClassName: mostly(fc.constant('retained'), hostile) },
  {
    deletionPolicy: fc.constantFrom(...Object.values(VolumeSnapshotDeletionPolicy)),
    storageClassName: mostly(fc.constant('ssd'), hostile),
  },
).map(options => BackupDestination.volumeSnapshot(options));

/** The props that apply to all destinations. */
const commonProps = {
  timeZone: mostly(fc.constant('Europe/Berlin'), text),
  retention: optional({ keepLast: mostly(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0, -1, 0.5)) }),
  databases: fc.array(mostly(fc.constantFrom('app', "a 'b'"), text), { maxLength: 2 }),
  deadline,
  prometheusRule: fc.boolean(),
  events: fc.boolean(),
  alertAfter: deadline,
  alertAfterTrial: deadline,
  resources: fc.constantFrom({ cpu: { request: Cpu.millis(50) } }, { memory: { limit: Size.mebibytes(512) } }),
  imagePullSecrets: fc.array(secret, { maxLength: 1 }),
  metadata,
  waivers,
};

const fileBackupProps = props(
  { schedule, destination, path, workVolume, trial },
  {
    ...commonProps,
    minimumSize: size,
    minimumPercentOfLast: mostly(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0, 101, 0.5)),
    encryptionKey,
    rcloneImage,
    rcloneMemory: largeSize,
  },
);

const snapshotBackupProps = props({ schedule, destination: snapshots, trial }, commonProps);

/** The props of a backup, without its database. */
export const backupProps: fc.Arbitrary<Omit<DatabaseBackupProps, 'database'>> = fc.oneof(
  { weight: 3, arbitrary: fileBackupProps },
  { weight: 1, arbitrary: snapshotBackupProps },
);

/** The backup that a database is restored from. */
export const restoreFrom: fc.Arbitrary<DatabaseRestoreSource> = props(
  { destination, path },
  {
    backupName: mostly(fc.constant('000042-20260101T020000Z-1f3a5c7e-x2x4d'), text),
    encryptionKey,
    rcloneImage,
  },
);
