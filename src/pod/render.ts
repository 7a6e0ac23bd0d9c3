import type { Size } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { AppContainer, MergedParts } from './merge';
import type { SidecarContainer, PodEnvFrom, PodMount } from './pod-parts';
import { by } from '../checks/order';
import type { ContainerSpec, EnvVar, PodSpec } from '../checks/pod-spec';
import { quantity, seconds } from '../checks/values';
import { KubernetesVersion } from '../kubernetes-version';

/** Renders a pod with nothing in it but what was asked for; `harden` fills in the rest. */
export function renderPod(scope: IConstruct, app: AppContainer, parts: MergedParts): PodSpec {
  const native = nativeSidecars(scope);
  const main = renderContainer(scope, {
    ...app,
    env: Object.fromEntries(parts.env),
    envFrom: [...parts.envFrom],
    mounts: [...parts.mounts],
  });
  const sidecars = parts.sidecars.map(sidecar => renderContainer(scope, sidecar));
  const initContainers = parts.initContainers.map(container => renderContainer(scope, container));
  return {
    // sidecars come first, so that the init containers can use them
    initContainers: notEmpty([
      ...(native ? sidecars.map(sidecar => ({ ...sidecar, restartPolicy: 'Always' })) : []),
      ...initContainers,
    ]),
    containers: [main, ...(native ? [] : sidecars)],
    volumes: notEmpty(parts.volumes.map(volume => ({ name: volume.name, ...volume._source }))),
  };
}

/** Whether the oldest cluster to serve starts sidecars before the app and ends them after it. */
export function nativeSidecars(scope: IConstruct): boolean {
  return KubernetesVersion.minimumOf(scope).isAtLeast(KubernetesVersion.V1_29);
}

/**
 * Sleeps before SIGTERM; an image without `sleep` stops at once on clusters before 1.30, with an event that says so.
 */
export function sleepAction(scope: IConstruct, time: number) {
  const native = KubernetesVersion.minimumOf(scope).isAtLeast(KubernetesVersion.V1_30);
  return native ? { sleep: { seconds: time } } : { exec: { command: ['sleep', `${time}`] } };
}

function renderContainer(scope: IConstruct, container: SidecarContainer): ContainerSpec {
  const { ports = {}, resources = {} } = container;
  return {
    name: container.name,
    image: container.image,
    command: container.command,
    args: container.args,
    ports: notEmpty(
      Object.entries(ports)
        .sort(by(([name]) => name))
        .map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' })),
    ),
    env: notEmpty(renderEnv(container.env ?? {})),
    envFrom: notEmpty((container.envFrom ?? []).map(renderEnvFrom)),
    volumeMounts: notEmpty((container.mounts ?? []).map(renderMount).sort(by(mount => mount.mountPath))),
    lifecycle: container.preStopDelay && { preStop: sleepAction(scope, seconds(container.preStopDelay)) },
    resources: {
      requests: { cpu: resources.cpu?.request?.amount, ...sizes(resources, 'request') },
      limits: { cpu: resources.cpu?.limit?.amount, ...sizes(resources, 'limit') },
    } as ContainerSpec['resources'],
    ...container.healthCheck?._probes(scope, Object.values(ports)),
  };
}

function sizes(resources: NonNullable<SidecarContainer['resources']>, bound: 'request' | 'limit') {
  const size = (of?: { request?: Size; limit?: Size }) => of?.[bound] && quantity(of[bound]!);
  return { 'memory': size(resources.memory), 'ephemeral-storage': size(resources.ephemeralStorage) };
}

function renderEnv(env: Record<string, EnvValue>): EnvVar[] {
  const variables = Object.entries(env)
    .sort(by(([name]) => name))
    .map(([name, { value, valueFrom }]) => ({ name, value, valueFrom }));
  // $(NAME) sees only the variables above it
  const refers = (variable: EnvVar) => variable.value?.includes('$(') ?? false;
  return [...variables.filter(variable => !refers(variable)), ...variables.filter(refers)];
}

function renderEnvFrom({
  _kind: kind,
  _name: name,
  prefix,
}: PodEnvFrom): NonNullable<ContainerSpec['envFrom']>[number] {
  return { prefix, [kind === 'Secret' ? 'secretRef' : 'configMapRef']: { name } };
}

function renderMount({ path, volume, readOnly, subPath }: PodMount) {
  return { name: volume.name, mountPath: path, readOnly: readOnly || undefined, subPath };
}

function notEmpty<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}
