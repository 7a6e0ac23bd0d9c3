import { at } from '../../inspect/json';
import type { Volume } from '../../inspect/pods';
import { eachPod, Rule } from '../rule';

/** Labels whose values change with every release. */
const RELEASE_LABELS = ['helm.sh/chart', 'app.kubernetes.io/version', 'chart'];

export const claimTemplateStays: Rule<'claim-template-stays'> = {
  id: 'claim-template-stays',
  summary: 'A claim template contains nothing that changes with a release.',
  rationale: 'The claim templates of a StatefulSet are immutable, so the API server rejects the next release.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/68737',
  fix: {
    construct: "Use 'PodVolume.claimPerReplica' or a 'StatefulDatabase'.",
    yaml: "Remove labels that contain a version from 'volumeClaimTemplates[].metadata.labels'.",
  },
  safeDefault: { what: 'only labels that select the pods' },
  ...eachPod(function* (pod) {
    for (const volume of pod.volumes) {
      const label = releaseLabelOf(volume);
      if (label !== undefined) {
        yield {
          at: [...volume.at, 'metadata', 'labels', label],
          message: `Claim template '${volume.name}' has the label '${label}', which changes with each release.`,
        };
      }
    }
  }),
};

function releaseLabelOf({ type, source }: Volume): string | undefined {
  return type === 'volumeClaimTemplate'
    ? RELEASE_LABELS.find(label => at(source, 'metadata', 'labels', label) !== undefined)
    : undefined;
}
