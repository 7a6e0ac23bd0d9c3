import { at, text } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import { eachPod, Problem, Rule } from '../rule';

export const noHostPath: Rule<'no-host-path'> = {
  id: 'no-host-path',
  summary: 'No pod keeps data in a directory of its node.',
  rationale:
    'In such a directory, the pod finds different data or none on another node, and its files fill the disk of ' +
    'the node.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  fix: {
    construct:
      "Mount a 'PodVolume.emptyDir' or a 'PodVolume.newClaim'. An agent of the node uses 'Controller.daemonSet()'.",
    yaml: "Use an 'emptyDir' or a claim in place of 'hostPath', and let a StorageClass provision PersistentVolumes.",
  },
  ofPod: true,
  check: inventory => [...volumesOfPods.check(inventory), ...inventory.ofKind('PersistentVolume').flatMap(problemOf)],
  exceptions: inventory => volumesOfPods.exceptions!(inventory),
};

const volumesOfPods = eachPod(function* (pod) {
  for (const volume of pod.volumes) {
    if (volume.type === 'hostPath') {
      yield {
        at: volume.at,
        message: `Volume '${volume.name}' is the directory '${String(volume.source.path)}' of the node.`,
        // the pods of a DaemonSet are agents that read the files of their node
        isException: pod.object.kind === 'DaemonSet',
      };
    }
  }
});

/** A PersistentVolume that is a directory of any node; a provisioner ties it to one node with `nodeAffinity`. */
function problemOf(object: ManifestObject): Problem[] {
  const path = text(at(object.content, 'spec', 'hostPath', 'path'));
  if (path === undefined || at(object.content, 'spec', 'nodeAffinity') !== undefined) {
    return [];
  }
  return [
    {
      object,
      at: ['spec', 'hostPath'],
      message: `The PersistentVolume is the directory '${path}' of any node that runs the pod.`,
    },
  ];
}
