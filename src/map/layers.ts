import type { Draft } from './draft';
import { imageRollout } from './rollouts';
import { at } from '../inspect/json';
import { imageVolumes } from '../inspect/known-image';
import type { Container, Pod } from '../inspect/pods';
import { writtenQuantity } from '../inspect/quantity';

/** Returns the rows of a container's root filesystem: the layers of its image, and the writable layer above them. */
export function layerRows(pod: Pod, container: Container): Draft[] {
  return [imageLayers(pod, container), writableLayer(container)];
}

function imageLayers(pod: Pod, container: Container): Draft {
  return {
    row: {
      ...rootRow(container),
      kind: 'image-layers',
      source: container.image,
      sharing: 'replicas-on-a-node',
      lifetime: 'node',
      writable: false,
      writers: [],
      rollout: imageRollout(pod),
    },
    anchors: [
      [...container.at, 'image'],
      [...container.at, 'imagePullPolicy'],
    ],
    objects: [],
  };
}

/**
 * Returns a row for each `VOLUME` of a container's image at which the pod mounts no volume. Those of init containers
 * are deleted before the app starts.
 */
export function imageVolumeRows(container: Container): Draft[] {
  const paths = container.role === 'init' ? [] : imageVolumes(container);
  return paths
    .filter(path => !container.mounts.some(mount => mount.path === path))
    .map(path => ({
      row: {
        ...rootRow(container),
        path,
        kind: 'anonymous-volume',
        source: '',
        sharing: 'container',
        lifetime: 'container',
        writable: true,
        writers: [container.name],
        sizeLimit: writtenQuantity(at(container.content, ...SIZE_LIMIT)) ?? 'none',
        notes: ['The image declares it as a volume, so the container runtime creates it for each container.'],
      },
      anchors: [],
      objects: [],
    }));
}

const SIZE_LIMIT = ['resources', 'limits', 'ephemeral-storage'];
const READ_ONLY = ['securityContext', 'readOnlyRootFilesystem'];

function writableLayer(container: Container): Draft {
  const writable = at(container.content, ...READ_ONLY) !== true;
  return {
    row: {
      ...rootRow(container),
      kind: 'writable-layer',
      source: '',
      sharing: 'container',
      lifetime: 'container',
      writable,
      writers: writable ? [container.name] : [],
      sizeLimit: writable ? (writtenQuantity(at(container.content, ...SIZE_LIMIT)) ?? 'none') : undefined,
    },
    anchors: [
      [...container.at, ...READ_ONLY],
      [...container.at, ...SIZE_LIMIT],
    ],
    objects: [],
  };
}

function rootRow({ name }: Container) {
  return { container: name, path: '/', environment: false, sharedWith: [], notes: [], nestedMounts: [] };
}
