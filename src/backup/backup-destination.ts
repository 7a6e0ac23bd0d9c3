import type { IConstruct } from 'constructs';
import { ClaimBackupDestinationOptions, ClaimDestination } from './destinations/claim';
import type { FileDestination, ResolvedDestination } from './destinations/file-destination';
import { S3BackupDestinationOptions, S3Destination } from './destinations/s3';
import type { VolumeSnapshotBackupDestinationOptions } from './destinations/volume-snapshot';
import { fail } from '../checks/fail';
import { checkProps, optional, PropTable, required } from '../checks/props';

const S3: PropTable<S3BackupDestinationOptions> = {
  bucket: required('"backups"', 'string'),
  region: required('"eu-central-1"', 'string'),
  credentials: required('S3Credentials.accessKey({ secret: SecretSource.fromName("backups") })', 'S3Credentials'),
  prefix: optional('string'),
  endpoint: optional('string'),
  pathStyle: optional('boolean'),
  unencryptedReason: optional('string'),
  caCertificate: optional('CaCertificate'),
  serverSideEncryption: optional('string'),
  kmsKeyId: optional('string'),
  cidrs: optional('string[]'),
  egressPorts: optional('number[]'),
};

const CLAIM: PropTable<ClaimBackupDestinationOptions> = { claimName: required('"backups"', 'string') };

const VOLUME_SNAPSHOT: PropTable<VolumeSnapshotBackupDestinationOptions> = {
  snapshotClassName: required('"csi-snapshots"', 'string'),
  deletionPolicy: optional('string'),
  storageClassName: optional('string'),
};

/** The place to which backups are written, and from which they are restored. */
export class BackupDestination {
  /**
   * Writes backups to a bucket of S3 or a compatible object store. The credentials must allow to list, read, write and
   * delete the objects below the prefix.
   *
   * @param options bucket, region and credentials
   */
  public static s3(options: S3BackupDestinationOptions): BackupDestination {
    checkProps('BackupDestination.s3', options, S3);
    return new BackupDestination(new S3Destination(options), undefined);
  }

  /**
   * Writes backups to a PersistentVolumeClaim. To survive the loss of the cluster, use a volume of another system, for
   * example of an NFS server.
   *
   * @param options the name of the claim
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
   */
  public static claim(options: ClaimBackupDestinationOptions): BackupDestination {
    checkProps('BackupDestination.claim', options, CLAIM);
    return new BackupDestination(new ClaimDestination(options), undefined);
  }

  /**
   * Takes snapshots of the volume of a `StatefulDatabase`. Writes stop until the storage system has taken a snapshot.
   * Its figures are an annotation of the VolumeSnapshot, and a trial starts a server on a volume that is created from
   * it. The snapshots are lost with the storage system.
   *
   * @param options the class of the snapshots
   * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
   */
  public static volumeSnapshot(options: VolumeSnapshotBackupDestinationOptions): BackupDestination {
    checkProps('BackupDestination.volumeSnapshot', options, VOLUME_SNAPSHOT);
    return new BackupDestination(undefined, options);
  }

  private constructor(
    private readonly files: FileDestination | undefined,
    /**
     * The options of a destination that consists of snapshots.
     *
     * @internal
     */
    public readonly _snapshots: VolumeSnapshotBackupDestinationOptions | undefined,
  ) {}

  /**
   * Returns a destination with files for the pods of one Job. Refuses snapshots.
   *
   * @internal
   */
  public _resolve(scope: IConstruct): ResolvedDestination {
    return this.files === undefined
      ? fail(
          scope,
          "'restoreFrom' is set to volume snapshots, but a volume is created from a snapshot before its server starts.",
          'Omit the prop, and create the volume from the snapshot: ' +
            "'storage: DatabaseStorage.provisioned(size, { dataSource: VolumeDataSource.fromSnapshotName(name) })'.",
        )
      : this.files.resolve(scope);
  }
}
