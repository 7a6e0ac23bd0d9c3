import { replicaBounds } from '../../inspect/cluster';
import { at } from '../../inspect/json';
import { mustReleaseVolume } from '../../predicates/must-release-volume';
import { eachPodAmong, Rule } from '../rule';

export const updateKeepsCapacity: Rule<'update-keeps-capacity'> = {
  id: 'update-keeps-capacity',
  summary: 'An update keeps all replicas available.',
  rationale: 'If an update stops a replica first, the other replicas take its load, or no replica is left.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'maxUnavailable: 0' and 'maxSurge: 1' in 'strategy.rollingUpdate'.",
  },
  safeDefault: { what: '`maxUnavailable: 0`, `maxSurge: 1`' },
  ...eachPodAmong(function* (pod, inventory) {
    const { kind, content } = pod.object;
    if (kind !== 'Deployment') {
      return;
    }
    const isException = pod.volumes.some(volume => mustReleaseVolume(pod, volume, inventory) !== false);
    const { min } = replicaBounds(pod, inventory);
    if (at(content, 'spec', 'strategy', 'type') === 'Recreate' && min > 0) {
      const all = min === 1 ? 'the only replica' : `all ${min} replicas`;
      yield {
        at: ['spec', 'strategy', 'type'],
        message: `An update stops ${all} before it starts a new one.`,
        isException,
      };
      return;
    }
    const lost = unavailable(at(content, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%', min);
    if (lost > 0) {
      yield {
        at: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'],
        message: `An update stops ${lost} of ${min} replicas before their replacements are ready.`,
        isException,
      };
    }
  }),
};

/** The replicas that a number or a percentage stands for; the deployment controller rounds down. */
function unavailable(value: unknown, replicas: number): number {
  const percentage = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  const count = percentage === undefined ? Number(value) : Math.floor((Number(percentage) * replicas) / 100);
  return Number.isFinite(count) ? Math.min(count, replicas) : 0;
}
