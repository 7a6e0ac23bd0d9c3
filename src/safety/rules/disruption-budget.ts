import { REPLICATED_KINDS } from '../../facts/kubernetes';
import { replicaBounds } from '../../inspect/cluster';
import { eachPodAmong, Rule } from '../rule';

export const disruptionBudget: Rule<'disruption-budget'> = {
  id: 'disruption-budget',
  summary: 'replicas have a disruption budget',
  rationale: 'a drain of nodes may stop all replicas at once',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  fix: {
    construct: 'leave the default in place',
    yaml: "add a PodDisruptionBudget with 'maxUnavailable: 1' whose selector takes the pods' labels",
  },
  safeDefault: { what: 'one pod at a time, from two replicas on' },
  ...eachPodAmong(function* (pod, inventory) {
    const { min } = replicaBounds(pod, inventory);
    if (
      REPLICATED_KINDS.includes(pod.object.kind) &&
      min > 1 &&
      inventory.selecting('PodDisruptionBudget', pod).length === 0
    ) {
      yield { at: [...pod.metadataAt, 'labels'], message: `no disruption budget selects its ${min} replicas` };
    }
  }),
};
