import { Duration, Size } from 'cdk8s';
import { ContainerResources, EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { BackupPlan } from './backup-plan';
import { RecordedTask, recordPermissions, runRecord } from './run-record';
import { API_SERVER_EGRESS, ApiPermission, apiPermissions } from '../../api-client/api-access';
import { AppWorkload } from '../../app-workload/app-workload';
import type { AppWorkloadProps } from '../../app-workload/app-workload-props';
import { destinationPolicy } from '../../backup/destination-policy';
import { CONNECTION_DIRECTORY, EngineBackup } from '../../backup/engine-backup';
import { temporaryMount } from '../../backup/remote-container';
import { dumpCommand } from '../../backup/scripts/dump';
import { Controller } from '../../controllers/controller';
import type { CronJobOptions } from '../../controllers/cron-job';
import type { IPodExtension, PodAdditions, PodExtensionContext } from '../../pod/pod-extension';
import type { InitContainer, PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';
import { DatabaseBinding } from '../client/database-binding';
import { DatabaseClient } from '../client/database-client';

/** A run that starts later than this is missed, and an alert reports it. */
const STARTING_DEADLINE = Duration.hours(1);

/**
 * The finished runs that remain, of those that succeeded and of those that failed. A pod keeps its ephemeral claims
 * until it is deleted, and each has the size of the database.
 */
const RUNS_RETAINED = 1;

/** The retries of a run, each in a new pod with an empty volume. */
const RETRIES = 2;

/** An extension that a function binds. */
class BackupExtension implements IPodExtension {
  constructor(
    public readonly id: string,
    private readonly additions: (scope: Construct, context: PodExtensionContext) => PodAdditions,
  ) {}

  public bind(scope: Construct, options: PodExtensionContext): PodAdditions {
    return this.additions(scope, options);
  }
}

interface BackupJobOptions {
  readonly name?: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, EnvValue>>;
  readonly resources?: ContainerResources;
  readonly controller: Omit<CronJobOptions, 'timeZone' | 'startingDeadline' | 'backoffLimit'>;
  readonly serviceAccountAnnotations?: Record<string, string>;
}

/** Defines a CronJob of a backup. Its runs never overlap, have a deadline, and some remain for inspection. */
export function backupJob(scope: Construct, id: string, plan: BackupPlan, options: BackupJobOptions): AppWorkload {
  const { spec, props } = plan;
  const { metadata, timeZone, imagePullSecrets, waivers } = props;
  const { name = metadata?.name, image, command, env, resources, controller } = options;
  const annotations = options.serviceAccountAnnotations;
  const workload: AppWorkloadProps = {
    image,
    command: [...command],
    env: { ...env },
    controller: Controller.cronJob({
      ...controller,
      timeZone,
      startingDeadline: STARTING_DEADLINE,
      backoffLimit: RETRIES,
      successfulJobsRetained: RUNS_RETAINED,
      failedJobsRetained: RUNS_RETAINED,
    }),
    metadata: name === undefined ? metadata : { ...metadata, name },
    resources,
    runAsUser: spec.runAsUser,
    runAsGroup: spec.runAsGroup,
    serviceAccount: annotations && { annotations },
    imagePullSecrets,
    waivers,
  };
  return new AppWorkload(scope, id, workload);
}

interface JobPartsOptions {
  /** The name of the backup, and the plan of its jobs. */
  readonly name: string;
  readonly plan: BackupPlan;
  readonly task: RecordedTask | 'restore';
  /** The rules of a NetworkPolicy that open the destination. */
  readonly egress: readonly object[];
  /** The permissions of the pods in the API. */
  readonly permissions?: readonly ApiPermission[];
  readonly additions: (scope: Construct, context: PodExtensionContext) => PodAdditions;
}

/** Adds the parts of a Job that depend on it, opens the destination for its pods, and records its runs. */
export function addJobParts(job: AppWorkload, options: JobPartsOptions): void {
  const { name, plan, task, egress, permissions = [], additions } = options;
  const recorded = plan.props.events === true && task !== 'restore' ? task : undefined;
  const bind = (scope: Construct, context: PodExtensionContext): PodAdditions => {
    const { workloadName, namespace, labels } = context;
    const record = recorded ? runRecord(name, workloadName, recorded) : {};
    const all = [...permissions, ...(recorded ? recordPermissions(name, workloadName) : [])];
    if (all.length > 0) {
      apiPermissions(scope, { name: workloadName, namespace, labels }, all);
    }
    destinationPolicy(scope, context, all.length > 0 ? [...egress, API_SERVER_EGRESS] : egress);
    const { mounts = [], sidecars = [], ...rest } = additions(scope, context);
    return {
      ...rest,
      mounts: [...mounts, ...(record.mounts ?? [])],
      sidecars: [...sidecars, ...(record.sidecars ?? [])],
    };
  };
  job.add(new BackupExtension(task, bind));
}

/** Returns the mount of the work volume in a container that only reads it. */
export function readOnlyMount(mount: PodMount): PodMount {
  return { ...mount, readOnly: true };
}

/** Returns the mounts of the connection settings, as files, and opens the network between the pods and the database. */
export function connectionMounts(scope: Construct, context: PodExtensionContext, { database }: BackupPlan): PodMount[] {
  const client = new DatabaseClient(database, {
    id: 'database',
    binding: DatabaseBinding.files(CONNECTION_DIRECTORY),
    waitUntilReady: false,
  });
  return client.bind(scope, context).mounts ?? [];
}

/** Returns the mounts of the directories that the programs of an engine write to. */
export function engineDirectories({ writableDirectories = [] }: EngineBackup, container: string): PodMount[] {
  return writableDirectories.map(({ path, sizeLimit = Size.mebibytes(64), medium }, i) => ({
    path,
    volume: PodVolume.emptyDir(`${container}-${i}`, { sizeLimit, medium }),
  }));
}

/** Returns the container that dumps with the programs of the server's image. */
export function dumpContainer(plan: BackupPlan, connection: readonly PodMount[]): InitContainer {
  const { spec, engine, work, databases, resources } = plan;
  const env = { ENGINE: engine.title, IMAGE: spec.image, ...(databases === '' ? {} : { DATABASES: databases }) };
  return {
    name: 'dump',
    image: spec.image,
    command: dumpCommand(engine),
    env: stringVariables(env),
    mounts: [...connection, work, temporaryMount('dump'), ...engineDirectories(engine, 'dump')],
    resources,
  };
}

/** Returns variables that are strings. Kubernetes reads `$$` as `$`, and would replace `$(NAME)`. */
export function stringVariables(values: Readonly<Record<string, string>>): Record<string, EnvValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, EnvValue.fromValue(value.replace(/\$/g, '$$$$'))]),
  );
}
