import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import type { PodMount } from '../pod-parts';

/** The types of volumes that the kubelet mounts read-only. */
const READ_ONLY_TYPES: readonly string[] = [...CONFIG_VOLUMES, 'image'];

/** Whether a container can only read a mount, because of the mount or of its volume. */
export function isReadOnly({ readOnly, volume: { _source: source } }: PodMount): boolean {
  return (
    readOnly ||
    Object.entries<any>(source).some(([type, { readOnly: always } = {}]) => always || READ_ONLY_TYPES.includes(type))
  );
}
