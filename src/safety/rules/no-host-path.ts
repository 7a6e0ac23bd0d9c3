import { at, text } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import { eachPod, Problem, Rule } from '../rule';

export const noHostPath: Rule<'no-host-path'> = {
  id: 'no-host-path',
  summary: 'no pod keeps its data on a node',
  rationale: "on another node it finds other data or none, and what it writes fills the node's disk",
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  fix: {
    construct: "mount a 'PodVolume.emptyDir' or 'PodVolume.persistentVolumeClaim'",
    yaml: "take an 'emptyDir' or a claim instead of 'hostPath', and leave the volume of a claim to its StorageClass",
  },
  ofPod: true,
  check: inventory => [...pods.check(inventory), ...inventory.ofKind('PersistentVolume').flatMap(volumeOfNode)],
};

const pods = eachPod(function* (pod) {
  // the agent of a node is there for its files
  if (pod.object.kind === 'DaemonSet') {
    return;
  }
  for (const { name, type, source, at: here } of pod.volumes) {
    if (type === 'hostPath') {
      yield { at: here, message: `volume '${name}' is the directory '${String(source.path)}' of the node` };
    }
  }
});

/** A volume that is the directory of any node; one that a provisioner makes says of which. */
function volumeOfNode(object: ManifestObject): Problem[] {
  const path = text(at(object.content, 'spec', 'hostPath', 'path'));
  return path === undefined || at(object.content, 'spec', 'nodeAffinity') !== undefined
    ? []
    : [{ object, at: ['spec', 'hostPath'], message: `it is the directory '${path}' of whatever node its pod runs on` }];
}
