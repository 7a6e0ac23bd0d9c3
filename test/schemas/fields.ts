/**
 * Writes `src/facts/kubernetes-fields.ts`: the fields of the API, as the schemas of this directory have them.
 *
 * npx tsx --tsconfig test/tsconfig.json test/schemas/fields.ts 1.37
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { EMITTED_KINDS } from './strict';

/** Returns each type with its fields: `name`, or `name:Type` for a field whose values have fields. */
export function fieldLines(version: string): string[] {
  const { kinds, definitions } = JSON.parse(readFileSync(join(__dirname, `kubernetes-${version}.json`), 'utf8'));
  const lines = new Map<string, string>();
  const visit = (reference: string): string | undefined => {
    const name = reference.split('/').pop()!;
    const type = name.split('.').pop()!;
    const { properties } = definitions[name];
    if (!properties) {
      return undefined;
    }
    if (!lines.has(name)) {
      lines.set(name, '');
      const fields = Object.entries<any>(properties).map(([field, schema]) => {
        const target = schema.$ref ?? schema.items?.$ref ?? schema.allOf?.[0]?.$ref;
        const child = field === 'status' || target === undefined ? undefined : visit(target);
        return child === undefined ? field : `${field}:${child}`;
      });
      lines.set(name, `${type} ${fields.sort().join(' ')}`);
    }
    return type;
  };
  Object.entries<string>(kinds)
    .filter(([kind]) => EMITTED_KINDS.has(kind.split(' ')[1]))
    .forEach(([, name]) => visit(name));
  return [...new Set(lines.values())].sort();
}

function wrapped(line: string): string {
  return line.replace(/(.{1,112})(?: |$)/g, '$1\n  ').trimEnd();
}

if (require.main === module) {
  const [version] = process.argv.slice(2);
  const content = `/**
 * The fields of the kinds that the library renders, of Kubernetes ${version}, one type on a line:
 * \`name\`, or \`name:Type\` if its values have fields. Written by test/schemas/fields.ts.
 */
export const FIELDS = \`
${fieldLines(version).map(wrapped).join('\n')}
\`;
`;
  writeFileSync(join(__dirname, '..', '..', 'src', 'facts', 'kubernetes-fields.ts'), content);
}
