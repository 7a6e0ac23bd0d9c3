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
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';
import { PASSWORD_DIRECTORY, RUN_DIRECTORY, ServerFacts } from '../server/server-facts';
import { serverCommand, serverPart } from '../server/server-pod';

/** Writes a password that only exists in this pod. */
const RANDOM_PASSWORD = `set -e
umask 027
password="$(od -An -N24 -tx1 /dev/urandom)"
printf '%s' $password > ${PASSWORD_DIRECTORY}/password
exec "$@"`;

/**
 * Returns the throwaway server of a trial, as a sidecar that starts before the restore and ends after it, and the
 * container that restores and compares.
 */
export function trialServer(
  scope: Construct,
  context: PodExtensionContext,
  plan: BackupPlan,
  trial: TrialPlan,
): PodAdditions {
  const { engine, server } = plan;
  const facts = trialServerFacts(scope, plan, trial.storageSize, trial.memory);
  const { mounts, env, initContainers } = serverMounts(scope, context, facts, trial);
  // the variables of the restore are those of the server, and name files in these directories
  const directories = [engine.trial.socketDirectory, PASSWORD_DIRECTORY, RUN_DIRECTORY];
  const shared = mounts.filter(({ path }) => directories.includes(path));
  const { memory = Size.gibibytes(1) } = { ...server, ...(trial.memory ? { memory: trial.memory } : {}) };
  return {
    initContainers: [
      ...initContainers,
      {
        name: 'restore',
        image: facts.spec.image,
        command: trialCommand(engine),
        env: {
          ...env,
          ...stringVariables({
            SERVER_PASSWORD_FILE: `${PASSWORD_DIRECTORY}/password`,
            ...(trial.query === undefined ? {} : { QUERY: trial.query }),
          }),
        },
        mounts: [plan.work, ...shared, temporaryMount('restore')],
        resources: plan.resources,
      },
    ],
    sidecars: [
      {
        name: 'server',
        image: facts.spec.image,
        command: ['sh', '-c', RANDOM_PASSWORD, 'start', ...serverCommand(facts)],
        env,
        mounts,
        healthCheck: HealthCheck.command(startupCommand(facts), { startupTimeout: trial.deadline }),
        resources: { cpu: server?.cpu, memory: { request: memory, limit: memory } },
      },
    ],
  };
}

function serverMounts(scope: Construct, context: PodExtensionContext, facts: ServerFacts, { storageSize }: TrialPlan) {
  const data: PodMount = {
    path: facts.spec.mountPath,
    volume: PodVolume.ephemeralClaim('data', { size: storageSize }),
    subPath: facts.subPath,
  };
  const password: PodMount = {
    path: PASSWORD_DIRECTORY,
    volume: PodVolume.emptyDir('password', { sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY }),
  };
  const { additions } = serverPart(scope, context, facts, [data, password]);
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
