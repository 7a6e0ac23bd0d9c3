import { JOB_KINDS } from '../../facts/kubernetes';
import { replicaBounds } from '../../inspect/cluster';
import { at, record } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Problem, Rule } from '../rule';

export const disruptionBudgetAllowsDrain: Rule<'disruption-budget-allows-drain'> = {
  id: 'disruption-budget-allows-drain',
  summary: 'Every PodDisruptionBudget allows a node to be drained.',
  rationale: 'If no pod can be evicted, the drain waits forever, and so does an upgrade of the cluster.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  fix: {
    construct: "Use 'AppWorkload' and keep its PodDisruptionBudget.",
    yaml: "Set 'maxUnavailable: 1', or omit the PodDisruptionBudget of a single replica.",
  },
  safeDefault: { what: '`maxUnavailable: 1`, and no PodDisruptionBudget for a single replica' },
  check: inventory => {
    const pods = inventory.podsSelectedBy('PodDisruptionBudget');
    return inventory.ofKind('PodDisruptionBudget').flatMap(budget => {
      const selected = pods.get(budget);
      const lasting = selected?.filter(({ object }) => !UNAFFECTED_KINDS.includes(object.kind));
      const replicas = lasting?.reduce((sum, pod) => sum + replicaBounds(pod, inventory).min, 0);
      return lasting?.length === 0 ? [] : problemOf(budget, replicas);
    });
  },
};

/** The kinds whose pods do not block a drain forever: it skips those of a DaemonSet, and those of a Job end. */
const UNAFFECTED_KINDS = ['DaemonSet', ...JOB_KINDS];

/** @param replicas the replicas that the budget selects; `undefined` if no pod of the manifests is selected */
function problemOf(object: ManifestObject, replicas: number | undefined): Problem[] {
  const { minAvailable, maxUnavailable } = record(at(object.content, 'spec'));
  if (['0', '0%'].includes(String(maxUnavailable))) {
    return [
      {
        object,
        at: ['spec', 'maxUnavailable'],
        message: `'maxUnavailable' is ${String(maxUnavailable)}, so no pod can be evicted.`,
      },
    ];
  }
  const needed = minAvailable === undefined ? undefined : podCount(minAvailable, replicas);
  const needsAll = replicas !== undefined && replicas > 0 && needed !== undefined && needed >= replicas;
  if (minAvailable === '100%' || needsAll) {
    const selected = replicas === undefined ? '' : ` of ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
    return [
      {
        object,
        at: ['spec', 'minAvailable'],
        message: `'minAvailable' is ${String(minAvailable)}${selected}, so no pod can be evicted.`,
      },
    ];
  }
  return [];
}

/** The number of pods that a number or a percentage stands for; the disruption controller rounds up. */
function podCount(value: unknown, replicas: number | undefined): number | undefined {
  const percentage = /^(\d+)%$/.exec(String(value))?.[1];
  if (percentage !== undefined) {
    return replicas === undefined ? undefined : Math.ceil((Number(percentage) * replicas) / 100);
  }
  return typeof value === 'number' ? value : undefined;
}
