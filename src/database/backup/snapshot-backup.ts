import { Chart, Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { BackedUpVolume, trialServerFacts } from './backed-up-database';
import { addJobParts, backupJob, connectionMounts, engineDirectories, stringVariables } from './backup-job';
import type { BackupPlan, TrialPlan } from './backup-plan';
import type { DatabaseBackupProps } from './database-backup-props';
import { trialServer } from './trial-server';
import { accountMount, ApiPermission, clusterPermissions, CURL_IMAGE } from '../../api-client/api-access';
import {
  VolumeSnapshotBackupDestinationOptions,
  VolumeSnapshotDeletionPolicy,
} from '../../backup/destinations/volume-snapshot';
import { temporaryMount } from '../../backup/remote-container';
import { quiesceCommand } from '../../backup/scripts/quiesce';
import { BACKUP_KEYS } from '../../backup/scripts/record-run';
import { compareCommand } from '../../backup/scripts/restore';
import { snapshotCommand } from '../../backup/scripts/snapshot';
import { fail } from '../../checks/fail';
import { checkEnum } from '../../checks/value-types';
import { checkObjectName, quantity } from '../../checks/values';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';
import { credentialsMount } from '../server/server-pod';

const GROUP = 'snapshot.storage.k8s.io';

/** The props that only apply to files. */
const FILE_PROPS = [
  'path',
  'workVolume',
  'minimumSize',
  'minimumPercentOfLast',
  'encryptionKey',
  'rcloneImage',
  'rcloneMemory',
] as const satisfies readonly (keyof DatabaseBackupProps)[];

const RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) },
};

/** A finished pod keeps its claim, which the next backup replaces. */
const TRIAL_REMAINS = Duration.hours(6);

interface SnapshotBackupOptions {
  readonly name: string;
  readonly plan: BackupPlan;
  readonly snapshots: VolumeSnapshotBackupDestinationOptions;
}

/** Defines the CronJobs of a backup that consists of volume snapshots, and of its trial. */
export function snapshotBackup(scope: Construct, options: SnapshotBackupOptions): void {
  const { plan, snapshots } = options;
  const volume = checkSnapshots(scope, plan, snapshots);
  defineBackup(scope, options, volume);
  if (plan.trial) {
    defineTrial(scope, options, plan.trial, volume);
  }
}

function checkSnapshots(
  scope: Construct,
  { props, volume }: BackupPlan,
  { snapshotClassName, deletionPolicy, storageClassName }: VolumeSnapshotBackupDestinationOptions,
): BackedUpVolume {
  const unused = FILE_PROPS.find(prop => props[prop] !== undefined);
  if (unused) {
    fail(
      scope,
      `'${unused}' is set, but the destination is a volume snapshot, which has no files.`,
      'Omit the prop, or use another destination.',
    );
  }
  checkObjectName(scope, "'snapshotClassName' of the destination", snapshotClassName);
  if (storageClassName !== undefined) {
    checkObjectName(scope, "'storageClassName' of the destination", storageClassName);
  }
  checkEnum(
    scope,
    "'deletionPolicy' of the destination",
    deletionPolicy,
    'VolumeSnapshotDeletionPolicy',
    VolumeSnapshotDeletionPolicy,
  );
  return (
    volume ??
    fail(
      scope,
      "'destination' is a volume snapshot, but the volume of an external database is not in the cluster.",
      'Use another destination.',
    )
  );
}

