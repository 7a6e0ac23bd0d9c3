import { commandLine } from '../../inspect/command-line';
import { volumeOf } from '../../inspect/container-mounts';
import { at } from '../../inspect/json';
import { imageUser, knownImage } from '../../inspect/known-image';
import type { Container, Mount, Pod, Volume } from '../../inspect/pods';
import { groupOf, userOf } from '../../inspect/security';
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
          severity: isChosenByPlatform(pod, writer) ? 'info' : undefined,
          message:
            `Container '${writer.name}' ${describeUser(pod, writer)}, and cannot write to its volumes without ` +
            `'fsGroup: ${volumeGroupOf(pod, writer)}'.`,
        };
      }
    }
  }),
};

/** The types of volumes whose files the kubelet gives to the group, unless they are read-only. */
const OWNED_TYPES = ['persistentVolumeClaim', 'volumeClaimTemplate', 'ephemeral', 'csi'];

/** Returns the user of a container; `undefined` if neither the manifest nor the facts of the image name it. */
function startUserOf(pod: Pod, container: Container): number | undefined {
  return userOf(pod, container) ?? imageUser(container.image);
}

/** Returns a group for the volumes of a container: that of its user, which usually has the same number. */
function volumeGroupOf(pod: Pod, container: Container): number | undefined {
  const user = userOf(pod, container);
  const group = groupOf(pod, container) ?? (user === undefined ? knownImage(container.image)?.group : undefined);
  return group || startUserOf(pod, container);
}

/**
 * Whether a platform can choose the user and group of a container, because the manifest sets no user and the image runs
 * as any. OpenShift then also sets `fsGroup`.
 *
 * @see https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/images/creating-images
 */
function isChosenByPlatform(pod: Pod, container: Container): boolean {
  return userOf(pod, container) === undefined && knownImage(container.image)?.runsAsAnyUser === true;
}

function describeUser(pod: Pod, container: Container): string {
  return `runs as user ${startUserOf(pod, container)}${userOf(pod, container) === undefined ? ' of its image' : ''}`;
}

/**
 * Whether a container that does not run as root writes to a new volume, and no init container changes its owner.
 */
function isLockedOut(pod: Pod, container: Container, owned: readonly Volume[]): boolean {
  const user = startUserOf(pod, container);
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
  const hasUser = userOf(pod, container) !== undefined;
  return hasUser || server === undefined || [...knownPaths(server), ...server.imageVolumes].includes(path);
}

/** Whether a container runs as root and can change the owner of files, or says that it changes it. */
function isOwner(pod: Pod, container: Container): boolean {
  const user = startUserOf(pod, container);
  return user === 0 || (user === undefined && /\bch(?:own|mod|grp)\b/.test(commandLine(container)));
}
