import { diskLimit, Limited } from './overflow';
import { at, text } from '../inspect/json';
import type { Container, Pod, Volume } from '../inspect/pods';
import { parseQuantity } from '../inspect/quantity';

/** The size that an `emptyDir` cannot exceed, and the field that sets it. */
export interface EmptyDirBound {
  readonly bytes: number;
  readonly setBy: 'size limit' | 'ephemeral storage limit' | 'memory limit';
}

/**
 * Returns the lowest limit of an `emptyDir`; `undefined` if it can grow until its node has no space left. Files on disk
 * count toward the ephemeral storage of the pod, and files in memory toward the memory of the containers that write
 * them.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export function emptyDirBound(pod: Pod, volume: Volume): EmptyDirBound | undefined {
  const bounds: EmptyDirBound[] = [];
  const add = (setBy: EmptyDirBound['setBy'], bytes: number | undefined) => {
    // Kubernetes reads a size limit of 0 as no limit
    if (bytes !== undefined && bytes > 0) {
      bounds.push({ bytes, setBy });
    }
  };
  add('size limit', parseQuantity(volume.source.sizeLimit));
  const medium = text(volume.source.medium) ?? '';
  if (medium === '') {
    add('ephemeral storage limit', diskLimit(limitedContainers(pod)));
  } else {
    add('memory limit', memoryLimit(pod, volume, resourceOf(medium)));
  }
  return bounds.sort((a, b) => a.bytes - b.bytes)[0];
}

/** Returns the containers of a pod with their limits of ephemeral storage. */
export function limitedContainers({ containers }: Pod): Limited[] {
  return containers.map(({ role, content }) => ({ role, limit: limitOf(content, 'ephemeral-storage') }));
}

/** Returns the resource that the files of a medium count toward: `HugePages-2Mi` is `hugepages-2Mi`. */
function resourceOf(medium: string): string {
  return medium.startsWith('HugePages-') ? medium.replace('HugePages', 'hugepages') : 'memory';
}

/** Returns the memory that the containers that can write to a volume can use together, if it is limited. */
function memoryLimit(pod: Pod, { name }: Volume, resource: string): number | undefined {
  const limits = pod.containers
    .filter(container => writesTo(container, name))
    .map(({ content }) => limitOf(content, resource));
  const isLimited = limits.length > 0 && limits.every(limit => limit !== undefined);
  return limitOf(pod.spec, resource) ?? (isLimited ? limits.reduce((sum, limit) => sum + limit, 0) : undefined);
}

function writesTo({ mounts }: Container, volume: string): boolean {
  return mounts.some(mount => mount.volume === volume && !mount.readOnly);
}

function limitOf(spec: unknown, resource: string): number | undefined {
  return parseQuantity(at(spec, 'resources', 'limits', resource));
}
