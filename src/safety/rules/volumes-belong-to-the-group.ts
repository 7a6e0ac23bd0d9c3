import { at } from '../../inspect/json';
import { othersRead } from '../../inspect/mode';
import type { Container, Pod, Volume } from '../../inspect/pods';
import { securityOf } from '../../inspect/security';
import { eachPod, Rule } from '../rule';

export const volumesBelongToTheGroup: Rule<'volumes-belong-to-the-group'> = {
  id: 'volumes-belong-to-the-group',
  summary: 'a pod may write to its volumes, and they are not walked at every start',
  rationale:
    "a new volume belongs to root; with a group and without 'OnRootMismatch' the kubelet changes every file at " +
    'every start, which takes long and breaks a data directory of mode 0700',
  severity: 'error',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods',
  fix: {
    construct: 'leave the default in place',
    yaml: "set 'fsGroup' and 'fsGroupChangePolicy: OnRootMismatch' in the pod's 'securityContext'",
  },
  safeDefault: {
    what: '`fsGroup`, `fsGroupChangePolicy: OnRootMismatch`',
    apply: (pod, { runAsGroup }) => {
      pod.securityContext = { fsGroup: runAsGroup, fsGroupChangePolicy: 'OnRootMismatch', ...pod.securityContext };
    },
  },
  ...eachPod(function* (pod) {
    const lasting = pod.volumes.filter(({ type }) =>
      ['persistentVolumeClaim', 'volumeClaimTemplate', 'ephemeral', 'csi'].includes(type),
    );
    const group = at(pod.spec, 'securityContext', 'fsGroup');
    const here = [...pod.at, 'securityContext'];
    if (
      group !== undefined &&
      lasting.length > 0 &&
      at(pod.spec, 'securityContext', 'fsGroupChangePolicy') !== 'OnRootMismatch'
    ) {
      yield {
        at: [...here, 'fsGroupChangePolicy'],
        message: `every file of '${lasting[0].name}' is given to the group ${String(group)} at every start`,
      };
    } else if (group === undefined) {
      const writer = pod.containers.find(container => isLockedOut(pod, container, lasting));
      if (writer) {
        yield {
          at: [...here, 'fsGroup'],
          message: `container '${writer.name}' is not root, and a new volume belongs to root`,
        };
      }
    }
  }),
};

/** Whether a container that is not root writes to a claim, or reads files of root's group, and nobody has let it in. */
function isLockedOut(pod: Pod, container: Container, lasting: readonly Volume[]): boolean {
  const user = securityOf(pod, container, 'runAsUser');
  if (
    typeof user !== 'number' ||
    user === 0 ||
    pod.containers.some(other => other.role === 'init' && securityOf(pod, other, 'runAsUser') === 0)
  ) {
    return false;
  }
  return container.mounts.some(({ volume, readOnly }) => {
    const source = pod.volumes.find(({ name }) => name === volume);
    const mode = source?.type === 'secret' ? source.source.defaultMode : undefined;
    const writes = !readOnly && source !== undefined && source.type !== 'csi' && lasting.includes(source);
    return writes || (typeof mode === 'number' && !othersRead(mode));
  });
}
