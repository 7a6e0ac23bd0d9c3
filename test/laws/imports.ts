import { isBuiltin } from 'module';
import { posix } from 'path';
import * as ts from 'typescript';

/** One file that imports another, both as paths from the repository's root. */
export interface FileImport {
  readonly from: string;
  readonly to: string;
}

/** The modules that a file imports: static, dynamic, of types only, and those of re-exports. */
export function specifiersOf(path: string, content: string): string[] {
  const specifiers: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      specifiers.push(specifier);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true));
  return specifiers;
}

/** The files among `specifiers`. */
export function toFileImports(path: string, specifiers: readonly string[], files: ReadonlySet<string>): FileImport[] {
  return specifiers
    .filter(specifier => specifier.startsWith('.'))
    .map(specifier => ({ from: path, to: resolve(path, specifier, files) }));
}

/** The packages among `specifiers`, without those of Node. */
export function packagesOf(specifiers: readonly string[]): string[] {
  return specifiers
    .filter(specifier => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map(specifier => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
}

/** The module that a node imports, if it is an import. */
function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return textOf(node.moduleSpecifier);
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  }
  if (ts.isExternalModuleReference(node)) {
    return textOf(node.expression);
  }
  if (ts.isCallExpression(node)) {
    const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
    return isImport || isRequire ? textOf(node.arguments[0]) : undefined;
  }
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function resolve(from: string, specifier: string, files: ReadonlySet<string>): string {
  const path = posix.join(posix.dirname(from), specifier);
  const file = [`${path}.ts`, posix.join(path, 'index.ts'), path].find(candidate => files.has(candidate));
  if (file === undefined) {
    throw new Error(`${from} imports '${specifier}', which is not a file of the library.`);
  }
  return file;
}

/** An import as the folder that contains both of its files sees it: between two of the folder's files or folders. */
export interface EntryImport extends FileImport {
  readonly folder: string;
  readonly fromEntry: string;
  readonly toEntry: string;
}

export function toEntryImport({ from, to }: FileImport): EntryImport {
  const [fromParts, toParts] = [from.split('/'), to.split('/')];
  const depth = fromParts.findIndex((part, i) => part !== toParts[i]);
  const folder = fromParts.slice(0, depth).join('/');
  return { from, to, folder, fromEntry: fromParts[depth], toEntry: toParts[depth] };
}

/**
 * Finds import cycles among the files and folders of each folder.
 *
 * A cycle of files is one of these as well, because its files meet in some folder.
 */
export function findCycles(imports: readonly FileImport[]): string[] {
  const entryImports = imports.map(toEntryImport);
  const folders = [...new Set(entryImports.map(({ folder }) => folder))].sort();
  return folders.flatMap(folder =>
    cyclesIn(
      folder,
      entryImports.filter(entryImport => entryImport.folder === folder),
    ),
  );
}

function cyclesIn(folder: string, imports: readonly EntryImport[]): string[] {
  const targets = new Map<string, Set<string>>();
  for (const { fromEntry, toEntry } of imports) {
    targets.set(fromEntry, (targets.get(fromEntry) ?? new Set()).add(toEntry));
  }
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (entry: string, path: readonly string[]): void => {
    if (path.includes(entry)) {
      cycles.push(`${folder}: ${[...path.slice(path.indexOf(entry)), entry].join(' -> ')}`);
    } else if (!done.has(entry)) {
      [...(targets.get(entry) ?? [])].sort().forEach(target => visit(target, [...path, entry]));
      done.add(entry);
    }
  };
  [...targets.keys()].sort().forEach(entry => visit(entry, []));
  return cycles;
}
