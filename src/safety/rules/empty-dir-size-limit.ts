import { eachPod, Rule } from '../rule';

export const emptyDirSizeLimit: Rule<'empty-dir-size-limit'> = {
  id: 'empty-dir-size-limit',
  summary: 'every emptyDir has a size limit',
  rationale: 'without one it grows until the node is full, and the kubelet evicts its neighbours too',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: {
    construct: "mount a 'PodVolume.emptyDir', which takes its size",
    yaml: "set 'emptyDir.sizeLimit'",
  },
  safeDefault: { what: 'every `emptyDir` is made with its size' },
  ...eachPod(function* (pod) {
    for (const { name, type, source, at } of pod.volumes) {
      if (type === 'emptyDir' && source.sizeLimit === undefined) {
        yield { at, message: `the emptyDir '${name}' has no size limit` };
      }
    }
  }),
};
