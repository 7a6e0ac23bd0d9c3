import { replicaBounds } from '../../inspect/cluster';
import { at, list } from '../../inspect/json';
import { eachPodAmong, Rule } from '../rule';

const REPLICATED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

export const topologySpread: Rule = {
  id: 'topology-spread',
  summary: 'replicas are spread over nodes',
  why: 'all may run on one node, and go with it',
  severity: 'warning',
  see: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  fix: {
    construct: 'leave the default in place',
    yaml: 'set \'topologySpreadConstraints\' for \'kubernetes.io/hostname\', with the pods\' labels',
  },
  safeDefault: {
    what: 'replicas over nodes and zones where possible, by spread and by anti-affinity',
    apply: (pod, { podLabels, revisionLabel }) => {
      pod.topologySpreadConstraints ??= ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(topologyKey => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: podLabels },
        matchLabelKeys: revisionLabel ? [revisionLabel] : undefined,
      }));
      // what else the scheduler prefers may outweigh the spread, and does so less against both
      pod.affinity ??= {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: podLabels } } },
          ],
        },
      };
    },
  },
  ...eachPodAmong(function* (pod, inventory) {
    const isSpread = list(pod.spec.topologySpreadConstraints).length > 0 || at(pod.spec, 'affinity', 'podAntiAffinity') !== undefined;
    if (REPLICATED.includes(pod.object.kind) && replicaBounds(pod, inventory).max > 1 && !isSpread) {
      yield { at: [...pod.at, 'topologySpreadConstraints'], message: `its ${replicaBounds(pod, inventory).max} replicas may all run on one node` };
    }
  }),
};
