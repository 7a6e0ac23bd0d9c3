import { replicaBounds } from '../../inspect/cluster';
import { at, record } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Problem, Rule } from '../rule';

export const disruptionBudgetAllowsDrain: Rule<'disruption-budget-allows-drain'> = {
  id: 'disruption-budget-allows-drain',
  summary: 'a disruption budget lets a node be drained',
  rationale: 'a drain waits for ever, and so does the upgrade of the cluster',
  severity: 'error',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  fix: {
    construct: 'leave the default in place: a budget from two replicas on',
    yaml: "set 'maxUnavailable: 1', and no budget for a single replica",
  },
  safeDefault: { what: '`maxUnavailable: 1`, and no budget for a single replica' },
  check: inventory => {
    const replicas = new Map<ManifestObject, number>();
    for (const pod of inventory.pods) {
      for (const budget of inventory.selecting('PodDisruptionBudget', pod)) {
        replicas.set(budget, (replicas.get(budget) ?? 0) + replicaBounds(pod, inventory).min);
      }
    }
    return inventory.ofKind('PodDisruptionBudget').flatMap((object): Problem[] => {
      const { minAvailable, maxUnavailable } = record(at(object.content, 'spec'));
      const pods = replicas.get(object);
      if (maxUnavailable !== undefined && ['0', '0%'].includes(String(maxUnavailable))) {
        return [{ object, at: ['spec', 'maxUnavailable'], message: `it lets ${String(maxUnavailable)} pods go` }];
      }
      const needed = minAvailable === undefined ? undefined : amount(minAvailable, pods);
      if (minAvailable === '100%' || (pods !== undefined && pods > 0 && needed !== undefined && needed >= pods)) {
        return [
          {
            object,
            at: ['spec', 'minAvailable'],
            message: `it keeps ${String(minAvailable)} of ${pods ?? 'all'} pods`,
          },
        ];
      }
      return [];
    });
  },
};

/** Parts of a pod are rounded up. */
function amount(value: unknown, pods: number | undefined): number | undefined {
  const percentage = /^(\d+)%$/.exec(String(value))?.[1];
  if (percentage !== undefined) {
    return pods === undefined ? undefined : Math.ceil((Number(percentage) * pods) / 100);
  }
  return typeof value === 'number' ? value : undefined;
}
