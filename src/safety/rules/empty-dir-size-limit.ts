import { text } from '../../inspect/json';
import type { Volume } from '../../inspect/pods';
import { emptyDirBound } from '../../predicates/empty-dir-bound';
import { containsState, grows } from '../../predicates/grows';
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
    for (const volume of pod.volumes) {
      // a limit of the pod bounds its volumes too
      if (volume.type === 'emptyDir' && !isHugePages(volume) && emptyDirBound(pod, volume) === undefined) {
        yield {
          at: volume.at,
          message: `The emptyDir '${volume.name}' has no size limit.`,
          severity: grows(pod, volume) && !containsState(pod, volume) ? undefined : 'info',
        };
      }
    }
  }),
};

/** Whether the files are in huge pages, of which a container gets none without a limit. */
function isHugePages({ source }: Volume): boolean {
  return text(source.medium)?.startsWith('HugePages') === true;
}
