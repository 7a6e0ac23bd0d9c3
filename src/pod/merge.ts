import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { PodContribution, ReloadTarget } from './capability';
import { checkHidesNothing } from './image-directories';
import type { PodContainer, PodEnvFrom, PodMount, PodVolume } from './pod-parts';
import { VolumeClaims } from './volume-claims';
import { fail } from '../checks/fail';
import { checkImage } from '../checks/image';
import { by } from '../checks/order';
import { isWithin } from '../checks/paths';
import {
  checkContainerPath,
  checkInteger,
  checkLabel,
  checkObjectName,
  checkPort,
  checkPortName,
  checkQualifiedName,
  checkSize,
  checkVariable,
  isConfigKey,
  seconds,
} from '../checks/values';
import { databaseImage } from '../inspect/databases';
import { isPinned } from '../predicates/is-pinned';
import { isWaived } from '../safety/waiver';

/** The app's container, but for what the parts of the pod bring to it. */
export type AppContainer = Omit<PodContainer, 'env' | 'envFrom' | 'mounts'>;

/** One part of a pod: the app's own, or a capability's. */
export interface Part {
  readonly owner: string;
  readonly contribution: PodContribution;
}

/** What all parts of a pod add up to, in an order of its own. */
export interface MergedParts {
  readonly volumes: readonly PodVolume[];
  readonly mounts: readonly PodMount[];
  readonly env: ReadonlyMap<string, EnvValue>;
  readonly envFrom: readonly PodEnvFrom[];
  readonly initContainers: readonly PodContainer[];
  readonly sidecars: readonly PodContainer[];
  readonly podAnnotations: ReadonlyMap<string, string>;
  readonly reloadOn: readonly ReloadTarget[];
}

/**
 * Adds the parts of a pod up. The result does not depend on their order; two parts that claim one thing are refused. */
export function mergeParts(scope: IConstruct, app: AppContainer, parts: readonly Part[]): MergedParts {
  const mounts = new Claims<PodMount>(scope, 'mounts', 'at', 'give one of them another path');
  const env = new Claims<EnvValue>(scope, 'sets the variable', '', 'give one of them another name');
  const containers = new Claims<PodContainer>(scope, 'adds the container', '', 'give one of them another name');
  const ports = new Claims<string>(
    scope,
    'listens',
    'on port',
    'containers of a pod share its ports, so give one of them another',
  );
  const portNames = new Claims<number>(
    scope,
    'has the port',
    '',
    'a Service or probe could not tell them apart, so give one of them another name',
  );
  const annotations = new Claims<string>(scope, 'annotates the pods with', '', 'give one of them another key');
  const volumes = new VolumeClaims(scope);
  const initContainers: PodContainer[] = [];
  const sidecars: PodContainer[] = [];
  const envFrom: PodEnvFrom[] = [];
  const reloadOn = new Map<string, ReloadTarget>();

  const takeContainer = (owner: string, container: PodContainer, keepsRunning: boolean) => {
    containers.take(owner, checkLabel(scope, 'container name', container.name), container);
    checkPinned(scope, container.image);
    for (const [name, port] of Object.entries(container.ports ?? {})) {
      checkPortName(scope, name);
      checkPort(scope, `port '${name}' of container '${container.name}'`, port);
      if (keepsRunning) {
        ports.take(owner, String(port), name);
        portNames.take(owner, name, port);
      }
    }
    for (const [what, time] of [
      ['stop timeout', container.stopTimeout],
      ['stop delay', container.stopDelay],
    ] as const) {
      if (time) {
        checkInteger(scope, `the ${what} of container '${container.name}' in seconds`, seconds(time), 1, 86400);
      }
    }
    checkResources(scope, container);
    // what is wrong with a probe is said here, not when the pod is rendered
    container.health?._probes(scope, Object.values(container.ports ?? {}));
    const own = new Claims<PodMount>(
      scope,
      `mounts in container '${container.name}'`,
      'at',
      'give one of them another path',
    );
    for (const mount of container.mounts ?? []) {
      checkSubPath(scope, mount);
      own.take(
        owner,
        checkContainerPath(scope, `the mount path of '${mount.volume.name}'`, mount.path),
        mount,
        mount.volume.name,
      );
      volumes.take(owner, mount.volume);
    }
    Object.entries(container.env ?? {}).forEach(([name, value]) => checkEnv(scope, name, value));
    container.envFrom?.forEach(from => checkEnvFrom(scope, owner, from));
    refuseNested(scope, own);
  };

  takeContainer('the app', app, true);
  for (const { owner, contribution } of parts) {
    for (const mount of contribution.mounts ?? []) {
      checkSubPath(scope, mount);
      checkHidesNothing(scope, mount);
      mounts.take(
        owner,
        checkContainerPath(scope, `the mount path of '${mount.volume.name}'`, mount.path),
        mount,
        mount.volume.name,
      );
      volumes.take(owner, mount.volume);
    }
    for (const [name, value] of Object.entries(contribution.env ?? {})) {
      // one and the same value is no clash: two service bindings share their root
      checkEnv(scope, name, value);
      if (env.get(name)?.value !== value.value || value.value === undefined) {
        env.take(owner, name, value);
      }
    }
    for (const container of contribution.initContainers ?? []) {
      for (const [what, given] of [
        ['health check', container.health],
        ['stop delay', container.stopDelay],
        ['stop timeout', container.stopTimeout],
      ]) {
        if (given) {
          fail(
            scope,
            `init container '${container.name}' has a ${what}, and runs to its end before the app starts. leave ` +
              'it out, or make it a sidecar',
          );
        }
      }
      takeContainer(owner, container, false);
      initContainers.push(container);
    }
    for (const container of contribution.sidecars ?? []) {
      takeContainer(owner, container, true);
      sidecars.push(container);
    }
    for (const [key, value] of Object.entries(contribution.podAnnotations ?? {})) {
      annotations.take(owner, checkQualifiedName(scope, 'the key of an annotation', key), value);
    }
    for (const target of contribution.reloadOn ?? []) {
      if (!['configmap', 'secret'].includes(target.kind)) {
        fail(
          scope,
          `${owner} is to be reloaded on a change of '${target.kind}', which Reloader does not watch. give ` +
            `'configmap' or 'secret'`,
        );
      }
      checkObjectName(scope, `the ${target.kind === 'secret' ? 'Secret' : 'ConfigMap'} of 'reloadOn'`, target.name);
      reloadOn.set(`${target.kind}/${target.name}`, target);
    }
    contribution.envFrom?.forEach(from => checkEnvFrom(scope, owner, from));
    envFrom.push(...(contribution.envFrom ?? []));
  }
  refuseNested(scope, mounts);

  return {
    volumes: volumes.sorted(),
    mounts: mounts.sorted(),
    env: new Map(env.entries()),
    envFrom: envFrom.sort(by(from => `${from.configMapName ?? ''}/${from.secretName ?? ''}/${from.prefix ?? ''}`)),
    initContainers: initContainers.sort(by(container => container.name)),
    sidecars: sidecars.sort(by(container => container.name)),
    podAnnotations: new Map(annotations.entries()),
    reloadOn: [...reloadOn.values()].sort(by(target => `${target.kind}/${target.name}`)),
  };
}

