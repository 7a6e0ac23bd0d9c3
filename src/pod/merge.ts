import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import {
  checkContainer,
  checkEnv,
  checkEnvFrom,
  checkInitContainer,
  checkMount,
  refuseNested,
} from './check-container';
import { ExclusiveMap } from './exclusive-map';
import { checkHidesNothing } from './image-directories';
import { withAppParts } from './like-app';
import { PodAdditions, ReloadTarget, ReloadTargetKind } from './pod-extension';
import type { InitContainer, PodEnvFrom, PodMount, SidecarContainer } from './pod-parts';
import { PodVolumes } from './pod-volumes';
import { type ContainerPorts, protocolOf } from './probe-port';
import type { PodVolume } from './volumes/pod-volume';
import { compareBy } from '../checks/order';
import { checkAnnotations, checkObjectName } from '../checks/values';

/** A container with the ports that only the app container can have. */
export interface PodContainer extends SidecarContainer, Pick<ContainerPorts, 'protocols' | 'mainPort'> {}

/** The app container without the values that additions set. */
export type AppContainer = Omit<PodContainer, 'env' | 'envFrom' | 'mounts' | 'likeApp' | 'image'> & {
  readonly image: string;
};

/** The additions of the app or an extension to a pod. */
export interface OwnedAdditions {
  /** The owner as messages name it: `the app`, `extension 'logs'`. */
  readonly owner: string;
  readonly additions: PodAdditions;
  /** Whether the init containers run after those of all extensions, in the order in which they were added. */
  readonly isInOrder?: boolean;
}

/** All additions of a pod, sorted. */
export interface MergedAdditions {
  readonly volumes: readonly PodVolume[];
  readonly mounts: readonly PodMount[];
  readonly env: ReadonlyMap<string, EnvValue>;
  readonly envFrom: readonly PodEnvFrom[];
  readonly initContainers: readonly InitContainer[];
  readonly sidecars: readonly SidecarContainer[];
  readonly podAnnotations: ReadonlyMap<string, string>;
  readonly reloadOn: readonly ReloadTarget[];
}

/**
 * Merges additions. The result does not depend on their order; a conflict of two owners is refused.
 *
 * @param app the container of the app; omitted if another library defines it
 */
export function mergeAdditions(
  scope: IConstruct,
  app: AppContainer | undefined,
  all: readonly OwnedAdditions[],
): MergedAdditions {
  const merger = new Merger(scope);
  if (app) {
    merger.addContainer('the app', app, true);
  }
  all.forEach(additions => merger.add(additions));
  return merger.result(app);
}

/** Collects additions one owner after another. */
class Merger {
  private readonly mounts: ExclusiveMap<PodMount>;
  private readonly env: ExclusiveMap<EnvValue>;
  private readonly containers: ExclusiveMap<SidecarContainer>;
  private readonly ports: ExclusiveMap<string>;
  private readonly portNames: ExclusiveMap<number>;
  private readonly annotations: ExclusiveMap<string>;
  private readonly volumes: PodVolumes;
  private readonly envFrom: PodEnvFrom[] = [];
  private readonly initContainers: InitContainer[] = [];
  private readonly lastInitContainers: InitContainer[] = [];
  private readonly sidecars: SidecarContainer[] = [];
  private readonly reloadOn = new Map<string, ReloadTarget>();

  constructor(private readonly scope: IConstruct) {
    const rename = 'Use another name for one of them.';
    this.mounts = new ExclusiveMap(scope, 'mount path', 'Use another path for one of them.');
    this.env = new ExclusiveMap(scope, 'variable', rename);
    this.containers = new ExclusiveMap(scope, 'container', rename);
    this.ports = new ExclusiveMap(scope, 'port', 'Use another port for one container, because they share the network.');
    this.portNames = new ExclusiveMap(
      scope,
      'port name',
      'Use another name for one port, so that probes can refer to it.',
    );
    this.annotations = new ExclusiveMap(scope, 'pod annotation', 'Use another key for one of them.');
    this.volumes = new PodVolumes(scope);
  }

