import { isSingleNode, isSinglePod } from './is-single-node';
import { databaseServers } from '../inspect/databases';
import type { Inventory } from '../inspect/inventory';
import { text } from '../inspect/json';
import type { Pod, Volume } from '../inspect/pods';
import { isNetworkVolume } from '../inspect/volume-life';

/**
 * Whether an old pod must stop before a new pod mounts one of its volumes: only one node or pod can mount the claim, or
 * a database server writes to the volume. Returns `undefined` if that depends on a claim that is not among the
 * manifests, or on the node of the new pod.
 */
export function mustReleaseVolume(pod: Pod, volume: Volume, inventory: Inventory): boolean | undefined {
  const isReadOnly = volume.source.readOnly === true;
  if (volume.type !== 'persistentVolumeClaim') {
    return !isReadOnly && isNetworkVolume(volume) && isOfDatabase(pod, volume);
  }
  const claim = inventory.find('PersistentVolumeClaim', text(volume.source.claimName), pod.object);
  if (isSinglePod(claim) || (isOfDatabase(pod, volume) && !isReadOnly)) {
    return true;
  }
  return isReadOnly && isSingleNode(claim) ? undefined : isSingleNode(claim);
}

function isOfDatabase(pod: Pod, { name }: Volume): boolean {
  return databaseServers(pod).some(({ container }) => container.mounts.some(mount => mount.volume === name));
}
