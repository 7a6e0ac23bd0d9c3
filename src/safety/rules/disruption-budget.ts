import { REPLICATED_KINDS } from '../../facts/kubernetes';
import { replicaBounds } from '../../inspect/cluster';
import { eachPodAmong, Rule } from '../rule';

export const disruptionBudget: Rule<'disruption-budget'> = {
  id: 'disruption-budget',
  summary: 'Replicas have a PodDisruptionBudget.',
  rationale: 'Without one, draining nodes can stop all replicas at the same time.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  fix: {
    construct: "Use 'AppWorkload' and keep its PodDisruptionBudget.",
    yaml: "Add a PodDisruptionBudget with 'maxUnavailable: 1' whose selector matches the labels of the pods.",
  },
  safeDefault: { what: '`maxUnavailable: 1` for two or more replicas' },
  ...eachPodAmong(function* (pod, inventory) {
    const { min } = replicaBounds(pod, inventory);
    if (
      REPLICATED_KINDS.includes(pod.object.kind) &&
      min > 1 &&
      inventory.selecting('PodDisruptionBudget', pod).length === 0
    ) {
      yield { at: [...pod.metadataAt, 'labels'], message: `No PodDisruptionBudget selects the ${min} replicas.` };
    }
  }),
};
