import type { Inventory } from './inventory';
import { at, list, number } from './json';
import type { Pod } from './pods';

/**
 * How many pods there may be at once, an autoscaler's included; one on each node counts as one, since none is beside
 * another.
 */
export function replicaBounds(pod: Pod, inventory: Inventory): { min: number; max: number } {
  const scaler = inventory.autoscalerOf(pod.object);
  const replicas = pod.replicas ?? 1;
  return scaler
    ? {
        min: number(at(scaler.content, 'spec', 'minReplicas')) ?? 1,
        max: number(at(scaler.content, 'spec', 'maxReplicas')) ?? replicas,
      }
    : { min: replicas, max: replicas };
}

/**
 * Whether connections are routed to a pod: by a Service, or, where no Service is here at all, because it names ports.
 */
export function isServed(pod: Pod, inventory: Inventory): boolean {
  return inventory.ofKind('Service').length > 0
    ? inventory.selecting('Service', pod).some(service => at(service.content, 'spec', 'clusterIP') !== 'None')
    : pod.containers.some(({ role, content }) => role === 'app' && list(content.ports).length > 0);
}
