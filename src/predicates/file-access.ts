import { at, list } from '../inspect/json';
import { imageUser, knownImage } from '../inspect/known-image';
import { commonBits, withBits } from '../inspect/mode';
import type { Container, Pod } from '../inspect/pods';
import { groupOf, runsAsNonRoot, userOf } from '../inspect/security';

/** Use of a file that its mode grants or refuses. */
export type Access = 'read' | 'execute';

/** The users whose access a mode determines. A user belongs to one of these classes only. */
type UserClass = 'owner' | 'group' | 'others';

const BITS: Readonly<Record<Access, Readonly<Record<UserClass, number>>>> = {
  read: { owner: 0o400, group: 0o040, others: 0o004 },
  execute: { owner: 0o100, group: 0o010, others: 0o001 },
};

/**
 * Returns the mode that a file of a ConfigMap or Secret has in the container. With an `fsGroup`, the kubelet lets the
 * owner and the group read it.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/volume/volume_linux.go
 */
export function effectiveMode({ spec }: Pod, mode: number): number {
  return at(spec, 'securityContext', 'fsGroup') === undefined ? mode : withBits(mode, 0o440);
}

/**
 * Whether a container can access a file of a ConfigMap or Secret, which belongs to root and to the `fsGroup`. Returns
 * `undefined` if that depends on the image.
 */
export function canAccess(pod: Pod, container: Container, mode: number, access: Access): boolean | undefined {
  const effective = effectiveMode(pod, mode);
  const answers = new Set(
    userClasses(pod, container).map(userClass => commonBits(effective, BITS[access][userClass]) !== 0),
  );
  return answers.size === 1 ? answers.has(true) : undefined;
}

/** Returns the classes to which the user of a container can belong, for a file of root. */
function userClasses(pod: Pod, container: Container): UserClass[] {
  switch (runsAsNonRoot(pod, container) ?? startsAsNonRoot(container)) {
    case false:
      return ['owner'];
    case true:
      return groupClasses(pod, container);
    case undefined:
      return ['owner', ...groupClasses(pod, container)];
  }
}

/** Whether the image starts as a known user other than root; `undefined` if its user is unknown. */
function startsAsNonRoot({ image }: Container): boolean | undefined {
  const user = imageUser(image);
  return user === undefined ? undefined : user !== 0;
}

/** Returns the group of an image with a known user; root's if nothing else is known. */
function imageGroup({ image }: Container): number | undefined {
  return imageUser(image) === undefined ? undefined : (knownImage(image)?.group ?? 0);
}

function groupClasses(pod: Pod, container: Container): UserClass[] {
  const groups = list(at(pod.spec, 'securityContext', 'supplementalGroups'));
  const group = groupOf(pod, container) ?? (userOf(pod, container) === undefined ? imageGroup(container) : undefined);
  // without an `fsGroup`, the files belong to the group of root
  if (at(pod.spec, 'securityContext', 'fsGroup') !== undefined || group === 0 || groups.includes(0)) {
    return ['group'];
  }
  return group === undefined ? ['group', 'others'] : ['others'];
}
