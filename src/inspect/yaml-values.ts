import { randomUUID } from 'crypto';
import { Type } from 'js-yaml';
import { AliasBudget } from './alias-budget';
import { KUBECTL_SCHEMA } from './yaml-schema';

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
 * @throws Error if a value contains itself, or if the aliases expand to more values than kubectl accepts
 */
export function expandAliases(document: unknown, mergeKeys?: MergeKeys): unknown {
  new AliasBudget().check(document);
  return new Expansion(mergeKeys).expand(document);
}

class Expansion {
  private readonly expanded = new Map<object, unknown>();
  private readonly usedKeys = new Set<string>();

  constructor(private readonly mergeKeys?: MergeKeys) {}

  public expand(value: unknown): unknown {
    if (typeof value === 'string' && this.isMergeKey(value)) {
      return MERGE_KEY;
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const known = this.expanded.get(value);
    if (known !== undefined) {
      return known;
    }
    const result = Array.isArray(value) ? value.map(item => this.expand(item)) : this.merge(value as Mapping);
    this.expanded.set(value, result);
    return result;
  }

  /** Merges in the order of the keys, so that the later of a key and a merge key counts. */
  private merge(mapping: Mapping): Mapping {
    const merged: Mapping = {};
    for (const [key, value] of Object.entries(mapping)) {
      if (!this.isMergeKey(key)) {
        define(merged, key, this.expand(value));
        continue;
      }
      // the first of several mappings has precedence
      for (const source of (Array.isArray(value) ? [...value].reverse() : [value]).map(item => this.expand(item))) {
        if (typeof source !== 'object' || source === null || Array.isArray(source)) {
          throw new Error("The value of the merge key '<<' is not a mapping.");
        }
        Object.entries(source).forEach(([name, item]) => define(merged, name, item));
      }
    }
    return merged;
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
}

/** Sets a key, also one with a special meaning in JavaScript. */
function define(mapping: Mapping, key: string, value: unknown): void {
  Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
}
