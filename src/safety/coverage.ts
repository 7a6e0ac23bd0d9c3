import type { SafetyCoverage, SafetyKindCount, SafetyPassedOver } from './safety-summary';
import { compareBy } from '../checks/order';
import { BUILT_IN_API_GROUPS } from '../facts/api-groups';
import type { ManifestObject } from '../inspect/manifest';
import { podOf } from '../inspect/pods';

/** The input that an audit did not look at, as far as it is not among the objects. */
export interface Skipped {
  /** The number of patches. */
  readonly patches?: number;
  readonly passedOver?: readonly SafetyPassedOver[];
}

/** Counts the objects that the rules look at, and the input that they do not look at. */
export function coverageOf(
  objects: readonly ManifestObject[],
  { patches = 0, passedOver = [] }: Skipped = {},
): SafetyCoverage {
  const unknown = objects.filter(object => !isKnown(object));
  return {
    lookedAt: objects.length - unknown.length,
    unknownKinds: countKinds(unknown),
    patches,
    passedOver: [...passedOver],
  };
}

/** Whether the rules look at an object: all built-in kinds, and every kind with a pod template. */
function isKnown(object: ManifestObject): boolean {
  return BUILT_IN_API_GROUPS.includes(groupOf(object)) || podOf(object) !== undefined;
}

function countKinds(objects: readonly ManifestObject[]): SafetyKindCount[] {
  const counts = new Map<string, SafetyKindCount>();
  for (const object of objects) {
    const [kind, apiGroup] = [object.kind, groupOf(object)];
    const key = `${kind}.${apiGroup}`;
    counts.set(key, { kind, apiGroup, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort(
    (a, b) => b.count - a.count || compareBy<SafetyKindCount>(({ kind, apiGroup }) => `${kind}.${apiGroup}`)(a, b),
  );
}

/** The API group of an object; empty for the core group. */
function groupOf({ apiVersion }: ManifestObject): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