  public add({ owner, additions, isInOrder = false }: OwnedAdditions): void {
    const { mounts = [], env = {}, envFrom = [], podAnnotations = {}, reloadOn = [] } = additions;
    mounts.forEach(mount => this.addMount(owner, mount));
    Object.entries(env).forEach(([name, value]) => this.addVariable(owner, name, value));
    envFrom.forEach(source => this.addEnvFrom(source));
    for (const container of additions.initContainers ?? []) {
      this.addContainer(owner, container, false);
      checkInitContainer(this.scope, container);
      (isInOrder ? this.lastInitContainers : this.initContainers).push(container);
    }
    for (const container of additions.sidecars ?? []) {
      this.addContainer(owner, container, true);
      this.sidecars.push(container);
    }
    checkAnnotations(this.scope, "'podAnnotations'", podAnnotations);
    Object.entries(podAnnotations).forEach(([key, value]) => this.annotations.set(owner, key, value));
    reloadOn.forEach(target => this.addReloadTarget(target));
  }

  public addContainer(owner: string, container: PodContainer, keepsRunning: boolean): void {
    checkContainer(this.scope, owner, container);
    this.containers.set(owner, container.name, container);
    container.mounts?.forEach(({ volume }) => this.volumes.add(owner, volume));
    for (const [name, port] of keepsRunning ? Object.entries(container.ports ?? {}) : []) {
      const protocol = protocolOf(container, name);
      this.ports.set(owner, protocol === 'TCP' ? String(port) : `${port}/${protocol}`, name);
      this.portNames.set(owner, name, port);
    }
  }

  public result(app?: AppContainer): MergedAdditions {
    refuseNested(this.scope, this.mounts.entries());
    const env = new Map(this.env.entries());
    const envFrom = this.envFrom.sort(compareBy(({ _kind, _name, prefix }) => `${_kind}/${_name}/${prefix ?? ''}`));
    const mounts = this.mounts.values();
    const initContainers = [...this.initContainers.sort(compareBy(({ name }) => name)), ...this.lastInitContainers];
    const sidecars = this.sidecars.sort(compareBy(({ name }) => name));
    const complete = <T extends SidecarContainer>(container: T): T => {
      if (!app) {
        return container;
      }
      const completed = withAppParts(container, { ...app, env: Object.fromEntries(env), envFrom, mounts });
      refuseNested(
        this.scope,
        (completed.mounts ?? []).map(mount => [mount.path, mount]),
      );
      return completed;
    };
    return {
      volumes: this.volumes.values(),
      mounts,
      env,
      envFrom,
      initContainers: initContainers.map(complete),
      sidecars: sidecars.map(complete),
      podAnnotations: new Map(this.annotations.entries()),
      reloadOn: [...this.reloadOn.values()].sort(compareBy(({ kind, name }) => `${kind}/${name}`)),
    };
  }

  private addMount(owner: string, mount: PodMount): void {
    const path = checkMount(this.scope, owner, mount);
    checkHidesNothing(this.scope, mount);
    this.mounts.set(`${owner} (volume '${mount.volume.name}')`, path, mount);
    this.volumes.add(owner, mount.volume);
  }

  private addVariable(owner: string, name: string, value: EnvValue): void {
    checkEnv(this.scope, name, value);
    // two owners can set the same value: service bindings share their root
    if (value.value === undefined || this.env.get(name)?.value !== value.value) {
      this.env.set(owner, name, value);
    }
  }

  private addEnvFrom(source: PodEnvFrom): void {
    checkEnvFrom(this.scope, source);
    this.envFrom.push(source);
  }

  private addReloadTarget(target: ReloadTarget): void {
    const kind = target.kind === ReloadTargetKind.SECRET ? 'Secret' : 'ConfigMap';
    checkObjectName(this.scope, `the ${kind} of 'reloadOn'`, target.name);
    this.reloadOn.set(`${target.kind}/${target.name}`, target);
  }
}
