import type { Container, Mount, Pod, Volume } from './pods';
import { outlivesPod } from './volume-life';
import { isWithin } from '../checks/paths';

/** Returns the mounts of a container whose volumes outlive its pod. */
export function lastingMounts(pod: Pod, container: Container): readonly Mount[] {
  const volumes = new Set(pod.volumes.filter(outlivesPod).map(({ name }) => name));
  return container.mounts.filter(({ volume }) => volumes.has(volume));
}

/** Returns the innermost mount of a container that contains a path. */
export function mountAt(container: Container, path: string): Mount | undefined {
  let innermost: Mount | undefined;
  for (const mount of container.mounts) {
    if (mount.path && isWithin(path, mount.path) && mount.path.length > (innermost?.path.length ?? 0)) {
      innermost = mount;
    }
  }
  return innermost;
}

/** Returns the volume of a mount; `undefined` if the pod does not have it. */
export function volumeOf(pod: Pod, mount: Mount): Volume | undefined {
  return pod.volumes.find(({ name }) => name === mount.volume);
}
