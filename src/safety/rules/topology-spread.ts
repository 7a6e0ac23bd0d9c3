import { REPLICATED_KINDS } from '../../facts/kubernetes';
import { replicaBounds } from '../../inspect/cluster';
import { selects } from '../../inspect/inventory';
import { at, list } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const topologySpread: Rule<'topology-spread'> = {
  id: 'topology-spread',
  summary: 'Replicas are spread across nodes.',
  rationale: 'Without a spread, all replicas can run on one node and fail with it.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'topologySpreadConstraints' for 'kubernetes.io/hostname' that select the labels of the pods.",
  },
  safeDefault: {
    what: 'replicas are spread across nodes and zones if possible, by spread constraints and anti-affinity',
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
      // other scoring of the scheduler can outweigh the spread; it is less likely to outweigh both
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
        ? { at: [...pod.at, 'topologySpreadConstraints'], message: `All ${max} replicas can run on one node.` }
        : {
            at: [...pod.metadataAt, 'labels'],
            message:
              `All ${max} replicas can run on one node, because their spread constraints or anti-affinity select ` +
              'other labels.',
          };
    }
  }),
};

/** The constraints and terms that keep the pods that they select apart. */
function spreadsOf({ spec }: Pod): unknown[] {
  const antiAffinity = at(spec, 'affinity', 'podAntiAffinity');
  return [
    ...list(spec.topologySpreadConstraints),
    ...list(at(antiAffinity, 'requiredDuringSchedulingIgnoredDuringExecution')),
    ...list(at(antiAffinity, 'preferredDuringSchedulingIgnoredDuringExecution')).map(term =>
      at(term, 'podAffinityTerm'),
    ),
  ];
}
