import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { AppContainer, MergedParts } from './merge';
import type { SidecarContainer, PodVolume } from './pod-parts';
import { fail } from '../checks/fail';
import { kibibytes, quantity } from '../checks/values';
import { diskOverflow, Limited, memoryOverflow } from '../predicates/overflow';
import { isWaived } from '../safety/waiver';

/** What a container may write to its own layer and its log when nothing else is said. */
export const OWN_LAYER = { app: Size.mebibytes(128), beside: Size.mebibytes(64) };

/** The memory of a container when nothing else is said. */
export const MEMORY = { app: Size.mebibytes(256), beside: Size.mebibytes(64) };

/** What the `emptyDir`s of one medium may hold together. */
export function emptyDirs(volumes: readonly PodVolume[], medium: EmptyDirMedium): { total: Size; sum: string } {
  const of = volumes.filter(({ _emptyDir: dir }) => dir && (dir.medium ?? EmptyDirMedium.DEFAULT) === medium);
  return {
    total: Size.kibibytes(of.reduce((sum, volume) => sum + kibibytes(volume._emptyDir!.sizeLimit), 0)),
    sum: of.map(volume => `${volume.name} ${quantity(volume._emptyDir!.sizeLimit)}`).join(' + '),
  };
}

/**
 * Refuses a pod whose volumes may hold more than its containers may use: it would be evicted, or killed for memory,
 * before a volume is full.
 */
export function checkBudget(scope: IConstruct, app: AppContainer, parts: MergedParts): void {
  const containers: SidecarContainer[] = [app, ...parts.sidecars, ...parts.initContainers];
  for (const { name, resources = {} } of containers) {
    for (const [what, { request, limit }] of Object.entries({
      memory: resources.memory ?? {},
      ephemeralStorage: resources.ephemeralStorage ?? {},
    })) {
      if (request && limit && kibibytes(request) > kibibytes(limit)) {
        fail(
          scope,
          `Container '${name}' requests ${quantity(request)} of ${what}, more than its limit of ` +
            `${quantity(limit)}.`,
          'Raise the limit or lower the request.',
        );
      }
    }
  }

  checkDisk(scope, app, parts);
  checkMemory(scope, app, parts);
}

/** Refuses it by the limits that the containers will have, the safe defaults among them. */
function checkDisk(scope: IConstruct, app: AppContainer, { volumes, sidecars, initContainers }: MergedParts): void {
  const disk = emptyDirs(volumes, EmptyDirMedium.DEFAULT);
  const limit = ({ resources }: AppContainer, otherwise: Size) =>
    limitOf(scope, resources?.ephemeralStorage, otherwise);
  const over = diskOverflow(
    [{ name: disk.sum, size: kibibytes(disk.total) }],
    [
      { role: 'app', limit: limit(app, Size.kibibytes(kibibytes(OWN_LAYER.app) + kibibytes(disk.total))) },
      ...sidecars.map((container): Limited => ({ role: 'app', limit: limit(container, OWN_LAYER.beside) })),
      ...initContainers.map((container): Limited => ({ role: 'init', limit: limit(container, OWN_LAYER.beside) })),
    ],
  );
  if (over) {
    fail(
      scope,
      `Its volumes may hold ${quantity(disk.total)} (${disk.sum}), more than the ` +
        `${quantity(Size.kibibytes(over.allowed))} of ephemeral storage that its containers may use.`,
      "Raise 'resources.ephemeralStorage.limit' or make the volumes smaller.",
    );
  }
}

function checkMemory(
  scope: IConstruct,
  app: AppContainer,
  { volumes, mounts, sidecars, initContainers }: MergedParts,
): void {
  const containers = [{ ...app, mounts: [...mounts] }, ...[...sidecars, ...initContainers]];
  containers.forEach(({ name, resources, mounts: own = [] }: SidecarContainer, i) => {
    const written = new Set(own.filter(({ readOnly }) => !readOnly).map(({ volume }) => volume.name));
    const memory = emptyDirs(
      volumes.filter(volume => written.has(volume.name)),
      EmptyDirMedium.MEMORY,
    );
    const limit = limitOf(scope, resources?.memory, i === 0 ? MEMORY.app : MEMORY.beside);
    if (memoryOverflow([{ name: memory.sum, size: kibibytes(memory.total) }], limit === undefined ? [] : [limit])) {
      const whose = i === 0 ? 'its volumes in memory' : `the volumes in memory of container '${name}'`;
      fail(
        scope,
        `${whose} may hold ${quantity(memory.total)} (${memory.sum}), more than its memory limit of ` +
          `${quantity(Size.kibibytes(limit!))}, which they count against.`,
        "Raise 'resources.memory.limit' or make the volumes smaller.",
      );
    }
  });
}

/**
 * The limit in KiB that a container will have: a request stands for the limit that is not given, unless that is waived.
 */
function limitOf(
  scope: IConstruct,
  given: { request?: Size; limit?: Size } | undefined,
  otherwise: Size,
): number | undefined {
  const size = given?.limit ?? (isWaived(scope, 'resource-limits') ? undefined : (given?.request ?? otherwise));
  return size && kibibytes(size);
}
