import type { Draft } from './draft';
import { environmentRows } from './environment';
import { imageVolumeRows, layerRows } from './layers';
import type { Sharing } from './model';
import { MountedStorage, mountsOf, PodMounts } from './mounts';
import type { Volumes } from './volumes';
import { compareBy } from '../checks/order';
import { ownValue } from '../checks/own-value';
import { trimEnd } from '../checks/paths';
import type { Inventory } from '../inspect/inventory';
import { at, list, text } from '../inspect/json';
import type { Container, Pod } from '../inspect/pods';

/**
 * Returns the rows of all containers of a pod in the order of their start: first the root filesystem, then the mounts
 * by path, then the environment.
 */
export function rowsOf(pod: Pod, inventory: Inventory, volumes: Volumes): Draft[] {
  const mounts = mountsOf(pod, inventory, volumes);
  return pod.containers.flatMap(container => [
    ...layerRows(pod, container),
    ...[
      ...imageVolumeRows(container),
      ...mounts.get(container)!.map(mount => mountRow(pod, container, mount, mounts)),
    ].sort(compareBy(({ row }) => row.path)),
    ...environmentRows(pod, container, inventory),
  ]);
}

function mountRow(pod: Pod, container: Container, mount: MountedStorage, mounts: PodMounts): Draft {
  const { storage, path, subPath, volume } = mount;
  const sharing = podFolderSharing(pod, container, mount) ?? storage.sharing;
  return {
    row: {
      container: container.name,
      path,
      environment: false,
      kind: storage.kind,
      source: storage.source,
      volume,
      subPath,
      sharing,
      sharedWith: sharedWith(container, mount, sharing, mounts),
      ...(sharing === storage.sharing && storage.unnamedUsers ? { sharedWithMore: storage.unnamedUsers } : {}),
      lifetime: storage.lifetime,
      writable: mount.writable,
      writers: writersOf(mount, mounts),
      sizeLimit: storage.sizeLimit,
      rollout: storage.rollout,
      notes: [...notesOf(mount), ...hostPathNotes(mount, mounts.get(container)!)],
      outerMount: outerMount(path, mounts.get(container)!),
      nestedMounts: nestedMounts(path, mounts.get(container)!),
    },
    anchors: mount.anchors,
    objects: storage.objects ?? [],
  };
}

/** Returns the other containers of the pod, or the other workloads, that see the files of a mount. */
function sharedWith(
  container: Container,
  mount: MountedStorage,
  sharing: Sharing,
  mounts: PodMounts,
): readonly string[] {
  const { storage } = mount;
  if (storage.sharing === 'pod') {
    return containersWith(mounts, candidate => showsSameFiles(mount, candidate)).filter(
      name => name !== container.name,
    );
  }
  return sharing === storage.sharing ? (storage.otherUsers ?? []) : [];
}

function writersOf(mount: MountedStorage, mounts: PodMounts): string[] {
  return containersWith(mounts, candidate => candidate.writable && showsSameFiles(mount, candidate));
}

function containersWith(mounts: PodMounts, test: (mount: MountedStorage) => boolean): string[] {
  return [...mounts].filter(([, candidates]) => candidates.some(test)).map(([{ name }]) => name);
}

/** The effect of mount propagation. Kubernetes calls the default `None`. */
const PROPAGATION: Readonly<Record<string, string>> = {
  Bidirectional: 'Mounts that the container creates below this path appear on the node and in other pods.',
  HostToContainer: 'Mounts that the node creates below this path appear in the container.',
};

/** Returns the notes on the mounts of a container that show a part of the same directory of the node. */
function hostPathNotes(mount: MountedStorage, mounts: readonly MountedStorage[]): string[] {
  const others = mounts.filter(
    other => other !== mount && other.storage.kind === 'host-path' && showsSameFiles(mount, other),
  );
  return mount.storage.kind !== 'host-path' || others.length === 0
    ? []
    : [`Files of this directory are also at ${others.map(({ path }) => path).join(', ')}.`];
}

function notesOf({ storage, blockDevice, subPath, propagation = '' }: MountedStorage): string[] {
  return [
    ...(storage.notes ?? []),
    ...[ownValue(PROPAGATION, propagation) ?? []].flat(),
    ...(blockDevice ? ['The volume is mounted as a block device.'] : []),
    ...(subPath !== undefined && storage.rollout?.rolls === false
      ? ['Running containers never see a change of a file that is mounted with subPath.']
      : []),
  ];
}

/** Returns the innermost mount point that contains a path. */
function outerMount(path: string, mounts: readonly MountedStorage[]): string | undefined {
  return mounts
    .filter(mount => mount.path !== path && contains(mount.path, path))
    .sort((first, second) => second.path.length - first.path.length)[0]?.path;
}

function nestedMounts(path: string, mounts: readonly MountedStorage[]): string[] {
  return mounts.filter(mount => mount.path !== path && contains(path, mount.path)).map(mount => mount.path);
}

/**
 * Returns whether two mounts of a pod show common files. Two directories of one volume do only if one contains the
 * other.
 */
function showsSameFiles(first: MountedStorage, second: MountedStorage): boolean {
  if (first.storage.kind === 'host-path' && second.storage.kind === 'host-path') {
    const [one, another] = [first, second].map(nodePath);
    return contains(one, another) || contains(another, one);
  }
  if (first.volume !== second.volume) {
    return false;
  }
  if (first.volume === undefined) {
    return first.path === second.path;
  }
  return (
    first.subPath === undefined ||
    second.subPath === undefined ||
    contains(first.subPath, second.subPath) ||
    contains(second.subPath, first.subPath)
  );
}

/** Returns the directory of the node that a mount shows. */
function nodePath({ storage: { source }, subPath }: MountedStorage): string {
  return [trimEnd(source, '/'), ...(subPath === undefined ? [] : [subPath])].join('/') || '/';
}

function contains(folder: string, path: string): boolean {
  return folder === path || (folder !== '' && path.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
}

const SHARED_BY_REPLICAS: readonly Sharing[] = ['replicas', 'replicas-on-a-node', 'any-workload'];

/** The pod fields that differ between pods, and stay the same when a StatefulSet replaces a pod. */
const REPLICA_FIELDS = ['metadata.name', "metadata.labels['apps.kubernetes.io/pod-index']"];

/** Returns the sharing of a directory of shared storage that `subPathExpr` names after the pod. */
function podFolderSharing(
  { object }: Pod,
  container: Container,
  { storage, subPathVariables = [] }: MountedStorage,
): 'replica' | 'pod' | undefined {
  if (!SHARED_BY_REPLICAS.includes(storage.sharing)) {
    return undefined;
  }
  const fields = subPathVariables.map(variable => podField(container, variable));
  if (fields.some(field => field !== undefined && REPLICA_FIELDS.includes(field))) {
    return object.kind === 'StatefulSet' ? 'replica' : 'pod';
  }
  return fields.includes('metadata.uid') ? 'pod' : undefined;
}

/** Returns the pod field that a variable of a container reads. */
function podField({ content }: Container, variable: string): string | undefined {
  // the last definition of a variable wins
  const definition = list(content.env)
    .filter(candidate => at(candidate, 'name') === variable)
    .pop();
  return text(at(definition, 'valueFrom', 'fieldRef', 'fieldPath'));
}
