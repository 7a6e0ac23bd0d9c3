import { eachPod, Rule } from '../rule';

export const emptyDirSizeLimit: Rule<'empty-dir-size-limit'> = {
  id: 'empty-dir-size-limit',
  summary: 'Each emptyDir has a size limit.',
  rationale: 'An emptyDir without a limit can fill the disk of the node, and the kubelet then evicts other pods too.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: {
    construct: "Use 'PodVolume.emptyDir', which requires a size limit.",
    yaml: "Set 'emptyDir.sizeLimit'.",
  },
  safeDefault: { what: 'a required size limit for every `emptyDir`' },
  ...eachPod(function* (pod) {
    for (const { name, type, source, at } of pod.volumes) {
      if (type === 'emptyDir' && source.sizeLimit === undefined) {
        yield { at, message: `The emptyDir '${name}' has no size limit.` };
      }
    }
  }),
};
