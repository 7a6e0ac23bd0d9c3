import { isWithin } from '../checks/paths';
import { lastingMounts, mountAt } from '../inspect/container-mounts';
import type { Mount } from '../inspect/pods';
import { hidingVolume, knownPaths, Server } from '../inspect/servers';

/** A mount of a lasting volume that does not contain the data of the server. */
export interface MisplacedMount {
  readonly mount: Mount;
  /** The volume of the image that hides the part of the mount that should contain the data. */
  readonly hiding?: string;
}

/** Returns the mount of a lasting volume that is meant for the data of a server, but does not contain it. */
export function misplacedMount(server: Server): MisplacedMount | undefined {
  const { container, pod, dataPath, volumePath, image, configured } = server;
  if (configured.keepsNothing === true || !configured.isKnown) {
    return undefined;
  }
  const mounts = lastingMounts(pod, container);
  const dataMount = mountAt(container, dataPath);
  if (dataMount && mounts.includes(dataMount)) {
    const hiding = hidingVolume(server, dataPath, dataMount);
    return hiding === undefined ? undefined : { mount: dataMount, hiding };
  }
  const known = knownPaths(server);
  const nearby = mounts.find(
    ({ path }) =>
      known.includes(path) ||
      (isWithin(path, volumePath) && image.sharesDirectory !== true) ||
      (isWithin(volumePath, path) && path !== '/'),
  );
  return nearby && { mount: nearby };
}
