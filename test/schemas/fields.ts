/**
 * Writes `src/facts/kubernetes-fields.ts`: the fields of the API, as the schemas of this directory have them.
 *
 * npx tsx --tsconfig test/tsconfig.json test/schemas/fields.ts 1.37
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { EMITTED_KINDS } from './strict';

/** A schema of the definitions. */
type Schema = any;

/** The types of values that have no fields, as their marks in the facts. */
const MARKS: Record<string, string> = {
  'string': '',
  'integer': '#',
  'boolean': '?',
  'integer,string': '~',
  'object': '*',
};

/** A quantity is a string in the schemas, but the API server also reads a number. */
const QUANTITY = 'Quantity';

/** Writes the types of the fields of some kinds. */
class Types {
  private readonly lines = new Map<string, string>();
  private readonly shortNames: readonly string[];

  constructor(private readonly definitions: Record<string, Schema>) {
    this.shortNames = Object.keys(definitions).map(shortName);
  }

  public get sorted(): string[] {
    return [...this.lines.values()].sort();
  }

  /** Adds a type and the types of its fields, and returns its name. */
  public add(definition: string, name = this.nameOf(definition)): string {
    if (!this.lines.has(name)) {
      this.lines.set(name, '');
      const { properties, required = [] } = this.definitions[definition];
      const fields = Object.entries<Schema>(properties).map(
        ([field, schema]) =>
          `${field}${required.includes(field) ? '!' : ''}${field === 'status' ? '*' : this.typeOf(schema)}`,
      );
      this.lines.set(name, `${name} ${fields.sort().join(' ')}`);
    }
    return name;
  }

  /** The short name of a type; with the version if versions differ. */
  private nameOf(definition: string): string {
    const name = shortName(definition);
    const isAmbiguous = this.shortNames.filter(other => other === name).length > 1;
    return isAmbiguous ? definition.split('.').slice(-2).join('.') : name;
  }

  private typeOf(schema: Schema): string {
    const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
    if (reference) {
      const definition = reference.split('/').pop()!;
      const { properties, type } = this.definitions[definition];
      return shortName(definition) === QUANTITY ? '%' : properties ? `:${this.add(definition)}` : markOf(type);
    }
    if (schema.items) {
      return `[]${this.typeOf(schema.items)}`;
    }
    return schema.additionalProperties ? `{}${this.typeOf(schema.additionalProperties)}` : markOf(schema.type);
  }
}

function shortName(definition: string): string {
  return definition.split('.').pop()!;
}

function markOf(type: string | readonly string[] | undefined): string {
  return type === undefined ? '*' : MARKS[String(type)];
}

/** Returns each type with its fields, in the format of `src/facts/kubernetes-fields.ts`. */
export function fieldLines(version: string): string[] {
  const { kinds, definitions } = JSON.parse(readFileSync(join(__dirname, `kubernetes-${version}.json`), 'utf8'));
  const types = new Types(definitions);
  Object.entries<string>(kinds)
    .map(([kind, name]) => ({ kind: kind.split(' '), name }))
    .filter(({ kind: [, kind] }) => EMITTED_KINDS.has(kind))
    .forEach(({ kind, name }) => types.add(name, kind.join('/')));
  return types.sorted;
}

function wrapped(line: string): string {
  return line.replace(/(.{1,112})(?: |$)/g, '$1\n  ').trimEnd();
}

if (require.main === module) {
  const [version] = process.argv.slice(2);
  const content = `/** The version of Kubernetes that \`FIELDS\` describes. */
export const FIELDS_VERSION = '${version}';

/**
 * The fields of the kinds that the library renders, one type on a line: \`name\`, \`!\` if the field is required,
 * \`[]\` for a list or \`{}\` for a map, and the type of the values: \`:Type\` for objects, \`#\` for integers,
 * \`?\` for booleans, \`~\` for integers or strings, \`%\` for quantities, \`*\` for any; otherwise strings. A kind has
 * its API version in front of it. Written by test/schemas/fields.ts.
 */
export const FIELDS = \`
${fieldLines(version).map(wrapped).join('\n')}
\`;
`;
  writeFileSync(join(__dirname, '..', '..', 'src', 'facts', 'kubernetes-fields.ts'), content);
}
