import { isDeepStrictEqual } from 'util';
import type { IConstruct } from 'constructs';
import type { AddedPod } from './added-pod';
import { describeTarget, PodTarget } from './pod-target';
import { fail } from '../checks/fail';
import { isWithin } from '../checks/paths';
import { at, list, wholeNumber, text } from '../inspect/json';
import type { MergedAdditions, OwnedAdditions } from '../pod/merge';
import type { PodAdditions } from '../pod/pod-extension';
import type { PodMount } from '../pod/pod-parts';
import { nativeSidecars } from '../pod/render';

const RENAME = 'Use another name in the extension.';

/** Refuses additions that conflict with the containers, volumes and annotations of the workload. */
export function refuseConflicts(
  scope: IConstruct,
  target: PodTarget,
  { volumes }: AddedPod,
  all: readonly OwnedAdditions[],
): void {
  for (const { owner, additions } of all) {
    new Conflicts(scope, target, volumes, owner).refuse(additions);
  }
}

/** Refuses sidecars that would keep running after the app of a Job has ended. */
export function refuseEndlessSidecars(scope: IConstruct, target: PodTarget, { sidecars }: MergedAdditions): void {
  const restartPolicy = text(target.pod.spec.restartPolicy) ?? 'Always';
  if (sidecars.length > 0 && restartPolicy !== 'Always' && !nativeSidecars(scope)) {
    fail(
      scope,
      `${describeTarget(target)} would never complete, because sidecar '${sidecars[0].name}' keeps running on ` +
        'clusters before 1.29.',
      "Set the minimum version to 1.29 with 'KubernetesVersion.setMinimum', or do not use an extension with a sidecar.",
    );
  }
}

/** Whether a variable already has the value, so that it need not be added. */
export function hasVariable({ app }: PodTarget, name: string, value: string | undefined): boolean {
  return value !== undefined && app.env.some(variable => variable.name === name && variable.value === value);
}

/** Whether a volume refers to the same object outside the pod as an existing volume of its name. */
export function hasVolume({ pod }: PodTarget, { name, ...source }: AddedPod['volumes'][number]): boolean {
  return (
    !('emptyDir' in source) &&
    pod.volumes.some(volume => volume.name === name && isDeepStrictEqual({ [volume.type]: volume.source }, source))
  );
}

/** The conflicts of one extension with a workload. */
class Conflicts {
  constructor(
    private readonly scope: IConstruct,
    private readonly target: PodTarget,
    private readonly addedVolumes: AddedPod['volumes'],
    private readonly owner: string,
  ) {}

  public refuse({
    mounts = [],
    env = {},
    initContainers = [],
    sidecars = [],
    podAnnotations = {},
  }: PodAdditions): void {
    const { app, pod } = this.target;
    for (const [name, { value }] of Object.entries(env)) {
      const isTaken = app.env.some(variable => variable.name === name) && !hasVariable(this.target, name, value);
      this.refuseIf(isTaken, 'variable', name, RENAME);
    }
    mounts.forEach(mount => this.refuseMount(mount));
    const containers = [...initContainers, ...sidecars];
    [...mounts, ...containers.flatMap(container => container.mounts ?? [])].forEach(mount => this.refuseVolume(mount));
    for (const { name } of containers) {
      this.refuseIf(
        pod.containers.some(container => container.name === name),
        'container',
        name,
        RENAME,
      );
    }
    for (const key of Object.keys(podAnnotations)) {
      this.refuseIf(Object.hasOwn(pod.annotations, key), 'pod annotation', key, 'Use another key in the extension.');
    }
    for (const { name, ports = {} } of sidecars) {
      this.refusePorts(name, ports);
    }
  }

  private refuseMount({ path, volume, readOnly, subPath }: PodMount): void {
    for (const existing of this.target.app.mounts) {
      this.refuseIf(existing.path === path, 'mount path', path, 'Use another path in the extension.');
      const added = { volume: volume.name, path, isClosed: readOnly === true || subPath !== undefined };
      const found = { ...existing, isClosed: existing.readOnly || existing.subPath !== undefined };
      for (const [inner, outer] of [
        [added, found],
        [found, added],
      ]) {
        if (outer.isClosed && isWithin(inner.path, outer.path)) {
          fail(
            this.scope,
            `Volume '${inner.volume}' is mounted at '${inner.path}', below the read-only volume '${outer.volume}' at ` +
              `'${outer.path}', so container '${this.target.app.name}' cannot start.`,
            `Use another path in ${this.owner}.`,
          );
        }
      }
    }
  }

  private refuseVolume({ volume: { name } }: PodMount): void {
    const volume = this.addedVolumes.find(added => added.name === name);
    if (volume === undefined) {
      fail(
        this.scope,
        `Volume '${name}' has a claim for each replica, which extensions of ${describeTarget(this.target)} cannot add.`,
        "Use 'PodVolume.newClaim' or 'PodVolume.sharedClaim'.",
      );
    }
    const isTaken = this.target.pod.volumes.some(existing => existing.name === name);
    this.refuseIf(isTaken && !hasVolume(this.target, volume), 'volume', name, RENAME);
  }

  /** The containers of a pod share the network. */
  private refusePorts(sidecar: string, ports: Readonly<Record<string, number>>): void {
    const running = this.target.pod.containers.filter(({ role }) => role !== 'init');
    const existing = running.flatMap(({ content }) => list(content.ports));
    for (const [name, port] of Object.entries(ports)) {
      this.refuseIf(
        existing.some(other => wholeNumber(at(other, 'containerPort')) === port),
        'port',
        String(port),
        `Use another port for container '${sidecar}'.`,
      );
      this.refuseIf(
        existing.some(other => text(at(other, 'name')) === name),
        'port name',
        name,
        `Use another name for the port of container '${sidecar}'.`,
      );
    }
  }

  private refuseIf(isTaken: boolean, noun: string, key: string, remedy: string): void {
    if (isTaken) {
      fail(this.scope, `Duplicate ${noun} '${key}' from ${describeTarget(this.target)} and ${this.owner}.`, remedy);
    }
  }
}
