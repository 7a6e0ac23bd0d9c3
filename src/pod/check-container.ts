import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { checkResources } from './check-resources';
import { ExclusiveMap } from './exclusive-map';
import type { InitContainer, PodEnvFrom, PodMount, SidecarContainer } from './pod-parts';
import type { ContainerPorts } from './probe-port';
import { isReadOnly } from './volumes/read-only';
import { fail } from '../checks/fail';
import { checkImage } from '../checks/image';
import { checkReadable } from '../checks/misread';
import { isWithin } from '../checks/paths';
import { checkProps, OPTIONAL, PropTable, required } from '../checks/props';
import { checkBoolean, checkStrings, checkInstance } from '../checks/value-types';
import {
  checkConfigKey,
  checkContainerPath,
  checkInteger,
  checkLabel,
  checkObjectName,
  checkPort,
  checkPortName,
  checkVariable,
  seconds,
} from '../checks/values';
import { databaseImage } from '../inspect/databases';
import { isPinned } from '../predicates/is-pinned';
import { isWaived } from '../safety/waiver';

const MOUNT: PropTable<PodMount> = {
  path: required('"/data"'),
  volume: required('PodVolume.fromClaimName("data")'),
  readOnly: OPTIONAL,
  subPath: OPTIONAL,
};

const CONTAINER: PropTable<SidecarContainer> = {
  name: required('"exporter"'),
  image: OPTIONAL,
  likeApp: OPTIONAL,
  command: OPTIONAL,
  args: OPTIONAL,
  env: OPTIONAL,
  envFrom: OPTIONAL,
  mounts: OPTIONAL,
  resources: OPTIONAL,
  ports: OPTIONAL,
  healthCheck: OPTIONAL,
  preStopDelay: OPTIONAL,
  shutdownTimeout: OPTIONAL,
};

/** A container, of which only the app sets protocols and a main port. */
type CheckedContainer = SidecarContainer & Pick<ContainerPorts, 'protocols' | 'mainPort'>;

/** Refuses a container that is invalid regardless of the rest of its pod. */
export function checkContainer(scope: IConstruct, owner: string, checked: CheckedContainer): void {
  const { protocols, mainPort, ...container } = checked ?? {};
  checkProps<SidecarContainer>(scope, checked && container, CONTAINER, `a container of ${owner}`);
  const { name, command = [], args = [], ports = {}, healthCheck, mounts = [], env = {} } = container;
  checkLabel(scope, 'container name', name);
  checkImageOf(scope, container);
  for (const [portName, port] of Object.entries(ports)) {
    checkPortName(scope, `a port name of container '${name}'`, portName);
    checkPort(scope, `port '${portName}' of container '${name}'`, port);
  }
  checkTimes(scope, container);
  checkResources(scope, name, container.resources);
  checkStrings(scope, `'command' of container '${name}'`, command, '["sh", "-c", "..."]');
  checkStrings(scope, `'args' of container '${name}'`, args, '["--verbose"]');
  command.forEach((value, i) => checkReadable(scope, `'command[${i}]' of container '${name}'`, value));
  args.forEach((value, i) => checkReadable(scope, `'args[${i}]' of container '${name}'`, value));
  // reports an invalid probe where it is defined, not at synthesis
  healthCheck?._probes(scope, { ports, protocols, mainPort });
  checkMounts(scope, name, mounts);
  Object.entries(env).forEach(([variable, value]) => checkEnv(scope, variable, value));
  container.envFrom?.forEach(source => checkEnvFrom(scope, source));
}

/** Refuses props of sidecars in an init container, which the types of some languages accept. */
export function checkInitContainer(scope: IConstruct, container: InitContainer & Partial<SidecarContainer>): void {
  const { name, image, likeApp, command, args } = container;
  if (likeApp && image === undefined && command === undefined && args === undefined) {
    fail(
      scope,
      `Init container '${name}' runs the program of the app, which does not end.`,
      "Set 'command' or 'args'.",
    );
  }
  for (const prop of ['healthCheck', 'preStopDelay', 'shutdownTimeout'] as const) {
    if (container[prop]) {
      fail(
        scope,
        `Init container '${name}' has '${prop}', but it ends before the app starts.`,
        `Omit '${prop}', or add the container to 'sidecars'.`,
      );
    }
  }
}

/** Refuses an invalid mount; returns its path. */
export function checkMount(scope: IConstruct, owner: string, mount: PodMount): string {
  checkProps(scope, mount, MOUNT, `a mount of ${owner}`);
  const volume = { type: 'a PodVolume', member: '_facts', example: 'PodVolume.fromClaimName("data")' };
  checkInstance(scope, `'volume' of ${owner}`, mount.volume, volume);
  checkBoolean(scope, `'readOnly' of ${owner}`, mount.readOnly);
  checkSubPath(scope, mount);
  return checkContainerPath(scope, `the mount path of volume '${mount.volume.name}'`, mount.path);
}

