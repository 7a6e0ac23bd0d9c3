import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { trialServerFacts } from './backed-up-database';
import { stringVariables } from './backup-job';
import type { BackupPlan, TrialPlan } from './backup-plan';
import { temporaryMount } from '../../backup/remote-container';
import { trialCommand } from '../../backup/scripts/restore';
import { HealthCheck } from '../../pod/health-check';
import type { PodAdditions, PodExtensionContext } from '../../pod/pod-extension';
import type { InitContainer, PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';
import { DatabaseStorage } from '../server/database-storage';
import { PASSWORD_DIRECTORY, RUN_DIRECTORY, ServerFacts } from '../server/server-facts';
import { serverCommand, serverPart } from '../server/server-pod';

/** Writes a password that only exists in this pod. */
const RANDOM_PASSWORD = `set -e
umask 027
password="$(od -An -N24 -tx1 /dev/urandom)"
printf '%s' $password > ${PASSWORD_DIRECTORY}/password
exec "$@"`;

/** The data, the password and the check of a throwaway server. */
export interface TrialStart {
  readonly facts: ServerFacts;
  /** The volume of the data. */
  readonly data: PodVolume;
  /** The mount of the password. */
  readonly password: PodMount;
  /** The lines that run before the start. */
  readonly prepare: string;
  /** The container that restores or compares. */
  readonly check: Pick<InitContainer, 'name' | 'command'>;
}

/** Returns the start of a server with an empty volume and a random password, into which a backup is restored. */
export function emptyStart(scope: Construct, plan: BackupPlan, { storageSize, memory }: TrialPlan): TrialStart {
  return {
    facts: trialServerFacts(scope, plan, {
      storage: DatabaseStorage.provisioned(storageSize),
      keys: { secretName: 'unused', passwordKey: 'password', urlSafe: true },
      memory,
    }),
    data: PodVolume.ephemeralClaim('data', { size: storageSize }),
    password: {
      path: PASSWORD_DIRECTORY,
      volume: PodVolume.emptyDir('password', { sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY }),
    },
    prepare: RANDOM_PASSWORD,
    check: { name: 'restore', command: trialCommand(plan.engine) },
  };
}

/**
 * Returns the throwaway server of a trial, as a sidecar that starts before the check and ends after it, and the
 * container that checks its data.
 */
export function trialServer(
  scope: Construct,
  context: PodExtensionContext,
  { engine, server, work, resources }: BackupPlan,
  trial: TrialPlan,
  start: TrialStart,
): PodAdditions {
  const { facts, check, prepare } = start;
  const { mounts, env, initContainers } = serverMounts(scope, context, start);
  // the variables of the check are those of the server, and name files in these directories
  const directories = [engine.trial.socketDirectory, PASSWORD_DIRECTORY, RUN_DIRECTORY];
  const shared = mounts.filter(({ path }) => directories.includes(path));
  const { memory = Size.gibibytes(1) } = { ...server, ...(trial.memory ? { memory: trial.memory } : {}) };
  return {
    initContainers: [
      ...initContainers,
      {
        ...check,
        image: facts.spec.image,
        env: {
          ...env,
          ...stringVariables({
            SERVER_PASSWORD_FILE: `${PASSWORD_DIRECTORY}/password`,
            ...(trial.query === undefined ? {} : { QUERY: trial.query }),
          }),
        },
        mounts: [work, ...shared, temporaryMount(check.name)],
        resources,
      },
    ],
    sidecars: [
      {
        name: 'server',
        image: facts.spec.image,
        command: ['sh', '-c', prepare, 'start', ...serverCommand(facts)],
        env,
        mounts,
        healthCheck: HealthCheck.command(startupCommand(facts), { startupTimeout: trial.deadline }),
        resources: { cpu: server?.cpu, memory: { request: memory, limit: memory } },
      },
    ],
  };
}

function serverMounts(scope: Construct, context: PodExtensionContext, { facts, data, password }: TrialStart) {
  const volume: PodMount = { path: facts.spec.mountPath, volume: data, subPath: facts.subPath };
  const { additions } = serverPart(scope, context, facts, [volume, password]);
  const { mounts = [], env = {}, initContainers = [] } = additions;
  return {
    // the directory of the container that records the proof is another one
    mounts: mounts.map(mount => (mount.path === '/tmp' ? temporaryMount('server') : mount)),
    env,
    initContainers,
  };
}

/** A command that succeeds once the data is initialized, and the server accepts connections. */
function startupCommand({ spec, marker, fill }: ServerFacts): string[] {
  const command = (spec.startupCommand ?? spec.readinessCommand ?? ['true']).map(fill);
  return ['sh', '-c', `[ ! -e ${marker} ] && exec "$@"`, 'check', ...command];
}
