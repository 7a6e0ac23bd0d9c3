import type { BackupDestination } from '../../backup/backup-destination';
import type { SecretKey } from '../../logging/log-auth';

/** The backup that a database is restored from. */
export interface DatabaseRestoreSource {
  /** The destination of the backups. */
  readonly destination: BackupDestination;

  /** The path of the `DatabaseBackup` at the destination: `DatabaseBackup.path`. */
  readonly path: string;

  /**
   * The name of the backup, for example `000042-20260101T020000Z-1f3a5c7e-x2x4d`.
   *
   * @default - the newest complete backup
   */
  readonly backupName?: string;

  /**
   * The key that the backups are encrypted with.
   *
   * @default - the backups are not encrypted
   */
  readonly encryptionKey?: SecretKey;

  /**
   * The image of rclone, which downloads the backup.
   *
   * @default - the official image, pinned
   */
  readonly rcloneImage?: string;
}
