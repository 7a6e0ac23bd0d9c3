import type { Construct } from 'constructs';
import { Inventory } from '../inspect/inventory';
import { at, list } from '../inspect/json';
import { ManifestObject, objectsOf } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';
import { apiObjectsBelow } from '../objects/api-objects';
import type { Direction } from '../pod/isolation';

/**
 * Returns the directions in which the network policies of an app restrict the traffic of pods.
 *
 * @param extensions the scope of the extensions, whose policies do not count
 */
export function directionsOf(extensions: Construct, pod: Pod): ReadonlySet<Direction> {
  const policies = apiObjectsBelow(extensions.node.root)
    .filter(({ kind, node }) => kind === 'NetworkPolicy' && !node.scopes.includes(extensions))
    .flatMap(policy => objectsOf(policy.toJson(), { locate: () => undefined }));
  const inventory = new Inventory(policies, { hasKnownNamespaces: true });
  const selecting = inventory.selecting('NetworkPolicy', pod, 'spec', 'podSelector');
  return new Set(selecting.flatMap(directionsOfPolicy));
}

/** A policy without `policyTypes` restricts ingress, and egress if it has such rules. */
function directionsOfPolicy({ content }: ManifestObject): Direction[] {
  const types = at(content, 'spec', 'policyTypes') ?? ['Ingress', ...(at(content, 'spec', 'egress') ? ['Egress'] : [])];
  return list(types).filter((type): type is Direction => type === 'Ingress' || type === 'Egress');
}
