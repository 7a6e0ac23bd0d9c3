import type { ApiObjectMetadata, Cron, Duration, Size } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-28';
import type { BackupDestination } from '../../backup/backup-destination';
import type { SecretKey } from '../../logging/log-auth';
import type { SecretSource } from '../../pod/secret-source';
import type { PodVolume } from '../../pod/volumes/pod-volume';
import type { Waiver } from '../../safety/waiver';
import type { IDatabase } from '../client/database-client';

/** The backups that remain at the destination. */
export interface BackupRetention {
  /**
   * The number of newest backups that remain. Older ones are deleted after the upload of a new one, except the last one
   * that a trial has restored. Backups of another server in the same path are never deleted.
   *
   * @default 14
   */
  readonly keepLast?: number;
}

/** Options of the trial, which restores the newest backup into a throwaway server and compares it. */
export interface BackupTrialOptions {
  /**
   * The schedule.
   *
   * @default - every Sunday at 04:00
   */
  readonly schedule?: Cron;

  /**
   * The memory of the throwaway server.
   *
   * @default - the memory of the database; 1Gi for an external database
   */
  readonly memory?: Size;

  /**
   * The size of the volume of the throwaway server, which is deleted with the pod.
   *
   * @default - the size of the storage of the database; required for other storage and for an external database
   */
  readonly storageSize?: Size;

  /**
   * A query on the restored database that must return only true values, such as
   * `select count(*) > 1000 from orders`.
   *
   * @default - no query
   */
  readonly query?: string;

  /**
   * The time after which a trial fails.
   *
   * @default Duration.hours(6)
   */
  readonly deadline?: Duration;

  /**
   * The reason for having no trial, in at least three words.
   *
   * @default - backups are tried
   */
  readonly disabledReason?: string;
}

/** Props of a DatabaseBackup. */
export interface DatabaseBackupProps {
  /** The database: a `StatefulDatabase` or an `ExternalDatabase`. */
  readonly database: IDatabase;

  /** The schedule of backups. */
  readonly schedule: Cron;

  /** The destination, which should not fail together with the cluster. */
  readonly destination: BackupDestination;

  /**
   * The time zone of the schedules, as a name of the IANA database: `Europe/Berlin`.
   *
   * @default - the time zone of the controller manager, which is UTC in most clusters
   */
  readonly timeZone?: string;

  /**
   * The path of the backups at the destination. Use a different one for each database. Volume snapshots have none, and
   * no other prop of files, of their upload or of the volume of a dump.
   *
   * @default - the namespace and the name of the backup
   */
  readonly path?: string;

  /**
   * The backups that remain at the destination.
   *
   * @default - the newest 14, and the last one that a trial has restored
   */
  readonly retention?: BackupRetention;

  /**
   * The trial of backups.
   *
   * @default - every Sunday at 04:00
   */
  readonly trial?: BackupTrialOptions;

  /**
   * The names of the databases on a PostgreSQL server that are dumped. A backup of MySQL or MariaDB contains the
   * database of the connection, and one of Redis or Valkey contains all databases.
   *
   * @default - all databases of a StatefulDatabase with PostgreSQL; otherwise the database of the connection
   */
  readonly databases?: string[];

  /**
   * The volume of a dump, with a limit of its size: `PodVolume.ephemeralClaim` or `PodVolume.emptyDir`.
   *
   * @default - an ephemeral claim with the size of the storage of the database; required for other storage and for an
   *   external database
   */
  readonly workVolume?: PodVolume;

  /**
   * The minimum size of a backup. A smaller one fails, and is not uploaded.
   *
   * @default - any size
   */
  readonly minimumSize?: Size;

  /**
   * The minimum size of a backup, as a percentage of the last one of the same server. The run of a smaller backup fails
   * once, after its upload and before old backups are deleted, so that the alert on failed backups fires.
   *
   * @default - any size
   */
  readonly minimumPercentOfLast?: number;

  /**
   * The key that encrypts the files before they are uploaded: one line, and not empty. A backup cannot be read without
   * it, so keep a copy in another place than the cluster.
   *
   * @default - the files are not encrypted by the client
   */
  readonly encryptionKey?: SecretKey;

  /**
   * The time after which a backup fails.
   *
   * @default Duration.hours(6)
   */
  readonly deadline?: Duration;

  /**
   * Whether to record each backup and each trial in the cluster: as an event of its CronJob, and as annotations of the
   * ConfigMap with the suffix `-status`. A sidecar of the pods records them, with a token that only allows that. The
   * network policies of the pods also open the API server.
   *
   * @default false
   * @see https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
   */
  readonly events?: boolean;

  /**
   * Whether to create a `PrometheusRule` for the Prometheus Operator, with alerts on failed and missing backups and
   * trials. They use metrics of kube-state-metrics.
   *
   * @default false
   */
  readonly prometheusRule?: boolean;

  /**
   * The time without a successful backup after which an alert fires.
   *
   * @default Duration.hours(26)
   */
  readonly alertAfter?: Duration;

  /**
   * The time without a successful trial after which an alert fires.
   *
   * @default Duration.days(8)
   */
  readonly alertAfterTrial?: Duration;

  /**
   * The resources of the containers that dump and restore.
   *
   * @default - a request of 100m CPU without a limit, and 256Mi of memory; for Redis and Valkey, the memory of the
   *   StatefulDatabase, because their programs load all data
   */
  readonly resources?: ContainerResources;

  /**
   * The image of rclone, which uploads and downloads.
   *
   * @default - the official image, pinned
   */
  readonly rcloneImage?: string;

  /**
   * The memory of the containers with rclone. Four parts of each file are in memory, and S3 stores a file as at most
   * 10,000 parts.
   *
   * @default - 256Mi, and more if the storage of the database is larger than 195 GiB
   */
  readonly rcloneMemory?: Size;

  /**
   * The Secrets to pull images with.
   *
   * @default - the credentials of the nodes
   */
  readonly imagePullSecrets?: SecretSource[];

  /**
   * The name, namespace, labels and annotations of the objects. The suffixes `-trial` and `-restore` are added to the
   * name for the other CronJobs.
   *
   * @default - a name generated by the chart, in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The waivers of safe defaults, each with a reason.
   *
   * @default - all safe defaults apply
   */
  readonly waivers?: Waiver[];
}
