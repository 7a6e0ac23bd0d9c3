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
import { Claims } from './claims';
import { checkHidesNothing } from './image-directories';
import { PodAdditions, ReloadTarget, ReloadTargetKind } from './pod-extension';
import type { InitContainer, PodEnvFrom, PodMount, PodVolume, SidecarContainer } from './pod-parts';
import { VolumeClaims } from './volume-claims';
import { by } from '../checks/order';
import { checkObjectName, checkQualifiedName } from '../checks/values';

/** The app's container, but for what the parts of the pod bring to it. */
export type AppContainer = Omit<SidecarContainer, 'env' | 'envFrom' | 'mounts'>;

/** One part of a pod: the app's own, or an extension's. */
export interface Part {
  readonly owner: string;
  readonly contribution: PodAdditions;
}

/** What all parts of a pod add up to, in an order of its own. */
export interface MergedParts {
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
 * Adds the parts of a pod up. The result does not depend on their order; two parts that claim one thing are refused.
 */
export function mergeParts(scope: IConstruct, app: AppContainer, parts: readonly Part[]): MergedParts {
  const mounts = new Claims<PodMount>(scope, 'mounts', 'at', 'give one of them another path');
  const env = new Claims<EnvValue>(scope, 'sets the variable', '', 'give one of them another name');
  const containers = new Claims<SidecarContainer>(scope, 'adds the container', '', 'give one of them another name');
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
  const initContainers: InitContainer[] = [];
  const sidecars: SidecarContainer[] = [];
  const envFrom: PodEnvFrom[] = [];
  const reloadOn = new Map<string, ReloadTarget>();

  const take = (owner: string, container: SidecarContainer, keepsRunning: boolean) => {
    checkContainer(scope, owner, container);
    containers.take(owner, container.name, container);
    container.mounts?.forEach(mount => volumes.take(owner, mount.volume));
    for (const [name, port] of keepsRunning ? Object.entries(container.ports ?? {}) : []) {
      ports.take(owner, String(port), name);
      portNames.take(owner, name, port);
    }
  };

  take('the app', app, true);
  for (const { owner, contribution } of parts) {
    for (const mount of contribution.mounts ?? []) {
      checkHidesNothing(scope, mount);
      mounts.take(owner, checkMount(scope, mount), mount, mount.volume.name);
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
      checkInitContainer(scope, container);
      take(owner, container, false);
      initContainers.push(container);
    }
    for (const container of contribution.sidecars ?? []) {
      take(owner, container, true);
      sidecars.push(container);
    }
    for (const [key, value] of Object.entries(contribution.podAnnotations ?? {})) {
      annotations.take(owner, checkQualifiedName(scope, 'the key of an annotation', key), value);
    }
    for (const target of contribution.reloadOn ?? []) {
      checkObjectName(
        scope,
        `the ${target.kind === ReloadTargetKind.SECRET ? 'Secret' : 'ConfigMap'} of 'reloadOn'`,
        target.name,
      );
      reloadOn.set(`${target.kind}/${target.name}`, target);
    }
    contribution.envFrom?.forEach(from => checkEnvFrom(scope, from));
    envFrom.push(...(contribution.envFrom ?? []));
  }
  refuseNested(scope, mounts);

  return {
    volumes: volumes.sorted(),
    mounts: mounts.sorted(),
    env: new Map(env.entries()),
    envFrom: envFrom.sort(by(from => `${from._kind}/${from._name}/${from.prefix ?? ''}`)),
    initContainers: initContainers.sort(by(container => container.name)),
    sidecars: sidecars.sort(by(container => container.name)),
    podAnnotations: new Map(annotations.entries()),
    reloadOn: [...reloadOn.values()].sort(by(target => `${target.kind}/${target.name}`)),
  };
}
