import type { Inventory } from './inventory';
import { at, JsonPath, list, wholeNumber, text } from './json';
import { apiGroupOf, ManifestObject } from './manifest';
import { OPERATOR_KINDS } from '../facts/operators';
import type { OperatorBackup, OperatorKind, OperatorSetting, OperatorState } from '../facts/operators/operator-kind';

const KINDS: ReadonlyMap<string, OperatorKind> = new Map(
  OPERATOR_KINDS.map(operator => [`${operator.group}/${operator.kind}`, operator]),
);

/** Returns the facts about a custom resource; `undefined` if its kind is not known. */
export function operatorKindOf(object: Pick<ManifestObject, 'apiVersion' | 'kind'>): OperatorKind | undefined {
  return KINDS.get(`${apiGroupOf(object)}/${object.kind}`);
}

/** A custom resource of a known kind. */
export interface OperatorObject {
  readonly object: ManifestObject;
  readonly facts: OperatorKind;
}

/** Returns the custom resources of known kinds. */
export function operatorObjects({ objects }: Inventory): OperatorObject[] {
  return objects.flatMap(object => {
    const facts = operatorKindOf(object);
    return facts === undefined ? [] : [{ object, facts }];
  });
}

/**
 * Returns the paths of the values that a pattern matches: `spec.nodeSets[].count` matches the count of each item of the
 * list.
 */
export function matchingPaths(content: unknown, pattern: string, from: JsonPath = []): JsonPath[] {
  return pattern.split('.').reduce<JsonPath[]>(
    (paths, step) => {
      const key = step.replace(/\[\]$/, '');
      const values = paths.map(path => [...path, key]).filter(path => isSet(at(content, ...path)));
      return step === key
        ? values
        : values.flatMap(path => list(at(content, ...path)).map((_, i): JsonPath => [...path, i]));
    },
    [from],
  );
}

/** Returns the paths at which a setting has the value with the effect. */
export function matchingSettings(
  { content }: ManifestObject,
  { path: pattern, value, named }: OperatorSetting,
  from: JsonPath = [],
): JsonPath[] {
  return matchingPaths(content, pattern, from).filter(
    path =>
      (value === undefined || isEqual(at(content, ...path), value)) &&
      (named === undefined || at(content, ...path.slice(0, -1), 'name') === named),
  );
}

/** Returns the first storage field that is missing in a set of pods; `undefined` if one of them is set. */
export function missingStorage({ content }: ManifestObject, { storage }: OperatorState, set: JsonPath) {
  const isStored = storage.some(pattern => matchingPaths(content, pattern, set).length > 0);
  return isStored ? undefined : storage[0].replace(/\[\]$/, '').split('.');
}

/** Returns the number of replicas of all sets; `undefined` if one replica is normal or the number is not readable. */
export function replicasOf({ object: { content }, facts }: OperatorObject): number | undefined {
  if (facts.replicas === undefined) {
    return undefined;
  }
  const { paths, missing } = facts.replicas;
  const counts = paths.flatMap(pattern => {
    const parts = pattern.split('.');
    const field = parts[parts.length - 1];
    return matchingPaths(content, parts.slice(0, -1).join('.')).map(set => {
      const value = at(content, ...set, field);
      return isSet(value) ? wholeNumber(value) : missing;
    });
  });
  return counts.length === 0 || counts.includes(undefined)
    ? undefined
    : counts.reduce<number>((sum, count) => sum + count!, 0);
}

/** Whether a custom resource, or another object that refers to it, configures backups or makes them unnecessary. */
export function hasBackup(
  object: ManifestObject,
  { paths, objects = [], copy }: OperatorBackup,
  inventory: Inventory,
): boolean {
  return (
    [...paths, ...(copy === undefined ? [] : [copy])].some(
      pattern => matchingPaths(object.content, pattern).length > 0,
    ) || objects.some(reference => referredNames(reference, object, inventory).has(object.name))
  );
}

/** The names of custom resources in the objects that configure their backups. */
const REFERRED_NAMES = new WeakMap<readonly ManifestObject[], Map<string, ReadonlySet<string | undefined>>>();

/** Returns the names to which the objects of a kind near a custom resource refer. */
function referredNames(
  { kind, reference }: NonNullable<OperatorBackup['objects']>[number],
  near: ManifestObject,
  inventory: Inventory,
): ReadonlySet<string | undefined> {
  const objects = inventory.ofKind(kind, near);
  const known = REFERRED_NAMES.get(objects) ?? new Map<string, ReadonlySet<string | undefined>>();
  REFERRED_NAMES.set(objects, known);
  const names =
    known.get(reference) ?? new Set(objects.map(({ content }) => text(at(content, ...reference.split('.')))));
  known.set(reference, names);
  return names;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Compares a value with the one that has an effect. A quantity of zero can be a number, and have any unit. */
function isEqual(value: unknown, expected: string | boolean): boolean {
  return value === expected || (expected === '0' && /^0+(?:\.0+)?[a-zA-Z]*$/.test(String(value)));
}

/** Writes a path as people do: `spec.nodeSets[0].count`. */
export function writtenPath(path: JsonPath): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${key}`)).join('');
}
