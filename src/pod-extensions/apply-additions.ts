import type { Duration } from 'cdk8s';
import type { AddedPod } from './added-pod';
import { hasVariable, hasVolume } from './conflicts';
import type { PodTarget } from './pod-target';
import type { ContainerSpec } from '../checks/pod-spec';
import { seconds } from '../checks/values';
import { at, JsonPath, list, record, text } from '../inspect/json';
import type { MergedAdditions } from '../pod/merge';
import { ReloadTargetKind } from '../pod/pod-extension';
import { references } from '../pod/render';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns the manifest of a workload with additions. The values of the workload stay as they are, except for the grace
 * period, which added sidecars extend.
 *
 * @param waivers the annotations that waive rules
 */
export function applyAdditions(target: PodTarget, added: AddedPod, merged: MergedAdditions, waivers: Fields): Fields {
  const { manifest, pod } = target;
  const withPod = changeAt(manifest.content, pod.at, spec => podWith(spec, target, added, merged));
  const withPodAnnotations = changeAt(withPod, pod.metadataAt, metadata =>
    annotate(metadata, Object.fromEntries(merged.podAnnotations)),
  );
  return changeAt(withPodAnnotations, ['metadata'], metadata =>
    annotate(metadata, { ...waivers, ...record(metadata.annotations), ...reloadAnnotations(metadata, merged) }),
  );
}

function podWith(spec: Fields, target: PodTarget, added: AddedPod, merged: MergedAdditions): Fields {
  const app = containerWith(record(at(target.manifest.content, ...target.app.at)), target, added);
  const complete = (container: ContainerSpec) => completeLikeApp(container, app, merged);
  const grace = graceSeconds(target, merged);
  return {
    ...spec,
    // first, so that the existing init containers can use the added sidecars and find a database ready
    ...lists({ initContainers: [...added.initContainers.map(complete), ...list(spec.initContainers)] }),
    containers: [
      ...list(spec.containers).map(container => (record(container).name === target.app.name ? app : container)),
      ...added.sidecars.map(complete),
    ],
    ...lists({ volumes: [...list(spec.volumes), ...added.volumes.filter(volume => !hasVolume(target, volume))] }),
    ...lists({ imagePullSecrets: union(list(spec.imagePullSecrets), added.imagePullSecrets) }),
    ...(grace === undefined ? {} : { terminationGracePeriodSeconds: grace }),
  };
}

function containerWith(container: Fields, target: PodTarget, { env, envFrom, volumeMounts }: AddedPod): Fields {
  const variables = env.filter(({ name, value }) => !hasVariable(target, name, value));
  return {
    ...container,
    ...lists({
      env: [
        // first, so that existing variables can refer to them with $(NAME)
        ...variables.filter(variable => !references(variable)),
        ...list(container.env),
        ...variables.filter(references),
      ],
      envFrom: [...list(container.envFrom), ...envFrom],
      volumeMounts: [...list(container.volumeMounts), ...volumeMounts],
    }),
  };
}

/** Returns the names of the added containers that are like the app. */
export function likeApp({ initContainers, sidecars }: MergedAdditions): string[] {
  return [...initContainers, ...sidecars].flatMap(container => (container.likeApp ? container.name : []));
}

/** Returns a container with what it takes from the app if it is like the app. */
function completeLikeApp(container: ContainerSpec, app: Fields, merged: MergedAdditions): Fields {
  if (!likeApp(merged).includes(container.name)) {
    return { ...container };
  }
  const { resources } = [...merged.initContainers, ...merged.sidecars].find(({ name }) => name === container.name)!;
  const names = new Set(container.env?.map(({ name }) => name));
  const paths = new Set(container.volumeMounts?.map(({ mountPath }) => mountPath));
  return {
    ...container,
    image: container.image ?? app.image,
    resources: resources ? container.resources : (app.resources ?? container.resources),
    securityContext: withUserOf(app, container.securityContext),
    ...lists({
      env: [...list(app.env).filter(item => !names.has(String(record(item).name))), ...(container.env ?? [])],
      envFrom: [...list(app.envFrom), ...(container.envFrom ?? [])],
      volumeMounts: [
        ...list(app.volumeMounts).filter(item => !paths.has(String(record(item).mountPath))),
        ...(container.volumeMounts ?? []),
      ],
    }),
  };
}

const USER_FIELDS = ['runAsUser', 'runAsGroup', 'runAsNonRoot'];

/** Returns a security context with the user of the app. Fields that the app's container does not set are of the pod. */
function withUserOf(app: Fields, securityContext: unknown): Fields {
  const others = Object.entries(record(securityContext)).filter(([field]) => !USER_FIELDS.includes(field));
  const user = Object.entries(record(app.securityContext)).filter(([field]) => USER_FIELDS.includes(field));
  return Object.fromEntries([...others, ...user]);
}

/** Returns the grace period with the time of the sidecars; `undefined` if no sidecar needs time after the app. */
function graceSeconds({ facts }: PodTarget, { sidecars }: MergedAdditions): number | undefined {
  const grace = facts.terminationGracePeriodSeconds;
  const needed = Math.max(
    sidecars.reduce((total, { shutdownTimeout }) => total + secondsOf(shutdownTimeout), grace),
    ...sidecars.map(sidecar => secondsOf(sidecar.preStopDelay) + secondsOf(sidecar.shutdownTimeout)),
  );
  return needed > grace ? needed : undefined;
}

function secondsOf(duration: Duration | undefined): number {
  return duration ? seconds(duration) : 0;
}

/** Returns the annotations for Stakater Reloader, with the names that the workload already has. */
function reloadAnnotations({ annotations }: Fields, { reloadOn }: MergedAdditions): Fields {
  return Object.fromEntries(
    [ReloadTargetKind.CONFIG_MAP, ReloadTargetKind.SECRET].flatMap(kind => {
      const key = `${kind}.reloader.stakater.com/reload`;
      const names = reloadOn.filter(target => target.kind === kind).map(({ name }) => name);
      const existing = text(at(annotations, key));
      return names.length === 0 ? [] : [[key, [...(existing ? [existing] : []), ...names].join(',')]];
    }),
  );
}

function annotate(metadata: Fields, added: Fields): Fields {
  const annotations = { ...record(metadata.annotations), ...added };
  return Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata;
}

/** Adds the items whose names are not in a list. */
function union(existing: readonly unknown[], added: readonly { readonly name: string }[]): unknown[] {
  const names = existing.map(item => record(item).name);
  return [...existing, ...added.filter(({ name }) => !names.includes(name))];
}

/** Omits lists without items. */
function lists(values: Record<string, unknown[]>): Record<string, unknown[]> {
  return Object.fromEntries(Object.entries(values).filter(([, items]) => items.length > 0));
}

/** Returns a copy of an object with a changed object at a path. */
function changeAt(value: Fields, [key, ...rest]: JsonPath, change: (value: Fields) => Fields): Fields {
  return key === undefined ? change(value) : { ...value, [key]: changeAt(record(at(value, key)), rest, change) };
}
