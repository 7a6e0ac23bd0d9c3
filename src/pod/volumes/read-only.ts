import type { PodVolume } from './pod-volume';
import { CONFIG_VOLUMES } from '../../facts/kubernetes';

/** The types of volumes that the kubelet mounts read-only. */
const READ_ONLY_TYPES: readonly string[] = [...CONFIG_VOLUMES, 'image'];

interface Mount {
  readonly readOnly?: boolean;
  readonly volume: PodVolume;
}

/** Whether a container can only read a mount, because of the mount or of its volume. */
export function isReadOnly({ readOnly, volume: { _source: source } }: Mount): boolean {
  return (
    readOnly ||
    Object.entries<any>(source).some(([type, { readOnly: always } = {}]) => always || READ_ONLY_TYPES.includes(type))
  );
}
