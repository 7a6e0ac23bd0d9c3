import type { ManifestObject } from './manifest';
import type { Pod } from './pods';

/** Finds an object by its kind and name in the namespace of another object. */
export interface ObjectFinder {
  find(kind: string, name: string | undefined, from: ManifestObject): ManifestObject | undefined;
}

const INVENTORIES = new WeakMap<Pod, ObjectFinder>();

/** Remembers the inventory of pods, so that the objects that they refer to are found. */
export function registerPods(pods: readonly Pod[], inventory: ObjectFinder): void {
  pods.forEach(pod => INVENTORIES.set(pod, inventory));
}

/** Returns the inventory of a pod; `undefined` if the pod was read without one. */
export function inventoryOf(pod: Pod): ObjectFinder | undefined {
  return INVENTORIES.get(pod);
}
