import { commandLine } from '../../inspect/command-line';
import { volumeOf } from '../../inspect/container-mounts';
import { at } from '../../inspect/json';
import { knownImage } from '../../inspect/known-image';
import type { Container, Mount, Pod, Volume } from '../../inspect/pods';
import { securityOf } from '../../inspect/security';
import { knownPaths, serversOf } from '../../inspect/servers';
import { eachPod, Rule } from '../rule';

export const volumesBelongToTheGroup: Rule<'volumes-belong-to-the-group'> = {
  id: 'volumes-belong-to-the-group',
  summary: 'A pod can write to its volumes, and the kubelet does not change the owner of every file at each start.',
  rationale:
    "A new volume belongs to root. With 'fsGroup' but without 'OnRootMismatch', the kubelet changes every file at " +
    'each start, which is slow and breaks a data directory of mode 0700.',
  severity: 'error',
  profile: 'storage',
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
        severity: 'info',
        message:
          `The kubelet changes the group of every file of volume '${lasting[0].name}' to ${String(group)} at each ` +
          'start.',
      };
    } else if (group === undefined) {
      const writer = pod.containers.find(container => isLockedOut(pod, container, owned));
      if (writer) {
        yield {
          at: [...pod.at, 'securityContext', 'fsGroup'],
          message:
            `Container '${writer.name}' ${describeUser(pod, writer)}, and no 'fsGroup' gives it access to its ` +
            'volumes.',
        };
      }
    }
  }),
};

/** The types of volumes whose files the kubelet gives to the group, unless they are read-only. */
const OWNED_TYPES = ['persistentVolumeClaim', 'volumeClaimTemplate', 'ephemeral', 'csi'];

/** Returns the user of a container; `undefined` if neither the manifest nor the facts of the image name it. */
function userOf(pod: Pod, container: Container): number | undefined {
  const user = securityOf(pod, container, 'runAsUser');
  return typeof user === 'number' ? user : knownImage(container.image)?.user;
}

function describeUser(pod: Pod, container: Container): string {
  return securityOf(pod, container, 'runAsUser') === undefined
    ? `runs as user ${userOf(pod, container)} of its image`
    : 'does not run as root';
}

/**
 * Whether a container that does not run as root writes to a new volume, and no init container changes its owner.
 */
function isLockedOut(pod: Pod, container: Container, owned: readonly Volume[]): boolean {
  const user = userOf(pod, container);
  if (user === undefined || user === 0 || pod.containers.some(init => init.role === 'init' && isOwner(pod, init))) {
    return false;
  }
  return container.mounts.some(mount => {
    const source = volumeOf(pod, mount);
    const writes = !mount.readOnly && source !== undefined && source.type !== 'csi' && owned.includes(source);
    return writes && isWritten(pod, container, mount);
  });
}

/** Whether a container writes at a mount path, as far as the user of its image and its directories tell. */
function isWritten(pod: Pod, container: Container, { path }: Mount): boolean {
  const server = serversOf(pod).find(candidate => candidate.container === container);
  const hasUser = securityOf(pod, container, 'runAsUser') !== undefined;
  return hasUser || server === undefined || [...knownPaths(server), ...server.imageVolumes].includes(path);
}

/** Whether a container runs as root and can change the owner of files, or says that it changes it. */
function isOwner(pod: Pod, container: Container): boolean {
  const user = userOf(pod, container);
  return user === 0 || (user === undefined && /\bch(?:own|mod|grp)\b/.test(commandLine(container)));
}
