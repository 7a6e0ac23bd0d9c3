import { ApiObject, App, Chart, Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { PodTarget } from './pod-target';
import { readableSecrets } from './readable-secrets';
import type { ContainerSpec, PodSpec } from '../checks/pod-spec';
import { kibibytes, quantity } from '../checks/values';
import { at } from '../inspect/json';
import { checkReadableStrings } from '../objects/readable-api-object';
import { emptyDirs } from '../pod/budget';
import { WRITABLE_LAYER } from '../pod/default-resources';
import { harden } from '../pod/harden';
import type { MergedAdditions } from '../pod/merge';
import { renderPod } from '../pod/render';
import { defaultsOf, useRegistry } from '../pod/workload-defaults';

/** The user and group of added containers if the app's are unknown or root. */
export const DEFAULT_ID = 10001;

/** The additions to a pod as in a manifest, with safe defaults. */
export interface AddedPod {
  readonly env: readonly ContainerVariable[];
  readonly envFrom: readonly unknown[];
  readonly volumeMounts: readonly unknown[];
  readonly initContainers: readonly ContainerSpec[];
  readonly sidecars: readonly ContainerSpec[];
  readonly volumes: readonly { readonly name: string }[];
  /** The Secrets that pull the images of the added containers. */
  readonly imagePullSecrets: readonly { readonly name: string }[];
}

type ContainerVariable = NonNullable<ContainerSpec['env']>[number];

/**
 * Renders the additions to a pod. The pod and its existing containers get no safe defaults, so added containers get
 * those of pods as well.
 */
export function renderAdditions(scope: IConstruct, target: PodTarget, merged: MergedAdditions): AddedPod {
  const { name, image } = target.app;
  const { runAsUser, runAsGroup } = target.facts;
  const rendered = renderPod(scope, { name, image }, merged);
  const isLimited = limitsDisk(target);
  if (isLimited) {
    reserveVolumes(rendered, merged);
  }
  const pod = harden(rendered, {
    scope,
    volumes: [],
    serves: false,
    runAsUser: runAsUser || DEFAULT_ID,
    runAsGroup: runAsGroup || DEFAULT_ID,
    podLabels: {},
    isReplicated: false,
    stopSeconds: 0,
  });
  const [app, ...sidecars] = pod.containers;
  const added = [...(pod.initContainers ?? []), ...sidecars];
  added.forEach(container => secure(container, pod));
  const { imageRegistry, imagePullSecrets = [] } = defaultsOf(scope);
  // a container like the app has no image of its own yet
  useRegistry({ ...pod, containers: added.filter(container => container.image), initContainers: [] }, imageRegistry);
  if (!isLimited) {
    // the first limit would bound the whole pod
    for (const { resources } of added) {
      delete resources?.limits?.['ephemeral-storage'];
    }
  }
  return resolve(scope, {
    env: app.env ?? [],
    envFrom: app.envFrom ?? [],
    volumeMounts: app.volumeMounts ?? [],
    initContainers: pod.initContainers ?? [],
    sidecars,
    volumes: readableSecrets(target, merged, pod.volumes ?? []),
    imagePullSecrets: added.length > 0 ? imagePullSecrets.map(({ secretName }) => ({ name: secretName })) : [],
  });
}

/** Whether a container limits the ephemeral storage, and thereby that of the pod. */
function limitsDisk({ pod: { containers } }: PodTarget): boolean {
  return containers.some(({ content }) => at(content, 'resources', 'limits', 'ephemeral-storage') !== undefined);
}

/** Raises the default limit of a sidecar by the sizes of the volumes, which count against the limits of the pod. */
function reserveVolumes(pod: PodSpec, { volumes }: MergedAdditions): void {
  const sidecar = pod.containers[1] ?? pod.initContainers?.find(({ restartPolicy }) => restartPolicy === 'Always');
  const { requests, limits } = (sidecar?.resources ?? {}) as Record<string, Record<string, unknown> | undefined>;
  if (limits && requests?.['ephemeral-storage'] === undefined && limits['ephemeral-storage'] === undefined) {
    const disk = kibibytes(emptyDirs(volumes, EmptyDirMedium.DEFAULT).total);
    limits['ephemeral-storage'] = quantity(Size.kibibytes(kibibytes(WRITABLE_LAYER.sidecar) + disk));
  }
}

/** Sets the security of a pod for one of its containers. */
function secure(container: ContainerSpec, { securityContext = {} }: PodSpec): void {
  const { runAsNonRoot, runAsUser, runAsGroup, seccompProfile } = securityContext;
  container.securityContext = { runAsNonRoot, runAsUser, runAsGroup, seccompProfile, ...container.securityContext };
}

/** Resolves lazy values and omits undefined ones, as cdk8s does for its objects. */
function resolve<T extends object>(scope: IConstruct, additions: T): T {
  const chart = new Chart(new App({ resolvers: App.of(scope).resolvers }), 'additions');
  const { spec } = new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', spec: additions }).toJson();
  checkReadableStrings(scope, 'additions', spec);
  return spec;
}