function checkResources(scope: IConstruct, { name, resources }: Pick<PodContainer, 'name' | 'resources'>): void {
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
      `the mount of '${volume.name}' has the 'subPath' '${subPath}', which is no path in the volume. write it ` +
        `relative and without '..', or leave it out`,
    );
  }
}

function checkEnv(scope: IConstruct, name: string, { valueFrom }: EnvValue): void {
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
        `the variable '${name}' is the key '${ref.key}' of the ${what} '${ref.name}', which cannot be. keys are ` +
          `letters, digits, '-', '_' and '.'`,
      );
    }
  }
}

function checkEnvFrom(scope: IConstruct, owner: string, { configMapName, secretName, prefix }: PodEnvFrom): void {
  if ((configMapName === undefined) === (secretName === undefined)) {
    fail(
      scope,
      `${owner} takes variables from something that has not exactly one of 'configMapName' and 'secretName'. give one`,
    );
  }
  checkObjectName(scope, configMapName === undefined ? 'Secret' : 'ConfigMap', configMapName ?? secretName!);
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
  fail(scope, `image '${image}' has ${what}. pin it, ${pinned}`);
}

/** Things that only one part may claim, by their key. */
class Claims<T> {
  private readonly claims = new Map<string, { owner: string; value: T; label: string }>();

  constructor(
    private readonly scope: IConstruct,
    private readonly verb: string,
    private readonly preposition: string,
    private readonly remedy: string,
  ) {}

  public take(owner: string, key: string, value: T, label = ''): void {
    const other = this.claims.get(key);
    if (other) {
      // names the two in one order, whichever came first
      const [first, second] = [{ owner, label }, other].sort(by(claim => `${claim.owner}/${claim.label}`));
      const what = (claim: { label: string }) => (claim.label ? ` '${claim.label}'` : '');
      const where = this.preposition ? ` ${this.preposition} '${key}'` : ` '${key}'`;
      fail(
        this.scope,
        `${first.owner} ${this.verb}${what(first)}${where}, where ${second.owner} already ` +
          `does${what(second) && ` with${what(second)}`}. ${this.remedy}`,
      );
    }
    this.claims.set(key, { owner, value, label });
  }

  public get(key: string): T | undefined {
    return this.claims.get(key)?.value;
  }

  public entries(): [string, T][] {
    return [...this.claims].map(([key, { value }]): [string, T] => [key, value]).sort(by(([key]) => key));
  }

  public sorted(): T[] {
    return this.entries().map(([, value]) => value);
  }
}

/** A mount below a read-only one has no directory to stand on, and the container would not start. */
function refuseNested(scope: IConstruct, mounts: Claims<PodMount>): void {
  const entries = mounts.entries();
  for (const [outerPath, outer] of entries) {
    const inner = entries.find(([path]) => path !== outerPath && isWithin(path, outerPath));
    if (inner && (outer.readOnly || outer.subPath)) {
      fail(
        scope,
        `'${inner[1].volume.name}' is mounted at '${inner[0]}', below the read-only '${outer.volume.name}' at ` +
          `'${outerPath}', where no directory can be made for it. mount it elsewhere`,
      );
    }
  }
}
