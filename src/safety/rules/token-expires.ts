import { at, list, wholeNumber } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import { eachPodWith, Problem, Rule } from '../rule';

export const tokenExpires: Rule<'token-expires'> = {
  id: 'token-expires',
  summary: 'A service account token expires within a day.',
  rationale: 'A token that is stolen from a file, a backup or a log remains valid until it expires.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken',
  fix: {
    construct: "Omit 'expiration' of 'ProjectedSource.serviceAccountToken'. The kubelet renews the file in time.",
    yaml:
      "Omit 'expirationSeconds', which is one hour by default. The kubelet renews the file in time. Request a token " +
      "for other clients with 'kubectl create token' in place of a Secret.",
  },
  ofPod: true,
  check: inventory => [...projectedTokens.check(inventory), ...inventory.ofKind('Secret').flatMap(problemOf)],
};

/** The longest lifetime of a token, in seconds. */
const DAY = 24 * 60 * 60;

const projectedTokens = eachPodWith(['serviceAccountToken'], function* (pod) {
  for (const { name, source, at: path } of pod.volumes.filter(({ type }) => type === 'projected')) {
    for (const [i, entry] of list(source.sources).entries()) {
      const seconds = wholeNumber(at(entry, 'serviceAccountToken', 'expirationSeconds')) ?? 0;
      if (seconds > DAY) {
        yield {
          at: [...path, 'projected', 'sources', i, 'serviceAccountToken', 'expirationSeconds'],
          message: `The token in volume '${name}' is valid for ${Math.floor(seconds / DAY)} days.`,
        };
      }
    }
  }
});

function problemOf(object: ManifestObject): Problem[] {
  return object.content.type === 'kubernetes.io/service-account-token'
    ? [{ object, at: ['type'], message: 'The Secret contains a service account token that never expires.' }]
    : [];
}
