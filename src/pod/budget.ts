import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { MEMORY, WRITABLE_LAYER } from './default-resources';
import type { AppContainer, MergedAdditions } from './merge';
import type { SidecarContainer } from './pod-parts';
import type { PodVolume } from './volumes/pod-volume';
import { fail } from '../checks/fail';
import { kibibytes, quantity } from '../checks/values';
import { diskOverflow, Limited, memoryOverflow } from '../predicates/overflow';
import { isWaived } from '../safety/waiver';

/** The request and the limit of one resource. */
interface Bounds {
  readonly request?: Size;
  readonly limit?: Size;
}

/** Adds up the size limits of the `emptyDir` volumes of one medium; `sum` shows the terms. */
export function emptyDirs(volumes: readonly PodVolume[], medium: EmptyDirMedium): { total: Size; sum: string } {
  const directories = volumes.flatMap(({ name, _facts: { emptyDir: directory } }) =>
    directory && (directory.medium ?? EmptyDirMedium.DEFAULT) === medium ? [{ name, size: directory.sizeLimit }] : [],
  );
  return {
    total: Size.kibibytes(directories.reduce((total, { size }) => total + kibibytes(size), 0)),
    sum: directories.map(({ name, size }) => `${name} ${quantity(size)}`).join(' + '),
  };
}

/**
 * Refuses a pod whose volumes can exceed the limits of its containers: the kubelet would evict it, or the kernel would
 * kill it, before a volume is full.
 */
export function checkBudget(scope: IConstruct, app: AppContainer, merged: MergedAdditions): void {
  for (const { name, resources = {} } of [app, ...merged.sidecars, ...merged.initContainers]) {
    checkBounds(scope, name, 'memory', resources.memory);
    checkBounds(scope, name, 'ephemeralStorage', resources.ephemeralStorage);
  }
  checkDisk(scope, app, merged);
  checkMemory(scope, app, merged);
}

function checkBounds(scope: IConstruct, container: string, resource: string, { request, limit }: Bounds = {}): void {
  if (request && limit && kibibytes(request) > kibibytes(limit)) {
    fail(
      scope,
      `'resources.${resource}.request' of container '${container}' is ${quantity(request)}, more than its limit of ` +
        `${quantity(limit)}.`,
      'Raise the limit or lower the request.',
    );
  }
}

/** Compares the volumes on disk with the limits of all containers, defaults included. */
function checkDisk(scope: IConstruct, app: AppContainer, { volumes, sidecars, initContainers }: MergedAdditions): void {
  const disk = emptyDirs(volumes, EmptyDirMedium.DEFAULT);
  const limit = ({ resources }: Pick<SidecarContainer, 'resources'>, defaultLimit: Size) =>
    limitOf(scope, resources?.ephemeralStorage, defaultLimit);
  const overflow = diskOverflow(
    [{ name: disk.sum, size: kibibytes(disk.total) }],
    [
      { role: 'app', limit: limit(app, Size.kibibytes(kibibytes(WRITABLE_LAYER.app) + kibibytes(disk.total))) },
      ...sidecars.map((container): Limited => ({ role: 'app', limit: limit(container, WRITABLE_LAYER.sidecar) })),
      ...initContainers.map((container): Limited => ({
        role: 'init',
        limit: limit(container, WRITABLE_LAYER.sidecar),
      })),
    ],
  );
  if (overflow) {
    fail(
      scope,
      `The volumes can grow to ${quantity(disk.total)} (${disk.sum}), more than the ephemeral storage of ` +
        `${quantity(Size.kibibytes(overflow.allowed))} that the containers can use.`,
      "Raise 'resources.ephemeralStorage.limit' or lower the 'sizeLimit' of a volume.",
    );
  }
}

/** Compares the memory volumes that each container can write to with its limit. */
function checkMemory(scope: IConstruct, app: AppContainer, merged: MergedAdditions): void {
  checkContainerMemory(scope, { ...app, mounts: [...merged.mounts] }, merged.volumes, MEMORY.app);
  for (const container of [...merged.sidecars, ...merged.initContainers]) {
    checkContainerMemory(scope, container, merged.volumes, MEMORY.sidecar);
  }
}

function checkContainerMemory(
  scope: IConstruct,
  { name, resources, mounts = [] }: SidecarContainer,
  volumes: readonly PodVolume[],
  defaultLimit: Size,
): void {
  const writable = new Set(mounts.filter(({ readOnly }) => !readOnly).map(({ volume }) => volume.name));
  const memory = emptyDirs(
    volumes.filter(volume => writable.has(volume.name)),
    EmptyDirMedium.MEMORY,
  );
  const limit = limitOf(scope, resources?.memory, defaultLimit);
  if (memoryOverflow([{ name: memory.sum, size: kibibytes(memory.total) }], limit === undefined ? [] : [limit])) {
    fail(
      scope,
      `The memory volumes of container '${name}' can grow to ${quantity(memory.total)} (${memory.sum}), more ` +
        `than its ` +
        `memory limit of ${quantity(Size.kibibytes(limit!))}, against which they count.`,
      "Raise 'resources.memory.limit' or lower the 'sizeLimit' of a volume.",
    );
  }
}

/** Returns the limit in KiB that a container will have: by default the request, unless the limits are waived. */
function limitOf(scope: IConstruct, bounds: Bounds | undefined, defaultLimit: Size): number | undefined {
  const size = bounds?.limit ?? (isWaived(scope, 'resource-limits') ? undefined : (bounds?.request ?? defaultLimit));
  return size && kibibytes(size);
}
