import type { ManifestObject } from './manifest';
import { operatorKindOf } from './operators';
import { isCustom, podsOf } from './pod-templates';

/** The custom kinds of network policies that a rule accepts. */
const NETWORK_POLICIES: readonly string[] = [
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
];

/**
 * Whether rules look at objects of a kind: those of Kubernetes, those with a pod template, and those of operators whose
 * fields are known.
 */
export function isKnownKind(object: ManifestObject): boolean {
  return (
    !isCustom(object) ||
    NETWORK_POLICIES.includes(object.kind) ||
    operatorKindOf(object) !== undefined ||
    podsOf(object).length > 0
  );
}
