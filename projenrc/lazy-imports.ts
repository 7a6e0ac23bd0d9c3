import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import * as ts from 'typescript';

/** A replacement of the text between two positions. */
type Edit = readonly [start: number, end: number, text: string];

/**
 * Rewrites a compiled module so that it loads each module it imports when it first uses it. A program then loads only
 * what it uses, which shortens its start.
 *
 * Lines stay where they are, for stack traces.
 *
 * @param code the module, as the TypeScript compiler writes CommonJS
 * @param namesOf the exported names of a module that this one re-exports as a whole
 */
export function withLazyImports(code: string, namesOf: (module: string) => readonly string[]): string {
  const edits: Edit[] = [];
  const imported = new Set<string>();
  const exported = new Set<string>();
  const replace = (node: ts.Node, text: string) => edits.push([node.getStart(), node.getEnd(), text]);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && imported.has(node.text) && isReference(node)) {
      replace(node, isConstructed(node) ? `(${node.text}())` : `${node.text}()`);
    }
    ts.forEachChild(node, visit);
  };
  for (const statement of parse(code).statements) {
    const text = statement.getText();
    const [, name, load] = IMPORT.exec(text) ?? [];
    const [, module] = EXPORT_ALL.exec(text) ?? [];
    const [, reexported, source] = EXPORT.exec(text) ?? [];
    if (name) {
      imported.add(name);
      replace(statement, `let ${name}$; const ${name} = () => (${name}$ ??= ${load});`);
    } else if (module || imported.has(source)) {
      const names = (module ? namesOf(module) : [reexported]).filter(each => !exported.has(each));
      const getters = names.map(each => lazyExport(each, module ? `require("${module}")` : `${source}()`));
      replace(statement, [...(exported.size === 0 && names.length > 0 ? [LAZY_EXPORT] : []), ...getters].join(' '));
      names.forEach(each => exported.add(each));
    } else {
      visit(statement);
    }
  }
  // Node.js reads the names that ECMAScript modules can import from this assignment, which never runs
  const names = exported.size > 0 ? `0 && (module.exports = { ${exportedNames(code, namesOf).join(', ')} });\n` : '';
  return edited(code, edits) + names;
}

const IMPORT = /^(?:const|var) (\w+_\d+) = ((?:__importDefault\()?require\("[^"]+"\)\)?);$/;
const EXPORT_ALL = /^__exportStar\(require\("([^"]+)"\), exports\);$/;
const EXPORT =
  /^Object\.defineProperty\(exports, "(\w+)", { enumerable: true, get: function \(\) { return (\w+)\.\1; } }\);$/;

const LAZY_EXPORT =
  'const lazyExport = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });';
const lazyExport = (name: string, module: string) => `lazyExport("${name}", () => ${module}.${name});`;

const parse = (code: string) => ts.createSourceFile('module.js', code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);

/** The names that a compiled module exports. */
export function exportedNames(code: string, namesOf: (module: string) => readonly string[]): string[] {
  const names = parse(code).statements.flatMap(statement => {
    const text = statement.getText();
    const [, whole] = EXPORT_ALL.exec(text) ?? [];
    const [, exported] = EXPORT.exec(text) ?? [];
    return whole
      ? namesOf(whole)
      : [exported ?? [...text.matchAll(/\bexports\.(\w+) =/g)].map(([, name]) => name)].flat();
  });
  return [...new Set(names)];
}

const isReference = (node: ts.Identifier) =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node;

/** Whether an identifier begins what `new` calls. */
function isConstructed(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isNewExpression(parent)
    ? parent.expression === node
    : ts.isPropertyAccessExpression(parent) && isConstructed(parent);
}

function edited(code: string, edits: readonly Edit[]): string {
  let position = 0;
  const parts: string[] = [];
  for (const [start, end, text] of [...edits].sort(([a], [b]) => a - b)) {
    parts.push(code.slice(position, start), text);
    position = end;
  }
  return [...parts, code.slice(position)].join('');
}

function rewrite(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.js'))
    .map(name => resolve(folder, name));
  const codes = new Map(files.map(file => [file, readFileSync(file, 'utf8')]));
  const namesIn =
    (file: string) =>
    (module: string): string[] => {
      const path = resolve(file, '..', module);
      const target = [`${path}.js`, join(path, 'index.js')].find(each => codes.has(each))!;
      return exportedNames(codes.get(target)!, namesIn(target));
    };
  codes.forEach((code, file) => writeFileSync(file, withLazyImports(code, namesIn(file))));
}

if (require.main === module) {
  rewrite('lib');
}
