import { ApiObject, Chart, Cron } from 'cdk8s';
import { Construct } from 'constructs';
import { backupAlerts } from './backup-alerts';
import {
  backupJob,
  BackupExtension,
  connectionMounts,
  dumpContainer,
  engineDirectories,
  readOnlyMount,
} from './backup-job';
import { BackupPlan, backupPlan, DATABASE_BACKUP_PROPS, TrialPlan } from './backup-plan';
import type { DatabaseBackupProps } from './database-backup-props';
import { runRecord, statusObject } from './run-record';
import { trialServer } from './trial-server';
import { API_SERVER_EGRESS } from '../../api-client/api-access';
import type { AppWorkload } from '../../app-workload/app-workload';
import { destinationPolicy } from '../../backup/destination-policy';
import { BACKUP_DIRECTORY } from '../../backup/engine-backup';
import { BackupLocation, RemoteContainer, remoteContainer, temporaryMount } from '../../backup/remote-container';
import type { RemoteTask } from '../../backup/scripts/remote';
import { restoreCommand } from '../../backup/scripts/restore';
import { fail } from '../../checks/fail';
import { checkProps, checkRequiredProps } from '../../checks/props';
import { kibibytes } from '../../checks/values';
import type { PodAdditions, PodExtensionContext } from '../../pod/pod-extension';
import type { PodMount } from '../../pod/pod-parts';

/** The schedule of the CronJob that restores. It is suspended, and only a template for Jobs. */
const NEVER = Cron.schedule({ minute: '0', hour: '0', day: '1', month: '1' });

/**
 * Backups of a database, each with the number of rows and a hash of every table, and a trial that restores them.
 *
 * Creates three CronJobs, each with a ServiceAccount and a NetworkPolicy that only opens the database and the
 * destination. One dumps with the programs of the server's image to a volume, uploads, reads the upload back, and then
 * deletes old backups. One restores the newest backup into a throwaway server and compares it with the figures of the
 * source. One is suspended: `kubectl create job --from=cronjob/NAME-restore restore` restores the newest backup into
 * the database, if it is empty.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class DatabaseBackup extends Construct {
  /** The name of the CronJob that backs up. Those of the trial and the restore end in `-trial` and `-restore`. */
  public readonly name: string;

  /** The path of the backups at the destination, for `restoreFrom` of a new database. */
  public readonly path: string;

  private readonly location: BackupLocation;

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
    this.path = props.path ?? this.defaultPath(props);
    const { destination, encryptionKey, rcloneImage } = props;
    this.location = { destination, path: this.path, encryptionKey, rcloneImage, memory: plan.rcloneMemory };
    this.defineBackup(plan);
    if (plan.trial) {
      this.defineTrial(plan, plan.trial);
    }
    this.defineRestore(plan);
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

  private defineBackup(plan: BackupPlan): void {
    const { schedule, minimumSize, minimumPercentOfLast = 0 } = plan.props;
    const remote = this.remote(plan, 'upload', [readOnlyMount(plan.work)], {
      KEEP: String(plan.keepLast),
      MINIMUM_BYTES: String(minimumSize === undefined ? 0 : Math.ceil(kibibytes(minimumSize) * 1024)),
      MINIMUM_PERCENT: String(minimumPercentOfLast),
    });
    const { container } = remote;
    const job = backupJob(this, 'backup', plan, {
      ...container,
      name: this.name,
      controller: { schedule, activeDeadline: plan.deadline },
      remote,
    });
    this.extend(job, 'backup', remote, plan, (scope, context) => ({
      mounts: container.mounts,
      initContainers: [dumpContainer(plan, connectionMounts(scope, context, plan))],
    }));
  }

  private defineTrial(plan: BackupPlan, trial: TrialPlan): void {
    const fetch = this.fetch(plan);
    const remote = this.remote(plan, 'record', [readOnlyMount(plan.work)], {});
    const { container } = remote;
    const job = backupJob(this, 'trial', plan, {
      ...container,
      name: `${this.name}-trial`,
      controller: { schedule: trial.schedule, activeDeadline: trial.deadline },
      remote,
    });
    this.extend(job, 'trial', remote, plan, (scope, context) => {
      const { initContainers = [], ...server } = trialServer(scope, context, plan, trial);
      return { ...server, mounts: container.mounts, initContainers: [fetch.container, ...initContainers] };
    });
  }

  private defineRestore(plan: BackupPlan): void {
    if (plan.engine.restoreMethod !== 'client') {
      return;
    }
    const remote = this.fetch(plan);
    const job = backupJob(this, 'restore', plan, {
      name: `${this.name}-restore`,
      image: plan.spec.image,
      command: restoreCommand(plan.engine),
      env: {},
      resources: plan.resources,
      controller: { schedule: NEVER, suspend: true, activeDeadline: plan.deadline },
      remote,
    });
    this.extend(job, 'restore', remote, plan, (scope, context) => ({
      mounts: [
        readOnlyMount(plan.work),
        ...connectionMounts(scope, context, plan),
        ...engineDirectories(plan.engine, 'restore'),
      ],
      initContainers: [remote.container],
    }));
  }

  /** Returns the container that downloads the newest backup. */
  private fetch(plan: BackupPlan): RemoteContainer {
    const mounts = [plan.work, temporaryMount('fetch')];
    return this.remote(plan, 'fetch', mounts, { FETCH_DIRECTORY: BACKUP_DIRECTORY });
  }

  private remote(
    { engine }: BackupPlan,
    task: RemoteTask,
    mounts: readonly PodMount[],
    env: Readonly<Record<string, string>>,
  ): RemoteContainer {
    return remoteContainer(this, this.location, { engine, task, mounts, env });
  }

  /** Adds the parts of a Job that depend on it, opens the destination for its pods, and records its runs. */
  private extend(
    job: AppWorkload,
    id: 'backup' | 'trial' | 'restore',
    { egress }: RemoteContainer,
    { props }: BackupPlan,
    additions: (scope: Construct, context: PodExtensionContext) => PodAdditions,
  ): void {
    const task = props.events === true && id !== 'restore' ? id : undefined;
    const bind = (scope: Construct, context: PodExtensionContext): PodAdditions => {
      destinationPolicy(scope, context, task ? [...egress, API_SERVER_EGRESS] : egress);
      const { mounts = [], sidecars = [], ...rest } = additions(scope, context);
      const record = task ? runRecord(scope, context, { name: this.name, task }) : {};
      return {
        ...rest,
        mounts: [...mounts, ...(record.mounts ?? [])],
        sidecars: [...sidecars, ...(record.sidecars ?? [])],
      };
    };
    job.add(new BackupExtension(id, bind));
  }
}
