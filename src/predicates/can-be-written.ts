import { CONFIG_VOLUMES } from '../facts/kubernetes';
import type { Volume } from '../inspect/pods';

/**
 * Whether containers can write to a volume, if they do not mount it read-only. The kubelet mounts files of the API and
 * of images read-only in any case.
 */
export function canBeWritten({ type, source }: Volume): boolean {
  return !CONFIG_VOLUMES.includes(type) && type !== 'image' && source.readOnly !== true;
}
