import { AliasBudget } from './alias-budget';

const MERGE_KEY = '<<';

type Mapping = Record<string, unknown>;

/**
 * Merges the mappings of merge keys as kubectl does, and checks the aliases, which the parser returns as references to
 * one value.
 *
 * @throws Error if a value contains itself, or if the aliases expand to more values than kubectl accepts
 */
export function expandAliases(document: unknown): unknown {
  new AliasBudget().check(document);
  return expand(document, new Map());
}

function expand(value: unknown, expanded: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const known = expanded.get(value);
  if (known !== undefined) {
    return known;
  }
  const result = Array.isArray(value)
    ? value.map(item => expand(item, expanded))
    : mergeKeys(value as Mapping, item => expand(item, expanded));
  expanded.set(value, result);
  return result;
}

/** Merges in the order of the keys, so that the later of a key and a merge key counts. */
function mergeKeys(mapping: Mapping, expandValue: (value: unknown) => unknown): Mapping {
  const merged: Mapping = {};
  for (const [key, value] of Object.entries(mapping)) {
    if (key !== MERGE_KEY) {
      define(merged, key, expandValue(value));
      continue;
    }
    // the first of several mappings has precedence
    for (const source of (Array.isArray(value) ? [...value].reverse() : [value]).map(expandValue)) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        throw new Error("The value of the merge key '<<' is not a mapping.");
      }
      Object.entries(source).forEach(([name, item]) => define(merged, name, item));
    }
  }
  return merged;
}

/** Sets a key, also one with a special meaning in JavaScript. */
function define(mapping: Mapping, key: string, value: unknown): void {
  Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
}
