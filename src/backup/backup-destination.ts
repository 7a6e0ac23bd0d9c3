import { ClaimBackupDestinationOptions, ClaimDestination } from './destinations/claim';
import type { FileDestination } from './destinations/file-destination';
import { S3BackupDestinationOptions, S3Destination } from './destinations/s3';
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
    return new BackupDestination(new S3Destination(options));
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
    return new BackupDestination(new ClaimDestination(options));
  }

  private constructor(
    /** @internal */
    public readonly _files: FileDestination,
  ) {}
}
