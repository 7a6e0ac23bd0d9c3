import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { AppContainer, MergedAdditions, PodContainer } from './merge';
import type { PodEnvFrom, PodMount } from './pod-parts';
import { protocolOf } from './probe-port';
import { renderResources } from './render-resources';
import { orderVariables } from './variable-references';
import { volumeSource } from './volumes/defined-claims';
import { withContainerName } from './volumes/projected-source';
import { isReadOnly } from './volumes/read-only';
import { copiesFromImage } from './writable-directories';
import { compareBy } from '../checks/order';
import type { ContainerSpec, EnvVar, PodSpec } from '../checks/pod-spec';
import { seconds } from '../checks/values';
import { KubernetesVersion } from '../kubernetes-version';

/**
 * Renders a pod without safe defaults, which `harden` adds.
 *
 * @param labels the labels of the workload
 */
export function renderPod(
  scope: IConstruct,
  app: AppContainer,
  merged: MergedAdditions,
  labels: Record<string, string> = {},
): PodSpec {
  const native = nativeSidecars(scope);
  const main = renderContainer(scope, {
    ...app,
    env: Object.fromEntries(merged.env),
    envFrom: [...merged.envFrom],
    mounts: [...merged.mounts],
  });
  const sidecars = merged.sidecars.map(sidecar => renderContainer(scope, sidecar));
  const initContainers = (isCopy: boolean) =>
    merged.initContainers
      .filter(container => copiesFromImage(container) === isCopy)
      .map(container => renderContainer(scope, container));
  return {
    // files of the image first, because sidecars can mount them; then sidecars, because init containers can use them
    initContainers: notEmpty([
      ...initContainers(true),
      ...(native ? sidecars.map(sidecar => ({ ...sidecar, restartPolicy: 'Always' })) : []),
      ...initContainers(false),
    ]),
    containers: [main, ...(native ? [] : sidecars)],
    volumes: notEmpty(
      merged.volumes.flatMap(volume => {
        const source = volumeSource(scope, volume, labels);
        return source === undefined ? [] : [{ name: volume.name, ...withContainerName(source, app.name) }];
      }),
    ),
  };
}

/** Returns whether the minimum cluster version has native sidecars, which start before the app and stop after it. */
export function nativeSidecars(scope: IConstruct): boolean {
  return KubernetesVersion.minimumOf(scope).isAtLeast(KubernetesVersion.V1_29);
}

/**
 * Returns a handler that sleeps before SIGTERM. On clusters before 1.30, a container without the `sleep` program stops
 * immediately, with an event.
 */
export function sleepAction(scope: IConstruct, sleepSeconds: number) {
  const native = KubernetesVersion.minimumOf(scope).isAtLeast(KubernetesVersion.V1_30);
  return native ? { sleep: { seconds: sleepSeconds } } : { exec: { command: ['sleep', `${sleepSeconds}`] } };
}

function renderContainer(scope: IConstruct, container: PodContainer): ContainerSpec {
  const { ports = {}, resources = {} } = container;
  return {
    name: container.name,
    image: container.image,
    command: container.command,
    args: container.args,
    ports: notEmpty(
      Object.entries(ports)
        .sort(compareBy(([name]) => name))
        .map(([name, containerPort]) => ({ name, containerPort, protocol: protocolOf(container, name) })),
    ),
    env: notEmpty(renderEnv(container.env ?? {})),
    envFrom: notEmpty((container.envFrom ?? []).map(renderEnvFrom)),
    volumeMounts: notEmpty((container.mounts ?? []).map(renderMount).sort(compareBy(mount => mount.mountPath))),
    lifecycle: container.preStopDelay && { preStop: sleepAction(scope, seconds(container.preStopDelay)) },
    resources: renderResources(resources),
    ...container.healthCheck?._probes(scope, container),
  };
}

function renderEnv(env: Record<string, EnvValue>): EnvVar[] {
  return orderVariables(Object.entries(env).map(([name, { value, valueFrom }]) => ({ name, value, valueFrom })));
}

/** Whether the value of a variable contains the values of others. */
export function references({ value }: EnvVar): boolean {
  return value?.includes('$(') ?? false;
}

function renderEnvFrom({ _kind, _name, prefix }: PodEnvFrom): NonNullable<ContainerSpec['envFrom']>[number] {
  return { prefix, [_kind === 'Secret' ? 'secretRef' : 'configMapRef']: { name: _name } };
}

function renderMount(mount: PodMount) {
  const { path, volume, subPath, readOnly = isReadOnly(mount) } = mount;
  return { name: volume.name, mountPath: path, readOnly: readOnly || undefined, subPath };
}

function notEmpty<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}
