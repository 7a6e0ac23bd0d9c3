import type { Inventory } from './inventory';
import { at, list, number, text } from './json';
import type { ManifestObject } from './manifest';
import type { Pod } from './pods';

/**
 * How many pods there may be at once, an autoscaler's included; one on each node counts as one, since none is beside
 * another.
 */
export function replicaBounds(pod: Pod, inventory: Inventory): { min: number; max: number } {
  const scaler = scalers(inventory).get(`${pod.object.kind}/${pod.object.namespace ?? ''}/${pod.object.name}`);
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

const SCALERS = new WeakMap<Inventory, Map<string, ManifestObject>>();

function scalers(inventory: Inventory): ReadonlyMap<string, ManifestObject> {
  let map = SCALERS.get(inventory);
  if (!map) {
    map = new Map(
      inventory.ofKind('HorizontalPodAutoscaler').map(scaler => {
        const target = at(scaler.content, 'spec', 'scaleTargetRef');
        return [`${text(at(target, 'kind'))}/${scaler.namespace ?? ''}/${text(at(target, 'name'))}`, scaler];
      }),
    );
    SCALERS.set(inventory, map);
  }
  return map;
}
