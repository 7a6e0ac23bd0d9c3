import type { Audit } from './run';
import type { SafetyCoverage, SafetyKindCount, SafetyPassedOver } from './safety-summary';
import { compareBy } from '../checks/order';
import { isKnownKind } from '../inspect/known-kinds';
import { apiGroupOf, ManifestObject } from '../inspect/manifest';

/** The input that an audit did not look at. */
export interface Skipped {
  /** The number of patches. */
  readonly patches?: number;
  /** Files that are not among the objects. */
  readonly passedOver?: readonly SafetyPassedOver[];
}

/** Counts the objects that the rules look at, and the input that they do not look at. */
export function coverageOf(
  { objects, passedOver: omitted }: Pick<Audit, 'objects' | 'passedOver'>,
  { patches = 0, passedOver = [] }: Skipped = {},
): SafetyCoverage {
  const unknown = objects.filter(object => !isKnownKind(object));
  return {
    lookedAt: objects.length - unknown.length - omitted.reduce((sum, { count }) => sum + count, 0),
    unknownKinds: countKinds(unknown),
    patches,
    passedOver: [...omitted, ...passedOver],
  };
}

function countKinds(objects: readonly ManifestObject[]): SafetyKindCount[] {
  const counts = new Map<string, SafetyKindCount>();
  for (const object of objects) {
    const [kind, apiGroup] = [object.kind, apiGroupOf(object)];
    const key = `${kind}.${apiGroup}`;
    counts.set(key, { kind, apiGroup, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort(
    (a, b) => b.count - a.count || compareBy<SafetyKindCount>(({ kind, apiGroup }) => `${kind}.${apiGroup}`)(a, b),
  );
}
