import { MAX_ANNOTATION_BYTES } from '../../facts/kubernetes';
import { bytesPastApply, isTooLarge } from '../../predicates/config-map-size';
import type { Rule } from '../rule';

export const clientSideApplySize: Rule<'client-side-apply-size'> = {
  id: 'client-side-apply-size',
  summary: "every ConfigMap is within the size that 'kubectl apply' can note",
  rationale: 'it writes the whole object into an annotation of at most 262144 bytes, and is refused',
  severity: 'warning',
  documentationUrl: 'https://github.com/kubernetes/kubectl/issues/712',
  fix: {
    construct: "split it into several 'ConfigFiles', or apply it with '--server-side'",
    yaml: "apply it with 'kubectl apply --server-side', or split it",
  },
  check: inventory =>
    inventory.ofKind('ConfigMap').flatMap(object => {
      const bytes = bytesPastApply(object.content);
      return bytes === undefined || isTooLarge(object.content)
        ? []
        : [
            {
              object,
              at: ['data'],
              message:
                `it is ${bytes} bytes long, more than the ${MAX_ANNOTATION_BYTES} that 'kubectl apply' can note ` +
                'in an annotation',
            },
          ];
    }),
};
