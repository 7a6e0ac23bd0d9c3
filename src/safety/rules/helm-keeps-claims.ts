import { at, textMap } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import { keptBy } from '../../predicates/kept-by';
import type { Problem, Rule } from '../rule';

export const helmKeepsClaims: Rule<'helm-keeps-claims'> = {
  id: 'helm-keeps-claims',
  summary: 'Helm keeps the claims of a release when the release is deleted.',
  rationale: "'helm uninstall' deletes the claim, and the reclaim policy 'Delete' then deletes the disk.",
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource',
  fix: {
    construct: "Use 'PodVolume.newClaim', whose claims have the annotation.",
    yaml: "Set the annotation 'helm.sh/resource-policy: keep' on the claim.",
  },
  check: inventory =>
    inventory
      .ofKind('PersistentVolumeClaim')
      .filter(claim => isOfRelease(claim) && !keptBy(claim).includes('Helm'))
      .map((object): Problem => ({
        object,
        at: ['metadata', 'annotations'],
        message: `'helm uninstall' deletes the claim '${object.name}' with its data.`,
      })),
};

/** Whether Helm installs and deletes an object, which it does not do with the objects of hooks. */
function isOfRelease({ content }: ManifestObject): boolean {
  const [labels, annotations] = ['labels', 'annotations'].map(field => textMap(at(content, 'metadata', field)));
  return (
    annotations['helm.sh/hook'] === undefined &&
    (labels['app.kubernetes.io/managed-by'] === 'Helm' ||
      ['Helm', 'Tiller'].includes(labels.heritage) ||
      labels['helm.sh/chart'] !== undefined ||
      annotations['meta.helm.sh/release-name'] !== undefined)
  );
}
