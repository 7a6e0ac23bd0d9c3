import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { Claims } from './claims';
import type { InitContainer, PodEnvFrom, PodMount, SidecarContainer } from './pod-parts';
import { fail } from '../checks/fail';
import { checkImage } from '../checks/image';
import { isWithin } from '../checks/paths';
import {
  checkContainerPath,
  checkInteger,
  checkLabel,
  checkObjectName,
  checkPort,
  checkPortName,
  checkSize,
  checkVariable,
  isConfigKey,
  seconds,
} from '../checks/values';
import { databaseImage } from '../inspect/databases';
import { isPinned } from '../predicates/is-pinned';
import { isWaived } from '../safety/waiver';

/** Refuses what a container cannot be, whatever else is in its pod. */
export function checkContainer(scope: IConstruct, owner: string, container: SidecarContainer): void {
  const { name, image, ports = {}, healthCheck, mounts = [], env = {}, envFrom = [] } = container;
  checkLabel(scope, 'container name', name);
  checkPinned(scope, image);
  for (const [portName, port] of Object.entries(ports)) {
    checkPortName(scope, portName);
    checkPort(scope, `port '${portName}' of container '${name}'`, port);
  }
  checkTimes(scope, container);
  checkResources(scope, container);
  // what is wrong with a probe is said here, not when the pod is rendered
  healthCheck?._probes(scope, Object.values(ports));
  checkMounts(scope, owner, name, mounts);
  Object.entries(env).forEach(([variable, value]) => checkEnv(scope, variable, value));
  envFrom.forEach(from => checkEnvFrom(scope, from));
}

/** Refuses what only a container that keeps running can have, and what other languages' types do not refuse. */
export function checkInitContainer(scope: IConstruct, container: InitContainer & Partial<SidecarContainer>): void {
  for (const prop of ['healthCheck', 'preStopDelay', 'shutdownTimeout'] as const) {
    if (container[prop]) {
      fail(
        scope,
        `Init container '${container.name}' has '${prop}', and runs to its end before the app starts.`,
        'Leave it out, or make it a sidecar.',
      );
    }
  }
}

/** The checked path of a mount. */
export function checkMount(scope: IConstruct, mount: PodMount): string {
  checkSubPath(scope, mount);
  return checkContainerPath(scope, `the mount path of '${mount.volume.name}'`, mount.path);
}

function checkMounts(scope: IConstruct, owner: string, container: string, mounts: readonly PodMount[]): void {
  const claims = new Claims<PodMount>(
    scope,
    `mounts in container '${container}'`,
    'at',
    'give one of them another path',
  );
  mounts.forEach(mount => claims.take(owner, checkMount(scope, mount), mount, mount.volume.name));
  refuseNested(scope, claims);
}

function checkTimes(scope: IConstruct, container: SidecarContainer): void {
  for (const prop of ['shutdownTimeout', 'preStopDelay'] as const) {
    const time = container[prop];
    if (time) {
      checkInteger(scope, `'${prop}' of container '${container.name}' in seconds`, seconds(time), 1, 86400);
    }
  }
}

/** A mount below a read-only one has no directory to stand on, and the container would not start. */
export function refuseNested(scope: IConstruct, mounts: Claims<PodMount>): void {
  const entries = mounts.entries();
  for (const [outerPath, outer] of entries) {
    const inner = entries.find(([path]) => path !== outerPath && isWithin(path, outerPath));
    if (inner && (outer.readOnly || outer.subPath)) {
      fail(
        scope,
        `'${inner[1].volume.name}' is mounted at '${inner[0]}', below the read-only '${outer.volume.name}` +
          `' at '${outerPath}', where no directory can be made for it.`,
        'Mount it elsewhere.',
      );
    }
  }
}

function checkResources(scope: IConstruct, { name, resources }: Pick<SidecarContainer, 'name' | 'resources'>): void {
  for (const [what, bounds] of [
    ['memory', resources?.memory],
    ['ephemeral storage', resources?.ephemeralStorage],
  ] as const) {
    for (const bound of ['request', 'limit'] as const) {
      if (bounds?.[bound]) {
        checkSize(scope, `the ${bound} of ${what} of container '${name}'`, bounds[bound]);
      }
    }
  }
}

function checkSubPath(scope: IConstruct, { volume, subPath }: PodMount): void {
  if (
    subPath !== undefined &&
    (subPath === '' || subPath.startsWith('/') || subPath.includes('\0') || subPath.split('/').includes('..'))
  ) {
    fail(
      scope,
      `The mount of '${volume.name}' has the 'subPath' '${subPath}', which is no path in the volume.`,
      "Write it relative and without '..', or leave it out.",
    );
  }
}

export function checkEnv(scope: IConstruct, name: string, { valueFrom }: EnvValue): void {
  checkVariable(scope, name);
  for (const [what, ref] of [
    ['Secret', valueFrom?.secretKeyRef],
    ['ConfigMap', valueFrom?.configMapKeyRef],
  ] as const) {
    if (ref) {
      checkObjectName(scope, what, ref.name ?? '');
    }
    if (ref && !isConfigKey(ref.key)) {
      fail(
        scope,
        `The variable '${name}' is the key '${ref.key}' of the ${what} '${ref.name}', which cannot be.`,
        "Keys are letters, digits, '-', '_' and '.'.",
      );
    }
  }
}

export function checkEnvFrom(scope: IConstruct, { _kind: kind, _name: name, prefix }: PodEnvFrom): void {
  checkObjectName(scope, kind, name);
  if (prefix !== undefined) {
    checkVariable(scope, prefix);
  }
}

/** An image that does not change under its reference. */
function checkPinned(scope: IConstruct, image: string): void {
  const { tag, repository } = checkImage(scope, image);
  if (isPinned(image) || isWaived(scope, 'pinned-image')) {
    return;
  }
  const what = tag === undefined ? 'no tag or digest' : `the tag '${tag}', which moves`;
  const pinned = databaseImage(image)
    ? "the tag of one release, such as '17.11-trixie'"
    : `for example '${repository}:1.4.2'`;
  fail(scope, `Image '${image}' has ${what}.`, `Pin it, ${pinned}.`);
}
