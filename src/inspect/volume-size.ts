import type { Inventory } from './inventory';
import { at, text } from './json';
import type { Pod, Volume } from './pods';
import { parseQuantity } from './quantity';

/** Returns the size of a volume of a pod in bytes; `undefined` if the manifests do not specify it. */
export function volumeSize(pod: Pod, volume: Volume | undefined, inventory: Inventory): number | undefined {
  if (volume?.type === 'emptyDir') {
    return parseQuantity(volume.source.sizeLimit);
  }
  const claim =
    volume?.type === 'persistentVolumeClaim'
      ? inventory.find('PersistentVolumeClaim', text(volume.source.claimName), pod.object)?.content
      : volume?.type === 'ephemeral'
        ? volume.source.volumeClaimTemplate
        : volume?.source;
  return parseQuantity(at(claim, 'spec', 'resources', 'requests', 'storage'));
}
