import { isDeepStrictEqual } from 'util';
import type { PodFacts, Rule } from './rule';
import type { PodSpec } from '../checks/pod-spec';
import { isServed, replicaBounds } from '../inspect/cluster';
import type { Inventory } from '../inspect/inventory';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';

/** Whether the pod of a waived object lacks the safe default of a rule, so that the waiver has an effect. */
export function omitsDefault(
  { object }: { readonly object?: ManifestObject },
  { safeDefault }: Rule,
  inventory: Inventory,
): boolean {
  const pod = object && inventory.pods.find(candidate => candidate.object === object);
  if (!pod || !safeDefault?.apply) {
    return false;
  }
  const hardened = copyOf(pod.spec);
  try {
    safeDefault.apply(hardened as unknown as PodSpec, factsOf(pod, inventory));
  } catch {
    // no default applies to a pod that the API server rejects, for example one without containers
    return false;
  }
  return !isDeepStrictEqual(copyOf(hardened), copyOf(pod.spec));
}

/** Facts under which a default changes every pod that lacks it; their amounts are irrelevant. */
function factsOf(pod: Pod, inventory: Inventory): PodFacts {
  return {
    runAsUser: 1,
    runAsGroup: 1,
    podLabels: { ...pod.labels },
    isReplicated: pod.replicas === undefined || replicaBounds(pod, inventory).max > 1,
    drain: isServed(pod, inventory) ? { seconds: 1, preStop: {} } : undefined,
    stopSeconds: 1,
    resources: { memory: '1', memoryBeside: '1', ephemeralStorage: '1', ephemeralStorageBeside: '1' },
  };
}

/** Returns a copy without keys whose value is undefined, which a manifest does not contain. */
function copyOf(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(spec)) as Record<string, unknown>;
}
