/** The maximum number of values in a document after its aliases and merge keys are expanded. */
const MAX_VALUES = 1_000_000;

const MERGE_KEY = '<<';

type Mapping = Record<string, unknown>;

/**
 * Merges the mappings of merge keys as kubectl does, and checks the aliases, which the parser returns as references to
 * one value.
 *
 * @throws Error if a value contains itself, or if the aliases expand to too many values
 */
export function expandAliases(document: unknown): unknown {
  return new Expansion().expand(document);
}

class Expansion {
  private readonly sizes = new Map<object, number>();
  private readonly merged = new Map<object, unknown>();
  private readonly open = new Set<object>();
  private steps = 0;

  public expand(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const known = this.merged.get(value);
    if (known !== undefined) {
      return known;
    }
    if (this.open.has(value)) {
      throw new Error('An alias refers to a value that contains the alias.');
    }
    this.open.add(value);
    const expanded = Array.isArray(value) ? value.map(item => this.expand(item)) : this.mergeKeys(value as Mapping);
    this.open.delete(value);
    this.sizes.set(expanded, this.sizeOf(Object.values(expanded)));
    this.merged.set(value, expanded);
    return expanded;
  }

  /** Merges in the order of the keys, so that the later of a key and a merge key counts. */
  private mergeKeys(mapping: Mapping): Mapping {
    const expanded: Mapping = {};
    for (const [key, value] of Object.entries(mapping)) {
      if (key !== MERGE_KEY) {
        define(expanded, key, this.expand(value));
        continue;
      }
      // the first of several mappings has precedence
      for (const source of (Array.isArray(value) ? [...value].reverse() : [value]).map(item => this.expand(item))) {
        if (typeof source !== 'object' || source === null || Array.isArray(source)) {
          throw new Error("The value of the merge key '<<' is not a mapping.");
        }
        const entries = Object.entries(source);
        this.count(entries.length);
        entries.forEach(([name, item]) => define(expanded, name, item));
      }
    }
    return expanded;
  }

  private sizeOf(items: readonly unknown[]): number {
    const size = items.reduce<number>((sum, item) => sum + (this.sizes.get(item as object) ?? 1), 1);
    if (size > MAX_VALUES) {
      throw new Error(`The aliases expand to more than ${MAX_VALUES} values.`);
    }
    return size;
  }

  private count(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_VALUES) {
      throw new Error(`The merge keys expand to more than ${MAX_VALUES} values.`);
    }
  }
}

/** Sets a key, also one with a special meaning in JavaScript. */
function define(mapping: Mapping, key: string, value: unknown): void {
  Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
}
