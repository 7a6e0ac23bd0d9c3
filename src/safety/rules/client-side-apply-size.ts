import { MAX_ANNOTATION_BYTES } from '../../facts/kubernetes';
import type { ManifestObject } from '../../inspect/manifest';
import { bytesPastApply, isAppliedOtherwise, isTooLarge } from '../../predicates/config-map-size';
import { isOfRelease } from '../../predicates/is-of-release';
import type { Problem, Rule } from '../rule';

export const clientSideApplySize: Rule<'client-side-apply-size'> = {
  id: 'client-side-apply-size',
  summary: "Every ConfigMap is small enough for 'kubectl apply'.",
  rationale:
    "'kubectl apply' stores the whole object in an annotation, and the API server rejects more than 262144 bytes.",
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/kubectl/issues/712',
  fix: {
    construct: "Split the files into several 'ConfigFiles', or apply the manifest with 'kubectl apply --server-side'.",
    yaml: "Apply the manifest with 'kubectl apply --server-side', or split the ConfigMap.",
  },
  check: inventory => inventory.ofKind('ConfigMap').flatMap(problemOf),
};

/** A ConfigMap that is too large for the API server is the finding of another rule. */
function problemOf(object: ManifestObject): Problem[] {
  const bytes = bytesPastApply(object.content);
  if (bytes === undefined || isTooLarge(object.content) || isAppliedOtherwise(object.content) || isOfRelease(object)) {
    return [];
  }
  return [
    {
      object,
      at: ['data'],
      message:
        `'kubectl apply' needs ${bytes} bytes of annotations to store the ConfigMap, more than the limit of ` +
        `${MAX_ANNOTATION_BYTES} bytes.`,
    },
  ];
}
