import type { CST } from 'yaml';
import type { JsonPath } from './json';
import { yamlLibrary } from '../checks/yaml-library';

/** The places of values in the text of one YAML document. Offsets count from 0, lines and columns from 1. */
export class YamlPlaces {
  private readonly lines = new (yamlLibrary().LineCounter)();
  private readonly contents?: CST.Token;
  private readonly items = new WeakMap<CST.BlockSequence | CST.FlowCollection, readonly CST.CollectionItem[]>();

  constructor(text: string) {
    const document = [...new (yamlLibrary().Parser)(this.lines.addNewLine).parse(text)].find(
      (token): token is CST.Document => token.type === 'document',
    );
    this.contents = document?.value;
  }

  /**
   * Returns the place of the value at a path, or of the nearest value around it. A value with a key begins at the key.
   */
  public locate(path: JsonPath): { line: number; column: number } {
    let token = this.contents;
    let offset = token?.offset ?? 0;
    for (const key of path) {
      const item = this.itemOf(token, key);
      if (!item) {
        break;
      }
      offset =
        item.key?.offset ??
        item.value?.offset ??
        item.start.find(({ type }) => type === 'seq-item-ind')?.offset ??
        offset;
      token = item.value;
    }
    return this.at(offset);
  }

  /** Returns the path of each key that a mapping has with several values. */
  public repeatedKeys(): readonly JsonPath[] {
    return [...repeatedKeysIn(this.contents, [])];
  }

  public at(offset: number): { line: number; column: number } {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }

  private itemOf(token: CST.Token | undefined, key: string | number): CST.CollectionItem | undefined {
    const entries = entriesOf(token);
    if (entries) {
      // the last of several equal keys counts
      return entries.filter(item => keyOf(item.key) === key).pop();
    }
    return token?.type === 'block-seq' || token?.type === 'flow-collection'
      ? this.itemsOf(token)[Number(key)]
      : undefined;
  }

  /** Returns the items of a sequence without comments, which the parser also returns as items. */
  private itemsOf(token: CST.BlockSequence | CST.FlowCollection): readonly CST.CollectionItem[] {
    let items = this.items.get(token);
    if (!items) {
      items = itemsWithValues(token);
      this.items.set(token, items);
    }
    return items;
  }
}

/** Returns the entries of a mapping; `undefined` for other values. */
function entriesOf(token: CST.Token | null | undefined): readonly CST.CollectionItem[] | undefined {
  return token?.type === 'block-map' || (token?.type === 'flow-collection' && token.start.type === 'flow-map-start')
    ? token.items
    : undefined;
}

function itemsWithValues(token: CST.BlockSequence | CST.FlowCollection): readonly CST.CollectionItem[] {
  return (token.items as CST.CollectionItem[]).filter(
    ({ start, value }) => value !== undefined || start.some(({ type }) => type === 'seq-item-ind'),
  );
}

function keyOf(key: CST.CollectionItem['key']): string | undefined {
  return yamlLibrary().CST.isScalar(key) && key.type !== 'alias' ? textOf(key) : undefined;
}

/**
 * Returns the text of a scalar. Errors do not matter: this parser finds some where kubectl finds none, for example in a
 * flow mapping that goes on at the beginning of a line.
 */
function textOf(token: CST.FlowScalar | CST.BlockScalar): string {
  return yamlLibrary().CST.resolveAsScalar(token, true, () => {}).value;
}

/** Plain scalars of other types than strings. */
const OTHER_SCALAR = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.?\d.*|[-+]?\.inf|\.nan)$/i;

/** Returns a string that is equal for equal values: quotes do not change a string. */
function valueOf(token: CST.Token | null | undefined): string {
  if (token?.type === 'single-quoted-scalar' || token?.type === 'double-quoted-scalar') {
    return textOf(token);
  }
  const source = token ? yamlLibrary().CST.stringify(token).trim() : '';
  return token?.type === 'scalar' && OTHER_SCALAR.test(source) ? `plain ${source}` : source;
}

function* repeatedKeysIn(token: CST.Token | null | undefined, path: JsonPath): Iterable<JsonPath> {
  const entries = entriesOf(token);
  if (entries) {
    const values = new Map<string, CST.Token | null | undefined>();
    const repeated = new Set<string>();
    for (const { key, value } of entries) {
      const name = keyOf(key);
      if (name !== undefined) {
        if (values.has(name) && valueOf(values.get(name)) !== valueOf(value)) {
          repeated.add(name);
        }
        values.set(name, value);
      }
    }
    yield* [...repeated].map(name => [...path, name]);
    for (const [name, value] of values) {
      yield* repeatedKeysIn(value, [...path, name]);
    }
  } else if (token?.type === 'block-seq' || token?.type === 'flow-collection') {
    for (const [i, { value }] of itemsWithValues(token).entries()) {
      yield* repeatedKeysIn(value, [...path, i]);
    }
  }
}
