import { REPLICATED_KINDS } from '../../facts/kubernetes';
import { replicaBounds } from '../../inspect/cluster';
import { selects } from '../../inspect/inventory';
import { at, list } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const topologySpread: Rule<'topology-spread'> = {
  id: 'topology-spread',
  summary: 'replicas are spread over nodes',
  rationale: 'all may run on one node, and go with it',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  fix: {
    construct: 'leave the default in place',
    yaml: "set 'topologySpreadConstraints' for 'kubernetes.io/hostname', with the pods' labels",
  },
  safeDefault: {
    what: 'replicas over nodes and zones where possible, by spread and by anti-affinity',
    apply: (pod, { isReplicated, podLabels, revisionLabel }) => {
      if (!isReplicated) {
        return;
      }
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
            {
              weight: 100,
              podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: podLabels } },
            },
          ],
        },
      };
    },
  },
  ...eachPodAmong(function* (pod, inventory) {
    const { max } = replicaBounds(pod, inventory);
    const spreads = spreadsOf(pod);
    if (
      REPLICATED_KINDS.includes(pod.object.kind) &&
      max > 1 &&
      !spreads.some(spread => selects(at(spread, 'labelSelector'), pod.labels))
    ) {
      yield spreads.length === 0
        ? { at: [...pod.at, 'topologySpreadConstraints'], message: `its ${max} replicas may all run on one node` }
        : {
            at: [...pod.metadataAt, 'labels'],
            message:
              `its ${max} replicas may all run on one node, for what spreads them selects other labels than ` +
              'theirs',
          };
    }
  }),
};

/** What keeps pods apart that its selector takes. */
function spreadsOf({ spec }: Pod): unknown[] {
  const apart = at(spec, 'affinity', 'podAntiAffinity');
  return [
    ...list(spec.topologySpreadConstraints),
    ...list(at(apart, 'requiredDuringSchedulingIgnoredDuringExecution')),
    ...list(at(apart, 'preferredDuringSchedulingIgnoredDuringExecution')).map(term => at(term, 'podAffinityTerm')),
  ];
}
