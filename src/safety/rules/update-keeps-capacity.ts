import { replicaBounds } from '../../inspect/cluster';
import { at } from '../../inspect/json';
import { eachPodAmong, Rule } from '../rule';

export const updateKeepsCapacity: Rule<'update-keeps-capacity'> = {
  id: 'update-keeps-capacity',
  summary: 'an update takes no replica away',
  rationale: 'the others get its load while the new one starts, or there is none left',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  fix: {
    construct: 'leave the default in place',
    yaml: "set 'strategy.rollingUpdate' to 'maxUnavailable: 0' and 'maxSurge: 1'",
  },
  safeDefault: { what: '`maxUnavailable: 0`, `maxSurge: 1`' },
  ...eachPodAmong(function* (pod, inventory) {
    const { kind, content } = pod.object;
    // a claim is let go before it is taken again, which takes the replica away
    if (kind !== 'Deployment' || pod.volumes.some(({ type }) => type === 'persistentVolumeClaim')) {
      return;
    }
    const { min } = replicaBounds(pod, inventory);
    if (at(content, 'spec', 'strategy', 'type') === 'Recreate' && min > 0) {
      yield { at: ['spec', 'strategy', 'type'], message: `an update stops all ${min} replicas before it starts one` };
      return;
    }
    const lost = unavailable(at(content, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%', min);
    if (lost > 0) {
      yield {
        at: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'],
        message: `an update takes ${lost} of ${min} replicas away`,
      };
    }
  }),
};

/** Parts of a replica are rounded down. */
function unavailable(value: unknown, replicas: number): number {
  const percentage = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  const count = percentage === undefined ? Number(value) : Math.floor((Number(percentage) * replicas) / 100);
  return Number.isFinite(count) ? Math.min(count, replicas) : 0;
}
