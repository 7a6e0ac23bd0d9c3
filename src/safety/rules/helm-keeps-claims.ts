import { isOfRelease } from '../../predicates/is-of-release';
import { keptBy } from '../../predicates/kept-by';
import type { Problem, Rule } from '../rule';

/** Names of claims whose files the app creates again. */
const CACHE = /(?:^|[-.])(?:\w*cache|te?mp|scratch|transcod(?:e|es|ing))(?:[-.]|$)/;

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
        severity: CACHE.test(object.name) ? 'info' : undefined,
      })),
};
