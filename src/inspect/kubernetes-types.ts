import { FIELDS } from '../facts/kubernetes-fields';

/** The type of a value: a mark of `FIELDS`, or the name of a type with fields. */
export interface ValueType {
  /** Whether the value is a list or a map of values of the type. */
  readonly collection?: 'list' | 'map';
  readonly type:
    | 'string'
    | 'integer'
    | 'boolean'
    | 'integerOrString'
    | 'quantity'
    | 'any'
    | { readonly fieldsOf: string };
}

/** A field of a type. */
export interface Field extends ValueType {
  readonly isRequired: boolean;
}

type Fields = ReadonlyMap<string, Field>;

const MARKS = {
  '': 'string',
  '#': 'integer',
  '?': 'boolean',
  '~': 'integerOrString',
  '%': 'quantity',
  '*': 'any',
} as const;

const COLLECTIONS = { '[]': 'list', '{}': 'map' } as const;

let types: ReadonlyMap<string, Fields> | undefined;

/** Returns the fields of a type, or those of a kind by its API version and name: `apps/v1/Deployment`. */
export function fieldsOf(type: string): Fields | undefined {
  types ??= new Map(
    FIELDS.trim()
      .split(/\n(?! )/)
      .map(line => {
        const [name, ...fields] = line.split(/\s+/);
        return [name, new Map(fields.map(parseField))];
      }),
  );
  return types.get(type);
}

function parseField(text: string): [name: string, field: Field] {
  const [, name, required, collection, mark] = /^(\w+)(!?)(\[\]|\{\})?(?!\w)(.*)/.exec(text)!;
  return [
    name,
    {
      isRequired: required !== '',
      collection: COLLECTIONS[collection as keyof typeof COLLECTIONS],
      type: mark.startsWith(':') ? { fieldsOf: mark.slice(1) } : MARKS[mark as keyof typeof MARKS],
    },
  ];
}
