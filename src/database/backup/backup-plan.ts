import { Cron, Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { BackedUpDatabase, backedUpDatabase } from './backed-up-database';
import type { BackupRetention, BackupTrialOptions, DatabaseBackupProps } from './database-backup-props';
import { BACKUP_DIRECTORY } from '../../backup/engine-backup';
import { rcloneMemory } from '../../backup/remote-container';
import { fail } from '../../checks/fail';
import { checkProps, optional, PropTable, required } from '../../checks/props';
import { checkReason } from '../../checks/reason';
import { checkInteger, checkSize } from '../../checks/values';
import { checkDuration } from '../../controllers/option-checks';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';

export const DATABASE_BACKUP_PROPS: PropTable<DatabaseBackupProps> = {
  database: required('new StatefulDatabase(...)', 'object'),
  schedule: required("Cron.schedule({ minute: '0', hour: '2' })", 'Cron'),
  destination: required("BackupDestination.s3({ bucket: 'backups', ... })", 'BackupDestination'),
  timeZone: optional('string'),
  path: optional('string'),
  retention: optional('object'),
  trial: optional('object'),
  databases: optional('string[]'),
  workVolume: optional('PodVolume'),
  minimumSize: optional('Size'),
  minimumPercentOfLast: optional('number'),
  encryptionKey: optional('object'),
  deadline: optional('Duration'),
  events: optional('boolean'),
  prometheusRule: optional('boolean'),
  alertAfter: optional('Duration'),
  alertAfterTrial: optional('Duration'),
  resources: optional('object'),
  rcloneImage: optional('string'),
  rcloneMemory: optional('Size'),
  imagePullSecrets: optional('SecretSource[]'),
  metadata: optional('any{}'),
  waivers: optional('Waiver[]'),
};

const RETENTION: PropTable<BackupRetention> = { keepLast: optional('number') };

const TRIAL: PropTable<BackupTrialOptions> = {
  schedule: optional('Cron'),
  memory: optional('Size'),
  storageSize: optional('Size'),
  query: optional('string'),
  deadline: optional('Duration'),
  disabledReason: optional('string'),
};

/** A client of a database needs little memory. */
const RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(100) },
  memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
};

/** The props of a backup, checked and completed. */
export interface BackupPlan extends BackedUpDatabase {
  readonly props: DatabaseBackupProps;
  readonly keepLast: number;
  readonly work: PodMount;
  readonly resources: ContainerResources;
  readonly rcloneMemory: Size;
  readonly deadline: Duration;
  /** The names of the databases, one in each line; empty for all. */
  readonly databases: string;
  /** The trial, unless it is disabled. */
  readonly trial?: TrialPlan;
}

/** The options of a trial, completed. */
export interface TrialPlan {
  readonly schedule: Cron;
  readonly deadline: Duration;
  readonly storageSize: Size;
  readonly memory?: Size;
  readonly query?: string;
}

/** Checks the props of a backup, and completes them. */
export function backupPlan(scope: Construct, props: DatabaseBackupProps): BackupPlan {
  const database = backedUpDatabase(scope, props.database);
  const { retention = {}, resources = defaultResources(database), deadline = Duration.hours(6), minimumSize } = props;
  checkProps(scope, retention, RETENTION, "'retention'");
  checkDurations(scope, props);
  if (minimumSize !== undefined) {
    checkSize(scope, "'minimumSize'", minimumSize);
  }
  checkInteger(scope, "'minimumPercentOfLast'", props.minimumPercentOfLast ?? 1, 1, 100);
  return {
    ...database,
    props,
    keepLast: checkInteger(scope, "'retention.keepLast'", retention.keepLast ?? 14, 1, 100_000),
    work: { path: BACKUP_DIRECTORY, volume: workVolume(scope, props, database) },
    resources,
    rcloneMemory: checkSize(scope, "'rcloneMemory'", props.rcloneMemory ?? rcloneMemory(database.storageSize)),
    deadline,
    databases: databaseNames(scope, props, database).join('\n'),
    trial: trialPlan(scope, props.trial ?? {}, database),
  };
}

/** A run needs time to start its pod, and an alert fires after ten minutes. */
function checkDurations(scope: Construct, { deadline, alertAfter, alertAfterTrial, trial }: DatabaseBackupProps): void {
  checkDuration(scope, "'deadline'", deadline, 60);
  checkDuration(scope, "'trial.deadline'", trial?.deadline, 60);
  checkDuration(scope, "'alertAfter'", alertAfter, 600);
  checkDuration(scope, "'alertAfterTrial'", alertAfterTrial, 600);
}

/** Returns the resources of a client, with the memory of the server for one that loads all data. */
function defaultResources({ engine, server }: BackedUpDatabase): ContainerResources {
  return engine.loadsData && server
    ? { ...RESOURCES, memory: { request: server.memory, limit: server.memory } }
    : RESOURCES;
}

function workVolume(
  scope: Construct,
  { workVolume: volume, destination }: DatabaseBackupProps,
  { storageSize }: BackedUpDatabase,
): PodVolume {
  if (destination._snapshots) {
    return PodVolume.emptyDir('figures', { sizeLimit: Size.mebibytes(64) });
  }
  if (volume !== undefined) {
    return volume;
  }
  return storageSize === undefined
    ? fail(
        scope,
        "'workVolume' is missing, and the size of the database is unknown.",
        'Set it, for example \'workVolume: PodVolume.ephemeralClaim("dump", { size: Size.gibibytes(20) })\'.',
      )
    : PodVolume.ephemeralClaim('dump', { size: storageSize });
}

function databaseNames(
  scope: Construct,
  { databases }: DatabaseBackupProps,
  { ownsServer, endpoint }: BackedUpDatabase,
): string[] {
  if (databases === undefined) {
    return ownsServer || endpoint.database === undefined ? [] : [endpoint.database];
  }
  const invalid = databases.find(name => name === '' || /[\r\n]/.test(name));
  if (databases.length === 0 || invalid !== undefined) {
    fail(
      scope,
      databases.length === 0 ? "'databases' is empty." : "'databases' contains an empty name or a line break.",
      'Name at least one database, or omit the prop.',
    );
  }
  return databases;
}

function trialPlan(
  scope: Construct,
  options: BackupTrialOptions,
  { storageSize }: BackedUpDatabase,
): TrialPlan | undefined {
  checkProps(scope, options, TRIAL, "'trial'");
  const { disabledReason, ...trial } = options;
  if (disabledReason !== undefined) {
    checkReason(scope, "'trial.disabledReason'", disabledReason);
    return undefined;
  }
  const { schedule = Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }), deadline = Duration.hours(6) } = trial;
  const size =
    trial.storageSize ??
    storageSize ??
    fail(
      scope,
      "'trial.storageSize' is missing, and the size of the database is unknown.",
      "Set it, for example 'trial: { storageSize: Size.gibibytes(20) }'.",
    );
  return { ...trial, schedule, deadline, storageSize: checkSize(scope, "'trial.storageSize'", size) };
}
