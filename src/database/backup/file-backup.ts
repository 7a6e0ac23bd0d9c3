import { Cron } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  addJobParts,
  backupJob,
  connectionMounts,
  dumpContainer,
  engineDirectories,
  readOnlyMount,
} from './backup-job';
import type { BackupPlan, TrialPlan } from './backup-plan';
import { emptyStart, trialServer } from './trial-server';
import { BACKUP_DIRECTORY } from '../../backup/engine-backup';
import { BackupLocation, RemoteContainer, remoteContainer, temporaryMount } from '../../backup/remote-container';
import type { RemoteTask } from '../../backup/scripts/remote';
import { restoreCommand } from '../../backup/scripts/restore';
import { kibibytes } from '../../checks/values';
import type { PodMount } from '../../pod/pod-parts';

/** The schedule of the CronJob that restores. It is suspended, and only a template for Jobs. */
const NEVER = Cron.schedule({ minute: '0', hour: '0', day: '1', month: '1' });

interface FileBackupOptions {
  readonly name: string;
  readonly plan: BackupPlan;
  readonly location: BackupLocation;
}

/** Defines the CronJobs of a backup that consists of files: dump and upload, trial, and restore. */
export function fileBackup(scope: Construct, options: FileBackupOptions): void {
  defineBackup(scope, options);
  if (options.plan.trial) {
    defineTrial(scope, options, options.plan.trial);
  }
  if (options.plan.engine.restoreMethod === 'client') {
    defineRestore(scope, options);
  }
}

function defineBackup(scope: Construct, options: FileBackupOptions): void {
  const { name, plan } = options;
  const { schedule, minimumSize, minimumPercentOfLast = 0 } = plan.props;
  const { container, egress, serviceAccountAnnotations } = remote(
    scope,
    options,
    'upload',
    [readOnlyMount(plan.work)],
    {
      KEEP: String(plan.keepLast),
      MINIMUM_BYTES: String(minimumSize === undefined ? 0 : Math.ceil(kibibytes(minimumSize) * 1024)),
      MINIMUM_PERCENT: String(minimumPercentOfLast),
    },
  );
  const job = backupJob(scope, 'backup', plan, {
    ...container,
    name,
    controller: { schedule, activeDeadline: plan.deadline },
    serviceAccountAnnotations,
  });
  addJobParts(job, {
    name,
    plan,
    task: 'backup',
    egress,
    additions: (inner, context) => ({
      mounts: container.mounts,
      initContainers: [dumpContainer(plan, connectionMounts(inner, context, plan))],
    }),
  });
}

function defineTrial(scope: Construct, options: FileBackupOptions, trial: TrialPlan): void {
  const { name, plan } = options;
  const download = fetchContainer(scope, options);
  const { container, egress, serviceAccountAnnotations } = remote(scope, options, 'record', [readOnlyMount(plan.work)]);
  const job = backupJob(scope, 'trial', plan, {
    ...container,
    name: `${name}-trial`,
    controller: { schedule: trial.schedule, activeDeadline: trial.deadline },
    serviceAccountAnnotations,
  });
  addJobParts(job, {
    name,
    plan,
    task: 'trial',
    egress,
    additions: (inner, context) => {
      const { initContainers = [], ...server } = trialServer(
        inner,
        context,
        plan,
        trial,
        emptyStart(inner, plan, trial),
      );
      return { ...server, mounts: container.mounts, initContainers: [download.container, ...initContainers] };
    },
  });
}

function defineRestore(scope: Construct, options: FileBackupOptions): void {
  const { name, plan } = options;
  const { container, egress, serviceAccountAnnotations } = fetchContainer(scope, options);
  const job = backupJob(scope, 'restore', plan, {
    name: `${name}-restore`,
    image: plan.spec.image,
    command: restoreCommand(plan.engine),
    env: {},
    resources: plan.resources,
    controller: { schedule: NEVER, suspend: true, activeDeadline: plan.deadline },
    serviceAccountAnnotations,
  });
  addJobParts(job, {
    name,
    plan,
    task: 'restore',
    egress,
    additions: (inner, context) => ({
      mounts: [
        readOnlyMount(plan.work),
        ...connectionMounts(inner, context, plan),
        ...engineDirectories(plan.engine, 'restore'),
      ],
      initContainers: [container],
    }),
  });
}

/** Returns the container that downloads the newest backup. */
function fetchContainer(scope: Construct, options: FileBackupOptions): RemoteContainer {
  const mounts = [options.plan.work, temporaryMount('fetch')];
  return remote(scope, options, 'fetch', mounts, { FETCH_DIRECTORY: BACKUP_DIRECTORY });
}

function remote(
  scope: Construct,
  { plan: { engine }, location }: FileBackupOptions,
  task: RemoteTask,
  mounts: readonly PodMount[],
  env: Readonly<Record<string, string>> = {},
): RemoteContainer {
  return remoteContainer(scope, location, { engine, task, mounts, env });
}