/** Refuses a mount below a read-only mount: the runtime cannot create its directory. */
export function refuseNested(scope: IConstruct, mounts: readonly [path: string, mount: PodMount][]): void {
  for (const [outerPath, outer] of mounts) {
    const [innerPath, inner] = mounts.find(([path]) => path !== outerPath && isWithin(path, outerPath)) ?? [];
    if (inner && isReadOnly(outer)) {
      fail(
        scope,
        `Volume '${inner.volume.name}' is mounted at '${innerPath}', below the read-only volume ` +
          `'${outer.volume.name}' at '${outerPath}', so the container cannot start.`,
        'Use a path outside of the read-only volume.',
      );
    }
  }
}

export function checkEnv(scope: IConstruct, name: string, variable: EnvValue): void {
  checkVariable(scope, name);
  if (typeof variable !== 'object' || variable === null) {
    fail(scope, `Variable '${name}' is not an EnvValue.`, "Use 'EnvValue.fromValue(...)' of cdk8s-plus-28.");
  }
  const { value, valueFrom } = variable;
  if (value !== undefined) {
    checkReadable(scope, `variable '${name}'`, value);
  }
  for (const [kind, reference] of [
    ['Secret', valueFrom?.secretKeyRef],
    ['ConfigMap', valueFrom?.configMapKeyRef],
  ] as const) {
    if (reference) {
      checkObjectName(scope, `the ${kind} of variable '${name}'`, reference.name ?? '');
      checkConfigKey(scope, `${kind} '${reference.name}' in variable '${name}'`, reference.key);
    }
  }
}

export function checkEnvFrom(scope: IConstruct, { _kind: kind, _name: name, prefix }: PodEnvFrom): void {
  checkObjectName(scope, `the ${kind} of 'envFrom'`, name);
  if (prefix !== undefined) {
    checkVariable(scope, prefix);
  }
}

function checkMounts(scope: IConstruct, container: string, mounts: readonly PodMount[]): void {
  const owner = `container '${container}'`;
  const byPath = new ExclusiveMap<PodMount>(scope, 'mount path', 'Use another path for one of them.');
  for (const mount of mounts) {
    const path = checkMount(scope, owner, mount);
    byPath.set(`${owner} (volume '${mount.volume.name}')`, path, mount);
  }
  refuseNested(scope, byPath.entries());
}

function checkTimes(scope: IConstruct, container: SidecarContainer): void {
  for (const prop of ['shutdownTimeout', 'preStopDelay'] as const) {
    const duration = container[prop];
    const type = { type: 'a Duration', member: 'toSeconds', example: 'Duration.seconds(30)' };
    checkInstance(scope, `'${prop}' of container '${container.name}'`, duration, type);
    if (duration) {
      checkInteger(scope, `'${prop}' of container '${container.name}' in seconds`, seconds(duration), 1, 86400);
    }
  }
}

function checkSubPath(scope: IConstruct, { volume, subPath }: PodMount): void {
  if (
    subPath !== undefined &&
    subPath !== null &&
    (typeof subPath !== 'string' ||
      subPath === '' ||
      subPath.startsWith('/') ||
      subPath.includes('\0') ||
      subPath.split('/').includes('..'))
  ) {
    fail(
      scope,
      `'subPath' of the mount of volume '${volume.name}' is '${subPath}', which is not a path in the volume.`,
      "Use a relative path without '..', or omit 'subPath'.",
    );
  }
}

function checkImageOf(scope: IConstruct, { name, image, likeApp }: SidecarContainer): void {
  if (image !== undefined) {
    checkPinned(scope, image);
  } else if (!likeApp) {
    fail(
      scope,
      `Container '${name}' has no 'image'.`,
      "Set it, for example 'image: \"ghcr.io/acme/exporter:1.4.2\"', or set 'likeApp: true'.",
    );
  }
}

/** Refuses an image whose tag moves, unless the workload waives that. */
export function checkPinned(scope: IConstruct, image: string): void {
  const { tag, repository } = checkImage(scope, image);
  if (isPinned(image) || isWaived(scope, 'pinned-image')) {
    return;
  }
  fail(
    scope,
    tag === undefined ? `Image '${image}' has no tag or digest.` : `Image '${image}' has the moving tag '${tag}'.`,
    databaseImage(image)
      ? "Use the tag of one release, such as '17.11-trixie', or a digest."
      : `Use the tag of one release, such as '${repository}:1.4.2', or a digest.`,
  );
}
