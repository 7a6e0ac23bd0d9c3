import type { ContainerSpec } from '../../checks/pod-spec';
import { at } from '../../inspect/json';
import { eachPod, Rule } from '../rule';

export const resourceLimits: Rule<'resource-limits'> = {
  id: 'resource-limits',
  summary: 'every container has its share of CPU, memory and ephemeral storage',
  rationale:
    'one that takes more takes it from its neighbours: the node runs out of memory or disk, and the kubelet ' +
    'chooses who goes',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  fix: {
    construct: "leave the defaults in place, or give 'resources'",
    yaml: "set 'resources.requests.cpu', 'resources.limits.memory' and 'resources.limits.ephemeral-storage'",
  },
  safeDefault: {
    what:
      'CPU 100m to 1, memory 256Mi, ephemeral storage for what the volumes hold and 128Mi more; less for ' +
      'sidecars. A CPU limit throttles; give a CPU request alone to be without one',
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
        ...(bound('cpu', 'requests', 'limits') ? [] : ['a CPU request']),
        ...(bound('memory', 'limits') ? [] : ['a memory limit']),
        ...(bound('ephemeral-storage', 'limits') ? [] : ['a limit of ephemeral storage']),
      ];
      if (missing.length > 0) {
        yield {
          at: [...container.at, 'resources'],
          message: `container '${container.name}' is without ${missing.join(' and ')}`,
        };
      }
    }
  }),
};

/** A bound that is given stands for the one that is not. */
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
  container.resources = { requests, limits };
}
