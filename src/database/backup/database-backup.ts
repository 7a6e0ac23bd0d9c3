import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { backupAlerts } from './backup-alerts';
import { backupPlan, DATABASE_BACKUP_PROPS } from './backup-plan';
import type { DatabaseBackupProps } from './database-backup-props';
import { fileBackup } from './file-backup';
import { statusObject } from './run-record';
import { snapshotBackup } from './snapshot-backup';
import { fail } from '../../checks/fail';
import { checkProps, checkRequiredProps } from '../../checks/props';

/**
 * Backups of a database, each with the number of rows and a hash of every table, and a trial that restores them.
 *
 * Creates three CronJobs, each with a ServiceAccount and a NetworkPolicy that only opens the database and the
 * destination. One dumps with the programs of the server's image to a volume, uploads, reads the upload back, and then
 * deletes old backups. One restores the newest backup into a throwaway server and compares it with the figures of the
 * source. One is suspended: `kubectl create job --from=cronjob/NAME-restore restore` restores the newest backup into
 * the database, if it is empty.
 *
 * With volume snapshots, one takes a snapshot while writes are stopped, and one starts a throwaway server on a volume
 * that is created from the newest snapshot, and compares its data.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class DatabaseBackup extends Construct {
  /** The name of the CronJob that backs up. Those of the trial and the restore end in `-trial` and `-restore`. */
  public readonly name: string;

  /** The path of the backups at the destination, for `restoreFrom` of a new database. Not for volume snapshots. */
  public readonly path: string;

  /**
   * @param scope the chart, or a construct in it
   * @param id the construct ID
   * @param props the props
   */
  constructor(scope: Construct, id: string, props: DatabaseBackupProps) {
    super(scope, id);
    // subclasses can have more props
    const check = new.target === DatabaseBackup ? checkProps<DatabaseBackupProps> : checkRequiredProps;
    check(this, props, DATABASE_BACKUP_PROPS);
    const plan = backupPlan(this, props);
    // a generated name depends on the path of the construct only
    this.name = props.metadata?.name ?? Chart.of(this).generateObjectName(this as unknown as ApiObject);
    const { destination, encryptionKey, rcloneImage } = props;
    const { _snapshots: snapshots } = destination;
    this.path = props.path ?? (snapshots ? this.name : this.defaultPath(props));
    if (snapshots) {
      snapshotBackup(this, { name: this.name, plan, snapshots });
    } else {
      const location = { destination, path: this.path, encryptionKey, rcloneImage, memory: plan.rcloneMemory };
      fileBackup(this, { name: this.name, plan, location });
    }
    if (props.events === true) {
      statusObject(this, this.name, plan);
    }
    if (props.prometheusRule === true) {
      backupAlerts(this, this.name, plan);
    }
  }

  private defaultPath({ metadata }: DatabaseBackupProps): string {
    const namespace = metadata?.namespace ?? Chart.of(this).namespace;
    return namespace === undefined
      ? fail(
          this,
          "'path' is missing, and the chart has no namespace, so backups of several namespaces would have one path.",
          "Set 'namespace' of the chart, or 'path'.",
        )
      : `${namespace}/${this.name}`;
  }
}
