import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import type { ContainerSpec, PodSpec } from '../checks/pod-spec';
import { formatBytes, parseQuantity } from '../inspect/quantity';

type Bound = 'requests' | 'limits';
type Resource = 'cpu' | 'memory';
type Resources = Partial<Record<Bound, Partial<Record<Resource | 'ephemeral-storage', unknown>>>>;

/** Refuses resources of a pod that the API server rejects, because its containers need more. */
export function checkPodResources(scope: IConstruct, pod: PodSpec): void {
  const { resources } = pod as { resources?: Resources };
  if (resources?.requests?.['ephemeral-storage'] ?? resources?.limits?.['ephemeral-storage']) {
    fail(
      scope,
      "'podResources.ephemeralStorage' is set, but containers cannot share ephemeral storage.",
      "Omit it, and set 'ephemeralStorage' in 'resources'.",
    );
  }
  for (const resource of ['cpu', 'memory'] as const) {
    const request = amount(resources, 'requests', resource) ?? amount(resources, 'limits', resource);
    const total = totalRequest(pod, resource);
    if (request !== undefined && request < total) {
      refuse(
        scope,
        resource,
        'request',
        request,
        `the ${format(resource, total)} that the containers request together`,
      );
    }
    const limit = amount(resources, 'limits', resource);
    for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
      const containerLimit = amountOf(container, 'limits', resource);
      if (limit !== undefined && limit < containerLimit) {
        const larger = `the ${format(resource, containerLimit)} that are the limit of container '${container.name}'`;
        refuse(scope, resource, 'limit', limit, larger);
      }
    }
  }
}

function refuse(scope: IConstruct, resource: Resource, bound: string, value: number, larger: string): never {
  return fail(
    scope,
    `'podResources.${resource}.${bound}' is ${format(resource, value)}, less than ${larger}.`,
    `Raise it, or lower '${resource}' in the 'resources' of the containers.`,
  );
}

/** Init containers run one after another, next to the native sidecars that start before them. */
function totalRequest({ containers, initContainers = [] }: PodSpec, resource: Resource): number {
  let sidecars = 0;
  let peak = 0;
  for (const container of initContainers) {
    const request = amountOf(container, 'requests', resource);
    if (container.restartPolicy === 'Always') {
      sidecars += request;
    }
    peak = Math.max(peak, container.restartPolicy === 'Always' ? sidecars : sidecars + request);
  }
  const running = containers.reduce((sum, container) => sum + amountOf(container, 'requests', resource), sidecars);
  return Math.max(running, peak);
}

function amountOf({ resources }: ContainerSpec, bound: Bound, resource: Resource): number {
  return amount(resources as Resources | undefined, bound, resource) ?? 0;
}

/** Returns an amount in thousandths, whose sums are exact. */
function amount(resources: Resources | undefined, bound: Bound, resource: Resource): number | undefined {
  const value = parseQuantity(resources?.[bound]?.[resource]);
  return value && Math.round(value * 1000);
}

function format(resource: Resource, value: number): string {
  return resource === 'cpu' ? `${value}m` : formatBytes(value / 1000);
}
