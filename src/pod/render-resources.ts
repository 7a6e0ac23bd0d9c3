import type { Size } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-28';
import type { ContainerSpec } from '../checks/pod-spec';
import { quantity } from '../checks/values';

/** Returns requests and limits as in a manifest. */
export function renderResources(resources: ContainerResources): NonNullable<ContainerSpec['resources']> {
  return {
    requests: { cpu: resources.cpu?.request?.amount, ...sizes(resources, 'request') },
    limits: { cpu: resources.cpu?.limit?.amount, ...sizes(resources, 'limit') },
  } as NonNullable<ContainerSpec['resources']>;
}

function sizes(resources: ContainerResources, bound: 'request' | 'limit') {
  const size = (bounds?: { request?: Size; limit?: Size }) => bounds?.[bound] && quantity(bounds[bound]!);
  return { 'memory': size(resources.memory), 'ephemeral-storage': size(resources.ephemeralStorage) };
}