function defineBackup(scope: Construct, options: SnapshotBackupOptions, volume: BackedUpVolume): void {
  const { name, plan, snapshots } = options;
  const { snapshotClassName, deletionPolicy = VolumeSnapshotDeletionPolicy.RETAIN } = snapshots;
  const job = backupJob(scope, 'backup', plan, {
    name,
    image: CURL_IMAGE,
    command: snapshotCommand('snapshot'),
    env: stringVariables({
      NAME: name,
      CLAIM: volume.claimName,
      SNAPSHOT_CLASS: snapshotClassName,
      DELETION_POLICY: deletionPolicy,
      KEEP: String(plan.keepLast),
      ...(plan.trial ? { TRIAL_CLAIM: trialClaim(options, volume), TRIAL_SIZE: quantity(plan.trial.storageSize) } : {}),
    }),
    resources: RESOURCES,
    controller: { schedule: plan.props.schedule, activeDeadline: plan.deadline },
  });
  addJobParts(job, {
    name,
    plan,
    task: 'backup',
    egress: [],
    permissions: [
      { apiGroups: [GROUP], resources: ['volumesnapshots'], verbs: ['create', 'get', 'list', 'patch', 'delete'] },
      ...(plan.trial ? claimPermissions(name) : []),
    ],
    additions: (inner, context) => {
      if (deletionPolicy === VolumeSnapshotDeletionPolicy.RETAIN) {
        const namespace = context.namespace ?? Chart.of(scope).namespace ?? missingNamespace(scope);
        clusterPermissions(inner, { name: context.workloadName, labels: context.labels }, namespace, [
          {
            apiGroups: [GROUP],
            resources: ['volumesnapshotclasses'],
            resourceNames: [snapshotClassName],
            verbs: ['get'],
          },
          // the names of contents are generated
          { apiGroups: [GROUP], resources: ['volumesnapshotcontents'], verbs: ['patch'] },
        ]);
      }
      return {
        mounts: [plan.work, accountMount()],
        sidecars: [
          {
            name: 'quiesce',
            image: plan.spec.image,
            command: quiesceCommand(plan.engine),
            env: stringVariables(plan.databases === '' ? {} : { DATABASES: plan.databases }),
            mounts: [
              ...connectionMounts(inner, context, plan),
              plan.work,
              temporaryMount('quiesce'),
              ...engineDirectories(plan.engine, 'quiesce'),
            ],
            resources: plan.resources,
          },
        ],
      };
    },
  });
}

function claimPermissions(name: string): ApiPermission[] {
  const claims = { apiGroups: [''], resources: ['persistentvolumeclaims'] };
  return [
    // RBAC cannot restrict `create` to a name
    { ...claims, verbs: ['create'] },
    { ...claims, resourceNames: [`${name}-trial`], verbs: ['get', 'delete'] },
  ];
}

/** Returns the claim of a trial as JSON, with the words `SNAPSHOT` and `SIZE` in place of the snapshot and its size. */
function trialClaim({ name, snapshots }: SnapshotBackupOptions, { storage }: BackedUpVolume): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: `${name}-trial`, annotations: { [`${BACKUP_KEYS}snapshot`]: 'SNAPSHOT' } },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: snapshots.storageClassName ?? storage._storageClassName,
      dataSource: { apiGroup: GROUP, kind: 'VolumeSnapshot', name: 'SNAPSHOT' },
      resources: { requests: { storage: 'SIZE' } },
    },
  });
}

function missingNamespace(scope: Construct): never {
  return fail(
    scope,
    'The chart has no namespace, which the ClusterRoleBinding of the backup must name.',
    "Set 'namespace' of the chart, or 'deletionPolicy: VolumeSnapshotDeletionPolicy.DELETE' of the destination.",
  );
}

function defineTrial(scope: Construct, options: SnapshotBackupOptions, trial: TrialPlan, volume: BackedUpVolume): void {
  const { name, plan } = options;
  const env = stringVariables({ NAME: name });
  const job = backupJob(scope, 'trial', plan, {
    name: `${name}-trial`,
    image: CURL_IMAGE,
    command: snapshotCommand('record'),
    env,
    resources: RESOURCES,
    controller: { schedule: trial.schedule, activeDeadline: trial.deadline, ttlAfterFinished: TRIAL_REMAINS },
  });
  const claim = { apiGroups: [''], resources: ['persistentvolumeclaims'], resourceNames: [`${name}-trial`] };
  addJobParts(job, {
    name,
    plan,
    task: 'trial',
    egress: [],
    permissions: [
      { ...claim, verbs: ['get'] },
      { apiGroups: [GROUP], resources: ['volumesnapshots'], verbs: ['get', 'patch'] },
    ],
    additions: (inner, context) => {
      const account = accountMount();
      const { storage, keys } = volume;
      const facts = trialServerFacts(inner, plan, { storage, keys, memory: trial.memory });
      const { initContainers = [], ...server } = trialServer(inner, context, plan, trial, {
        facts,
        data: PodVolume.fromClaimName(`${name}-trial`, { name: 'data' }),
        password: credentialsMount(facts),
        prepare: 'exec "$@"',
        check: { name: 'verify', command: compareCommand(plan.engine) },
      });
      const fetch = {
        name: 'fetch',
        image: CURL_IMAGE,
        command: snapshotCommand('fetch'),
        env,
        mounts: [plan.work, temporaryMount('fetch'), account],
        resources: RESOURCES,
      };
      const mounts: PodMount[] = [{ ...plan.work, readOnly: true }, account];
      return { ...server, mounts, initContainers: [fetch, ...initContainers] };
    },
  });
}
