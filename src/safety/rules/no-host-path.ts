import { isWithin, withoutTrailingSlashes } from '../../checks/paths';
import { NODE_FILES, NODE_INTERFACE_TYPES, NODE_INTERFACES } from '../../facts/node-paths';
import { at, text } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import { HOST_NAME, termsOfPod } from '../../inspect/node-terms';
import type { Pod, Volume } from '../../inspect/pods';
import { isPrivileged } from '../../inspect/security';
import { eachPodWith, Problem, Rule } from '../rule';

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

const volumesOfPods = eachPodWith(['hostPath'], function* (pod) {
  for (const volume of pod.volumes) {
    if (volume.type === 'hostPath') {
      yield {
        at: volume.at,
        message: `Volume '${volume.name}' is the directory '${String(volume.source.path)}' of the node.`,
        severity: isTiedToNode(pod) ? 'info' : undefined,
        // the pods of a DaemonSet are agents that read the files of their node
        isException: pod.object.kind === 'DaemonSet' || isPartOfNode(pod, volume),
      };
    }
  }
});

/**
 * Whether a pod works on its node on purpose: a person creates it for one node, its node is named, or its container is
 * privileged.
 */
function isTiedToNode(pod: Pod): boolean {
  return (
    ['Job', 'Pod'].includes(pod.object.kind) ||
    pod.containers.some(isPrivileged) ||
    termsOfPod(pod.spec).every(term => term.some(({ key, operator }) => key === HOST_NAME && operator === 'In'))
  );
}

/**
 * Whether a volume is a part of the node that no other volume replaces, such as a device or a socket, or system files
 * that the pod only reads.
 */
function isPartOfNode({ containers }: Pod, { name, source }: Volume): boolean {
  const path = withoutTrailingSlashes(text(source.path) ?? '');
  const isIn = (directories: readonly string[]) => directories.some(directory => isWithin(path, directory));
  const isRead = containers.every(({ mounts }) => mounts.every(({ volume, readOnly }) => volume !== name || readOnly));
  return (
    NODE_INTERFACE_TYPES.includes(text(source.type) ?? '') ||
    path.endsWith('.sock') ||
    isIn(NODE_INTERFACES) ||
    (isRead && (path === '/' || isIn(NODE_FILES)))
  );
}

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
