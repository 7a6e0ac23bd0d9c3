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

  public at(offset: number): { line: number; column: number } {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }

  private itemOf(token: CST.Token | undefined, key: string | number): CST.CollectionItem | undefined {
    if (token?.type === 'block-map' || (token?.type === 'flow-collection' && token.start.type === 'flow-map-start')) {
      return token.items.find(item => hasKey(item, key));
    }
    return token?.type === 'block-seq' || token?.type === 'flow-collection'
      ? this.itemsOf(token)[Number(key)]
      : undefined;
  }

  /** Returns the items of a sequence without comments, which the parser also returns as items. */
  private itemsOf(token: CST.BlockSequence | CST.FlowCollection): readonly CST.CollectionItem[] {
    let items = this.items.get(token);
    if (!items) {
      items = (token.items as CST.CollectionItem[]).filter(
        ({ start, value }) => value !== undefined || start.some(({ type }) => type === 'seq-item-ind'),
      );
      this.items.set(token, items);
    }
    return items;
  }
}

function hasKey({ key }: CST.CollectionItem, name: string | number): boolean {
  const { CST: tokens } = yamlLibrary();
  return tokens.isScalar(key) && key.type !== 'alias' && tokens.resolveAsScalar(key)?.value === name;
}
