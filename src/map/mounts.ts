import { serviceAccountToken, TOKEN_PATH } from './config-volumes';
import { podStorage, Storage } from './storage';
import { missingVolume, Volumes } from './volumes';
import { compareBy } from '../checks/order';
import type { Inventory } from '../inspect/inventory';
import { at, JsonPath, list, text } from '../inspect/json';
import type { Container, Mount, Pod } from '../inspect/pods';
import { getsToken } from '../predicates/gets-token';

/** Storage at a path of one container. */
export interface MountedStorage {
  readonly path: string;
  readonly storage: Storage;
  readonly writable: boolean;
  readonly volume?: string;
  readonly subPath?: string;
  /** The variables in the name of the directory. */
  readonly subPathVariables?: readonly string[];
  readonly blockDevice?: boolean;
  /** Which mounts below the path the node and the container show to each other. */
  readonly propagation?: string;
  /** The values of the pod's own object whose findings concern the mount. */
  readonly anchors: readonly JsonPath[];
}

/** The mounts of each container of a pod. */
export type PodMounts = ReadonlyMap<Container, readonly MountedStorage[]>;

/** Returns the mounts of each container of a pod by path, including those that the manifest does not specify. */
export function mountsOf(pod: Pod, inventory: Inventory, volumes: Volumes): PodMounts {
  const podVolumes = new Map(
    pod.volumes.map(volume => [volume.name, { storage: volumes.describe(pod, volume), anchor: volume.at }]),
  );
  return new Map(
    pod.containers.map(container => [
      container,
      [
        ...container.mounts.map(mount => volumeMount(pod, mount, podVolumes)),
        ...blockDevices(container, podVolumes),
        ...defaultMounts(pod, container, inventory),
      ].sort(compareBy(({ path }) => path)),
    ]),
  );
}

type PodVolumes = ReadonlyMap<string, { readonly storage: Storage; readonly anchor: JsonPath }>;

function volumeMount({ object }: Pod, mount: Mount, volumes: PodVolumes): MountedStorage {
  const { storage, anchor } = volumes.get(mount.volume) ?? {
    storage: missingVolume(mount.volume),
    anchor: mount.at,
  };
  return {
    path: mount.path,
    storage,
    writable: !mount.readOnly && !storage.readOnly,
    volume: mount.volume,
    subPath: mount.subPath,
    subPathVariables: mount.subPathVariables,
    propagation: text(at(object.content, ...mount.at, 'mountPropagation')),
    anchors: [mount.at, anchor],
  };
}

function blockDevices(container: Container, volumes: PodVolumes): MountedStorage[] {
  return list(container.content.volumeDevices).flatMap((device, index): MountedStorage[] => {
    const volume = text(at(device, 'name')) ?? '';
    const podVolume = volumes.get(volume);
    if (podVolume === undefined) {
      return [];
    }
    const { storage, anchor } = podVolume;
    return [
      {
        path: text(at(device, 'devicePath')) ?? '',
        storage,
        writable: !storage.readOnly,
        volume,
        blockDevice: true,
        anchors: [[...container.at, 'volumeDevices', index], anchor],
      },
    ];
  });
}

const SHARED_MEMORY_PATH = '/dev/shm';

/** Returns the mounts that Kubernetes and the container runtime add, unless the container mounts a volume there. */
function defaultMounts(pod: Pod, container: Container, inventory: Inventory): MountedStorage[] {
  const mounted = new Set(container.mounts.map(({ path }) => path));
  const defaults: MountedStorage[] = [
    { path: SHARED_MEMORY_PATH, storage: sharedMemory(pod), writable: true, anchors: [] },
    ...(getsToken(pod, inventory) === false ? [] : [tokenMount(pod)]),
  ];
  return defaults.filter(({ path }) => !mounted.has(path));
}

function tokenMount(pod: Pod): MountedStorage {
  return {
    path: TOKEN_PATH,
    storage: serviceAccountToken(),
    writable: false,
    anchors: [[...pod.at, 'automountServiceAccountToken']],
  };
}

/** Describes the memory that the runtime mounts once for all containers of a pod, so it outlives their restarts. */
function sharedMemory({ spec }: Pod): Storage {
  return spec.hostIPC === true
    ? {
        kind: 'shared-memory',
        source: 'of the node',
        sharing: 'node',
        lifetime: 'node',
        readOnly: false,
        sizeLimit: 'none',
      }
    : podStorage('shared-memory', '', {
        readOnly: false,
        sizeLimit: '64Mi',
        notes: ['The container runtime mounts it by default.'],
      });
}
