import { isWithin } from '../../checks/paths';
import { at } from '../../inspect/json';
import type { Mount, Pod } from '../../inspect/pods';
import { isPrivileged } from '../../inspect/security';
import { nodePathOf } from '../../predicates/node-paths';
import { eachContainerWith, Rule } from '../rule';

export const noMountPropagation: Rule<'no-mount-propagation'> = {
  id: 'no-mount-propagation',
  summary: 'Only agents of the node propagate their mounts to it.',
  rationale:
    'A mount that the container does not remove stays on the node after the pod, and hides or shows files of other ' +
    'pods. The API server rejects the setting in a container that is not privileged.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation',
  fix: {
    construct: "Omit 'mountPropagation' in the JSON patch.",
    yaml: "Omit 'mountPropagation', or use 'HostToContainer' to see mounts of the node.",
  },
  ...eachContainerWith(['mountPropagation'], function* (container, pod) {
    for (const mount of container.mounts) {
      if (at(pod.object.content, ...mount.at, 'mountPropagation') === 'Bidirectional') {
        const isRejected = !isPrivileged(container);
        yield {
          at: [...mount.at, 'mountPropagation'],
          severity: isRejected ? 'error' : undefined,
          message: isRejected
            ? `Container '${container.name}' is not privileged, so the API server rejects the propagation of its ` +
              `mounts below '${mount.path}' to the node.`
            : `Container '${container.name}' propagates its mounts below '${mount.path}' to the node.`,
          // drivers of volumes mount them for other pods, and their controllers for themselves
          isException: !isRejected && (pod.object.kind === 'DaemonSet' || isOfKubelet(pod, mount)),
        };
      }
    }
  }),
};

/** Whether a mount is the directory in which the kubelet mounts the volumes of pods. */
function isOfKubelet(pod: Pod, mount: Mount): boolean {
  return isWithin(nodePathOf(pod, mount) ?? '', '/var/lib/kubelet');
}
