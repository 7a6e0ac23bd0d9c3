import { at } from '../../inspect/json';
import { eachPod, Rule } from '../rule';

export const claimTemplateStays: Rule<'claim-template-stays'> = {
  id: 'claim-template-stays',
  summary: 'a claim template has nothing in it that changes with a release',
  rationale: "a StatefulSet's claim templates cannot be changed: the next release is refused",
  severity: 'warning',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/68737',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "leave labels with a version out of 'volumeClaimTemplates[].metadata.labels'",
  },
  safeDefault: { what: 'labels that select the pods, and no others' },
  ...eachPod(function* (pod) {
    for (const { name, type, source, at: here } of pod.volumes) {
      const moving =
        type !== 'volumeClaimTemplate'
          ? undefined
          : ['helm.sh/chart', 'app.kubernetes.io/version', 'chart'].find(
              label => at(source, 'metadata', 'labels', label) !== undefined,
            );
      if (moving !== undefined) {
        yield {
          at: [...here, 'metadata', 'labels', moving],
          message: `the claim template '${name}' has the label '${moving}', which changes with each release`,
        };
      }
    }
  }),
};
