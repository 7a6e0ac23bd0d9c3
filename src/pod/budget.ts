import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { AppContainer, MergedParts } from './merge';
import type { PodContainer, PodVolume } from './pod-parts';
import { fail } from '../checks/fail';
import { kibibytes, quantity } from '../checks/values';

/** What a container may write to its own layer and its log when nothing else is said. */
export const OWN_LAYER = { app: Size.mebibytes(128), beside: Size.mebibytes(64) };

/** The memory of the app's container when nothing else is said. */
export const APP_MEMORY = Size.mebibytes(256);

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
  const containers: PodContainer[] = [app, ...parts.sidecars, ...parts.initContainers];
  for (const { name, resources = {} } of containers) {
    for (const [what, { request, limit }] of Object.entries({ memory: resources.memory ?? {}, ephemeralStorage: resources.ephemeralStorage ?? {} })) {
      if (request && limit && kibibytes(request) > kibibytes(limit)) {
        fail(scope, `container '${name}' requests ${quantity(request)} of ${what}, more than its limit of ${quantity(limit)}. raise the limit or lower the request`);
      }
    }
  }

  const disk = emptyDirs(parts.volumes, EmptyDirMedium.DEFAULT);
  const given = app.resources?.ephemeralStorage?.limit ?? app.resources?.ephemeralStorage?.request;
  if (given) {
    const beside = parts.sidecars.map(({ resources }) => resources?.ephemeralStorage?.limit ?? OWN_LAYER.beside);
    const allowed = [given, ...beside].reduce((sum, size) => sum + kibibytes(size), 0);
    if (kibibytes(disk.total) > allowed) {
      fail(scope, `its volumes may hold ${quantity(disk.total)} (${disk.sum}), more than the ${quantity(Size.kibibytes(allowed))} of ephemeral storage that its containers may use. raise 'resources.ephemeralStorage.limit' or make the volumes smaller`);
    }
  }

  const memory = emptyDirs(parts.volumes, EmptyDirMedium.MEMORY);
  const limit = app.resources?.memory ? app.resources.memory.limit ?? app.resources.memory.request : APP_MEMORY;
  if (limit && kibibytes(memory.total) > kibibytes(limit)) {
    fail(scope, `its volumes in memory may hold ${quantity(memory.total)} (${memory.sum}), more than its memory limit of ${quantity(limit)}, which they count against. raise 'resources.memory.limit' or make the volumes smaller`);
  }
}
