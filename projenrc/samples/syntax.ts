/** The syntax that samples use: the subset of TypeScript that every language of jsii can express. */

/** A class, struct, enum or interface of a package. */
export interface TypeName {
  readonly package: string;
  readonly name: string;
}

/** The type of the elements of a list or map, for languages that declare it. */
export type ElementType =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | { readonly type: TypeName; readonly struct: boolean };

export interface Item {
  readonly value: Expression;
  readonly comment?: string;
}

export interface Field extends Item {
  readonly name: string;
}

export type Expression =
  | { readonly kind: 'string'; readonly value: string; readonly any: boolean }
  | { readonly kind: 'number'; readonly value: string; readonly any: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly any: boolean }
  | {
      readonly kind: 'list';
      readonly elements: ElementType;
      readonly items: Item[];
      readonly any: boolean;
      readonly broken: boolean;
    }
  | {
      readonly kind: 'map';
      readonly elements: ElementType;
      readonly fields: Field[];
      readonly any: boolean;
      readonly broken: boolean;
    }
  | { readonly kind: 'struct'; readonly type: TypeName; readonly fields: Field[]; readonly broken: boolean }
  | { readonly kind: 'new'; readonly type: TypeName; readonly args: Arguments }
  | { readonly kind: 'static'; readonly type: TypeName; readonly name: string; readonly args: Arguments }
  | { readonly kind: 'constant'; readonly type: TypeName; readonly name: string; readonly enum: boolean }
  | { readonly kind: 'call'; readonly target: Expression; readonly name: string; readonly args: Arguments }
  | { readonly kind: 'property'; readonly target: Expression; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string };

export interface Arguments {
  readonly values: Expression[];
  /** The number of omitted optional parameters. */
  readonly omitted: number;
}

export type Statement =
  | {
      readonly kind: 'const';
      readonly name: string;
      readonly type: TypeName;
      readonly value: Expression;
      readonly comment?: string;
    }
  | { readonly kind: 'do'; readonly value: Expression; readonly comment?: string }
  | { readonly kind: 'if not empty'; readonly list: Expression; readonly then: Statement[] }
  | { readonly kind: 'throw'; readonly message: Expression }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'blank' };

export interface Variable {
  readonly name: string;
  readonly type: TypeName;
}

export interface Sample {
  /** Page and line, for messages: `docs/logging.md:12`. */
  readonly place: string;
  /** Whether it is a program. Otherwise it is a part of one that assumes imports and some variables. */
  readonly complete: boolean;
  readonly statements: Statement[];
  /** The variables that it assumes. */
  readonly free: Variable[];
}

/** The layout of a list between brackets. */
export interface Layout {
  readonly indent: string;
  /** The characters that start a comment. */
  readonly comment: string;
  /** Whether each item is on a separate line. */
  readonly broken?: boolean;
  /** The separator after the last item if each item is on a separate line. */
  readonly trailing?: string;
}

/** Writes items between brackets: in one line if they fit and the original is in one line, too. */
export function bracketed(
  open: string,
  items: ReadonlyArray<{ text: string; comment?: string }>,
  close: string,
  layout: Layout,
): string {
  const line = `${open}${items.map(({ text }) => text).join(', ')}${close}`;
  const broken =
    layout.broken || line.length > 110 || items.some(({ text, comment }) => comment || text.includes('\n'));
  if (items.length === 0 || !broken) {
    return line;
  }
  const lines = items.map(({ text, comment }, i) => {
    const separator = i < items.length - 1 ? ',' : (layout.trailing ?? '');
    return `${text}${separator}${comment ? ` ${layout.comment} ${comment}` : ''}`.replace(/^(?=.)/gm, layout.indent);
  });
  return `${open}\n${lines.join('\n')}\n${close}`;
}
