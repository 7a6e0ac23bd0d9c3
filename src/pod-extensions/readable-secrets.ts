import type { PodTarget } from './pod-target';
import type { PodSpec } from '../checks/pod-spec';
import { at, list, wholeNumber, record } from '../inspect/json';
import { othersRead, readableByAll } from '../inspect/mode';
import type { MergedAdditions } from '../pod/merge';

type VolumeSpec = NonNullable<PodSpec['volumes']>[number];

/**
 * Returns the volumes with files of Secrets that the containers can read.
 *
 * Files of volumes belong to root. In pods of this library the group of `fsGroup` can read them. Setting it in the pod
 * of another library would change the permissions of its volumes, so without it all users of the containers that mount
 * the files can read them.
 */
export function readableSecrets(target: PodTarget, merged: MergedAdditions, volumes: VolumeSpec[]): VolumeSpec[] {
  const hasGroup = at(target.pod.spec, 'securityContext', 'fsGroup') !== undefined;
  return hasGroup ? volumes : volumes.map(volume => (isReadByRoot(target, merged, volume) ? volume : readable(volume)));
}

/** Whether only the app mounts a volume, and runs as root. Added containers do not run as root. */
function isReadByRoot({ facts }: PodTarget, merged: MergedAdditions, { name }: VolumeSpec): boolean {
  const isShared = [...merged.sidecars, ...merged.initContainers].some(
    ({ likeApp, mounts = [] }) => likeApp || mounts.some(({ volume }) => volume.name === name),
  );
  return facts.runAsUser === 0 && !isShared;
}

function readable(volume: VolumeSpec): VolumeSpec {
  const { secret, projected } = volume;
  if (secret) {
    return { ...volume, secret: withModes(secret) };
  }
  return list(projected?.sources).some(source => at(source, 'secret') !== undefined)
    ? { ...volume, projected: { ...withModes(projected!), sources: projected!.sources!.map(withModesOfItems) } }
    : volume;
}

function withModesOfItems<T extends object>(source: T): T {
  return Object.fromEntries(
    Object.entries(source).map(([type, value]) => [type, Array.isArray(at(value, 'items')) ? withModes(value) : value]),
  ) as T;
}

/** Adds the permission to the modes that lack it: that of the volume, and those of its items. */
function withModes<T extends object>(source: T): T {
  const { defaultMode, items } = record(source);
  return {
    ...source,
    ...withMode('defaultMode', defaultMode),
    ...(Array.isArray(items) && { items: items.map(item => ({ ...item, ...withMode('mode', at(item, 'mode')) })) }),
  };
}

function withMode(key: string, value: unknown): Record<string, number> {
  const mode = wholeNumber(value);
  return mode === undefined || othersRead(mode) ? {} : { [key]: readableByAll(mode) };
}
