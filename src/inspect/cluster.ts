import type { Inventory } from './inventory';
import { at, list, wholeNumber } from './json';
import type { Pod } from './pods';

/**
 * The minimum and maximum number of pods at once, with the bounds of an autoscaler. A DaemonSet counts as one pod,
 * because its pods run on different nodes.
 */
export function replicaBounds(pod: Pod, inventory: Inventory): { min: number; max: number } {
  const scaler = inventory.autoscalerOf(pod.object);
  const replicas = pod.replicas ?? 1;
  return scaler
    ? {
        min: wholeNumber(at(scaler.content, 'spec', 'minReplicas')) ?? 1,
        max: wholeNumber(at(scaler.content, 'spec', 'maxReplicas')) ?? replicas,
      }
    : { min: replicas, max: replicas };
}

/**
 * Whether connections are routed to a pod: by a Service or, if the manifests contain no Service, because an app
 * container has ports.
 */
export function isServed(pod: Pod, inventory: Inventory): boolean {
  return inventory.ofKind('Service', pod.object).length > 0
    ? inventory.selecting('Service', pod).some(service => at(service.content, 'spec', 'clusterIP') !== 'None')
    : pod.containers.some(({ role, content }) => role === 'app' && list(content.ports).length > 0);
}
