import { at, text } from '../../inspect/json';
import type { Volume } from '../../inspect/pods';
import { eachPodWith, Rule } from '../rule';

/** Labels that usually contain the version of a release. */
const RELEASE_LABELS = ['helm.sh/chart', 'app.kubernetes.io/version', 'chart', 'version'];

/** A value that contains a version: `orders-1.4.2`, `v1.4`, `17`. The value `harbor` stays. */
const VERSION = /(?:^|-)v?\d+(?:\.\d+|$)/;

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
  ...eachPodWith(['volumeClaimTemplate'], function* (pod) {
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
    ? RELEASE_LABELS.find(label => VERSION.test(text(at(source, 'metadata', 'labels', label)) ?? ''))
    : undefined;
}
