import { at } from '../../inspect/json';
import type { Container, Pod, Volume } from '../../inspect/pods';
import { securityOf } from '../../inspect/security';
import { eachPod, Rule } from '../rule';

export const volumesBelongToTheGroup: Rule<'volumes-belong-to-the-group'> = {
  id: 'volumes-belong-to-the-group',
  summary: 'A pod can write to its volumes, and the kubelet does not change the owner of every file at each start.',
  rationale:
    "A new volume belongs to root. With 'fsGroup' but without 'OnRootMismatch', the kubelet changes every file at " +
    'each start, which is slow and breaks a data directory of mode 0700.',
  severity: 'error',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/' +
    '#configure-volume-permission-and-ownership-change-policy-for-pods',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'fsGroup' and 'fsGroupChangePolicy: OnRootMismatch' in the 'securityContext' of the pod.",
  },
  safeDefault: {
    what: '`fsGroup`, `fsGroupChangePolicy: OnRootMismatch`',
    apply: (pod, { runAsGroup }) => {
      pod.securityContext = { fsGroup: runAsGroup, fsGroupChangePolicy: 'OnRootMismatch', ...pod.securityContext };
    },
  },
  ...eachPod(function* (pod) {
    const owned = pod.volumes.filter(({ type, source }) => OWNED_TYPES.includes(type) && source.readOnly !== true);
    // an ephemeral volume is new in each pod, and has no files whose group must be changed
    const lasting = owned.filter(({ type }) => type !== 'ephemeral');
    const group = at(pod.spec, 'securityContext', 'fsGroup');
    if (
      group !== undefined &&
      lasting.length > 0 &&
      at(pod.spec, 'securityContext', 'fsGroupChangePolicy') !== 'OnRootMismatch'
    ) {
      yield {
        at: [...pod.at, 'securityContext', 'fsGroupChangePolicy'],
        message:
          `The kubelet changes the group of every file of volume '${lasting[0].name}' to ${String(group)} at each ` +
          'start.',
      };
    } else if (group === undefined) {
      const writer = pod.containers.find(container => isLockedOut(pod, container, owned));
      if (writer) {
        yield {
          at: [...pod.at, 'securityContext', 'fsGroup'],
          message: `Container '${writer.name}' does not run as root, and no 'fsGroup' gives it access to its volumes.`,
        };
      }
    }
  }),
};

/** The types of volumes whose files the kubelet gives to the group, unless they are read-only. */
const OWNED_TYPES = ['persistentVolumeClaim', 'volumeClaimTemplate', 'ephemeral', 'csi'];

/**
 * Whether a container that does not run as root writes to a new volume, and no init container of root changes its
 * owner.
 */
function isLockedOut(pod: Pod, container: Container, owned: readonly Volume[]): boolean {
  const user = securityOf(pod, container, 'runAsUser');
  if (
    typeof user !== 'number' ||
    user === 0 ||
    pod.containers.some(init => init.role === 'init' && securityOf(pod, init, 'runAsUser') === 0)
  ) {
    return false;
  }
  return container.mounts.some(({ volume, readOnly }) => {
    const source = pod.volumes.find(({ name }) => name === volume);
    return !readOnly && source !== undefined && source.type !== 'csi' && owned.includes(source);
  });
}
