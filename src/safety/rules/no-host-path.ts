import { eachPod, Rule } from '../rule';

export const noHostPath: Rule = {
  id: 'no-host-path',
  summary: 'no pod keeps its data on a node',
  why: 'on another node it finds other data or none, and what it writes fills the node\'s disk',
  severity: 'error',
  see: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  fix: {
    construct: 'mount a \'PodVolume.emptyDir\' or \'PodVolume.persistentVolumeClaim\'',
    yaml: 'take an \'emptyDir\' or a claim instead of \'hostPath\'',
  },
  ...eachPod(function* (pod) {
    // the agent of a node is there for its files
    if (pod.object.kind === 'DaemonSet') {
      return;
    }
    for (const { name, type, source, at: here } of pod.volumes) {
      if (type === 'hostPath') {
        yield { at: here, message: `volume '${name}' is the directory '${String(source.path)}' of the node` };
      }
    }
  }),
};
