import { randomUUID } from 'crypto';
import { Type } from 'js-yaml';
import { KUBECTL_SCHEMA } from './yaml-schema';

/** The maximum number of values in a document after its aliases and merge keys are expanded. */
const MAX_VALUES = 1_000_000;

const MERGE_KEY = '<<';

/**
 * Tells merge keys, which are plain, from quoted keys `"<<"`. The parser reads each plain `<<` as another string, which
 * no document can contain. Two merge keys of one mapping are then two keys.
 */
export class MergeKeys {
  public readonly schema = KUBECTL_SCHEMA.extend({
    implicit: [
      new Type('tag:yaml.org,2002:plain-merge', {
        kind: 'scalar',
        resolve: (data: string | null) => data === MERGE_KEY,
        construct: () => `${this.prefix}${this.count++}`,
      }),
    ],
  });
  private readonly prefix = `${randomUUID()} `;
  private count = 0;

  /** Whether a string stands for a plain `<<`. */
  public has(key: string): boolean {
    return key.startsWith(this.prefix);
  }
}

type Mapping = Record<string, unknown>;

/**
 * Merges the mappings of merge keys as kubectl does, and checks the aliases, which the parser returns as references to
 * one value.
 *
 * @throws Error if a value contains itself, or if the aliases expand to too many values
 */
export function expandAliases(document: unknown, mergeKeys?: MergeKeys): unknown {
  return new Expansion(mergeKeys).expand(document);
}

class Expansion {
  private readonly sizes = new Map<object, number>();
  private readonly merged = new Map<object, unknown>();
  private readonly open = new Set<object>();
  private readonly usedKeys = new Set<string>();
  private steps = 0;

  constructor(private readonly mergeKeys?: MergeKeys) {}

  public expand(value: unknown): unknown {
    if (typeof value === 'string' && this.isMergeKey(value)) {
      return MERGE_KEY;
    }
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
    const expanded = Array.isArray(value) ? value.map(item => this.expand(item)) : this.merge(value as Mapping);
    this.open.delete(value);
    this.sizes.set(expanded, this.sizeOf(Object.values(expanded)));
    this.merged.set(value, expanded);
    return expanded;
  }

  /** Merges in the order of the keys, so that the later of a key and a merge key counts. */
  private merge(mapping: Mapping): Mapping {
    const expanded: Mapping = {};
    for (const [key, value] of Object.entries(mapping)) {
      if (!this.isMergeKey(key)) {
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

  private isMergeKey(text: string): boolean {
    if (!this.mergeKeys?.has(text)) {
      return false;
    }
    if (this.usedKeys.has(text)) {
      throw new Error("An alias refers to '<<'.");
    }
    this.usedKeys.add(text);
    return true;
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
