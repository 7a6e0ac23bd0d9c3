/** What a sample says, in the words that jsii's languages share. */

/** A class, struct, enum or interface of a package. */
export interface TypeName {
  readonly package: string;
  readonly name: string;
}

/** What a list or a map holds, where a language has to say it. */
export type ElementType =
  'string' | 'number' | 'boolean' | 'any' | { readonly type: TypeName; readonly struct: boolean };

export interface Item {
  readonly value: Expression;
  readonly comment?: string;
}

export interface Field extends Item {
  readonly name: string;
}

export type Expression =
  | { readonly kind: 'text'; readonly value: string; readonly any: boolean }
  | { readonly kind: 'number'; readonly value: string; readonly any: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly any: boolean }
  | {
      readonly kind: 'list';
      readonly of: ElementType;
      readonly items: Item[];
      readonly any: boolean;
      readonly broken: boolean;
    }
  | {
      readonly kind: 'map';
      readonly of: ElementType;
      readonly fields: Field[];
      readonly any: boolean;
      readonly broken: boolean;
    }
  | { readonly kind: 'struct'; readonly type: TypeName; readonly fields: Field[]; readonly broken: boolean }
  | { readonly kind: 'new'; readonly type: TypeName; readonly args: Arguments }
  | { readonly kind: 'static'; readonly type: TypeName; readonly name: string; readonly args: Arguments }
  | { readonly kind: 'constant'; readonly type: TypeName; readonly name: string; readonly enum: boolean }
  | { readonly kind: 'call'; readonly on: Expression; readonly name: string; readonly args: Arguments }
  | { readonly kind: 'property'; readonly on: Expression; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string };

export interface Arguments {
  readonly given: Expression[];
  /** How many optional parameters are left out. */
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
  /** Where it stands, for messages: `docs/logging.md:12`. */
  readonly place: string;
  /** A program that runs as it is; otherwise a part of one, which takes imports and some variables for granted. */
  readonly complete: boolean;
  readonly statements: Statement[];
  /** The variables that it takes for granted. */
  readonly free: Variable[];
}

/** What is written between brackets, and how. */
export interface Layout {
  readonly indent: string;
  /** What a comment starts with. */
  readonly comment: string;
  /** Whether each item has a line of its own. */
  readonly broken?: boolean;
  /** What follows the last item when each has a line of its own. */
  readonly trailing?: string;
}

/** Items between brackets, in one line where they fit and none was broken in the original. */
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
