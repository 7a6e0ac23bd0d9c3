import type { ContainerSpec } from '../../checks/pod-spec';
import { at } from '../../inspect/json';
import { eachPod, Rule } from '../rule';

export const resourceLimits: Rule<'resource-limits'> = {
  id: 'resource-limits',
  summary: 'Every container has a CPU request, a memory limit and an ephemeral storage limit.',
  rationale:
    'A container without them takes resources from its neighbors until the node runs out of memory or disk space and ' +
    'the kubelet evicts pods.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  fix: {
    construct: "Use 'AppWorkload' and keep its defaults, or set 'resources'.",
    yaml: "Set 'resources.requests.cpu', 'resources.limits.memory' and 'resources.limits.ephemeral-storage'.",
  },
  safeDefault: {
    what:
      '100m to 1 CPU, 256Mi of memory, and ephemeral storage for the volumes plus 128Mi; less for sidecars. A CPU ' +
      'limit throttles: set only a CPU request to omit it',
    apply: (pod, { resources: { memory, memoryBeside, ephemeralStorage, ephemeralStorageBeside } }) => {
      fill(pod.containers[0], { request: '100m', limit: '1' }, memory, ephemeralStorage);
      for (const container of [...pod.containers.slice(1), ...(pod.initContainers ?? [])]) {
        fill(container, { request: '20m', limit: '200m' }, memoryBeside, ephemeralStorageBeside);
      }
    },
  },
  ...eachPod(function* (pod) {
    for (const container of pod.containers) {
      const bound = (resource: string, ...kinds: string[]) =>
        kinds.some(
          kind =>
            at(container.content, 'resources', kind, resource) !== undefined ||
            at(pod.spec, 'resources', kind, resource) !== undefined,
        );
      const missing = [
        ...(bound('cpu', 'requests', 'limits') ? [] : ['no CPU request']),
        ...(bound('memory', 'limits') ? [] : ['no memory limit']),
        ...(bound('ephemeral-storage', 'limits') ? [] : ['no ephemeral storage limit']),
      ];
      if (missing.length > 0) {
        yield {
          at: [...container.at, 'resources'],
          message: `Container '${container.name}' has ${enumerate(missing)}.`,
        };
      }
    }
  }),
};

/** The items of a list in a sentence: `a, b and c`. */
function enumerate(items: readonly string[]): string {
  return items.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

/** Sets the requests and limits that are missing; a request without a limit sets that too, and the reverse. */
function fill(
  container: ContainerSpec,
  cpu: { request: string; limit: string },
  memory: string,
  ephemeralStorage: string,
): void {
  const requests: Record<string, any> = container.resources?.requests ?? {};
  const limits: Record<string, any> = container.resources?.limits ?? {};
  for (const [resource, amount] of [
    ['memory', memory],
    ['ephemeral-storage', ephemeralStorage],
  ]) {
    [requests[resource], limits[resource]] = [
      requests[resource] ?? limits[resource] ?? amount,
      limits[resource] ?? requests[resource] ?? amount,
    ];
  }
  if (requests.cpu === undefined) {
    [requests.cpu, limits.cpu] = limits.cpu === undefined ? [cpu.request, cpu.limit] : [limits.cpu, limits.cpu];
  }
  container.resources = { ...container.resources, requests, limits };
}
