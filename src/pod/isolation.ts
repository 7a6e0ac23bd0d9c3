import type { IConstruct } from 'constructs';
import { isWaived } from '../safety/waiver';

/** A direction of the traffic of pods, as in `policyTypes`. */
export type Direction = 'Ingress' | 'Egress';

const ISOLATED = new WeakMap<IConstruct, ReadonlySet<Direction>>();

/** Records the directions in which network policies restrict the pods of the extensions below a construct. */
export function recordIsolation(scope: IConstruct, directions: ReadonlySet<Direction>): void {
  ISOLATED.set(scope, directions);
}

/**
 * Whether network policies restrict the traffic of the pods that contain an extension. The first policy for a direction
 * denies all other traffic, so an extension must not define a policy for pods that are open.
 */
export function isIsolated(scope: IConstruct, direction: Direction): boolean {
  const recorded = [...scope.node.scopes].reverse().flatMap(construct => ISOLATED.get(construct) ?? []);
  return recorded.length > 0 ? recorded[0].has(direction) : !isWaived(scope, 'network-policy');
}
