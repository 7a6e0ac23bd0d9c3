import Ajv, { ValidateFunction } from 'ajv';

/** A short schema: the kind of a value or the value itself, a list, or the keys of an object, without other keys. */
export type Short = string | Short[] | { [key: string]: Short };

const KINDS: Record<string, object> = {
  string: { type: 'string', minLength: 1 },
  // one value or several of a setting that can be repeated
  strings: { type: ['string', 'array'], minLength: 1, minItems: 1, items: { type: 'string', minLength: 1 } },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  // must be quoted, because YAML 1.1 reads on and off as booleans
  switch: { type: 'string', enum: ['on', 'off'] },
  // secrets must be references
  variable: { type: 'string', pattern: '^(Bearer )?\\$(\\{DOLLAR\\})?\\{(env:)?[A-Z0-9_]+\\}$' },
  secret: { type: 'string', pattern: '^SECRET\\[credentials\\.[-a-z0-9]+/[A-Z_]+\\]$' },
  any: {},
};

/** A key that ends with `!` is required; `*` matches any key. */
export function schema(short: Short): object {
  if (typeof short === 'string') {
    return KINDS[short] ?? { const: short };
  }
  if (Array.isArray(short)) {
    return { type: 'array', minItems: 1, items: schema(short[0]) };
  }
  const entries = Object.entries(short);
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.filter(([key]) => key !== '*').map(([key, value]) => [key.replace(/!$/, ''), schema(value)]),
    ),
    required: entries.filter(([key]) => key.endsWith('!')).map(([key]) => key.slice(0, -1)),
    additionalProperties: '*' in short ? schema(short['*']) : false,
  };
}

const validators = new Map<string, ValidateFunction>();

/** Returns the errors of a value, with their paths. */
export function schemaProblems(short: Short, value: unknown, where: string): string[] {
  const key = JSON.stringify(short);
  const validate = validators.get(key) ?? new Ajv({ allErrors: true, strict: false }).compile(schema(short));
  validators.set(key, validate);
  return validate(value)
    ? []
    : validate.errors!.map(
        ({ instancePath, message, params }) => `${where}${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}
