import { Dirent, readdirSync, readFileSync, statSync } from 'fs';
import { basename, extname, join, resolve } from 'path';
import { compareBy } from '../checks/order';
import { KUSTOMIZATION_FILES } from '../inspect/kustomization';
import type { ManifestProblem } from '../inspect/manifest';

/** The name of standard input in reports. */
const STDIN = 'stdin';
const EXTENSIONS = ['.yaml', '.yml', '.json'];
const SKIPPED_DIRECTORIES = ['node_modules', '.git'];

/** A file that the arguments of a command name, directly or by a directory around it. */
export interface InputFile {
  readonly path: string;
  /** Whether an argument names the file itself. */
  readonly isArgument: boolean;
}

/** Returns the files that paths name, each once. Unreadable ones become problems. */
export function findFiles(paths: readonly string[], problems: ManifestProblem[]): InputFile[] {
  const seen = new Set<string>();
  return paths
    .flatMap(path => filesOf(path, problems))
    .filter(({ path }) => {
      const absolute = resolve(path);
      const isNew = !seen.has(absolute);
      seen.add(absolute);
      return isNew;
    });
}

function filesOf(path: string, problems: ManifestProblem[]): InputFile[] {
  if (path === '-') {
    return [{ path, isArgument: true }];
  }
  try {
    const stats = statSync(path);
    if (stats.isCharacterDevice() || stats.isBlockDevice()) {
      throw new Error('This is a device, not a file. For standard input, write -.');
    }
    return stats.isDirectory() ? filesBelow(path, problems) : [{ path, isArgument: true }];
  } catch (error) {
    problems.push(unreadable(path, causeOf(error)));
    return [];
  }
}

function filesBelow(directory: string, problems: ManifestProblem[]): InputFile[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(directory, { withFileTypes: true }).sort(compareBy(({ name }) => name));
  } catch (error) {
    problems.push(unreadable(directory, causeOf(error)));
    return [];
  }
  return entries.flatMap(entry => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      return SKIPPED_DIRECTORIES.includes(entry.name) ? [] : filesBelow(path, problems);
    }
    return isManifest(entry.name) && isFile(entry, path, problems) ? [{ path, isArgument: false }] : [];
  });
}

function isManifest(name: string): boolean {
  return EXTENSIONS.includes(extname(name).toLowerCase()) || KUSTOMIZATION_FILES.includes(basename(name));
}

/** Whether an entry is a file or a link to one. The files of mounted ConfigMaps are links. */
function isFile(entry: Dirent, path: string, problems: ManifestProblem[]): boolean {
  if (!entry.isSymbolicLink()) {
    return entry.isFile();
  }
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    problems.push(unreadable(path, causeOf(error)));
    return false;
  }
}

/** Reads a file as text, or returns the problem with it. */
export async function readText(path: string): Promise<string | ManifestProblem> {
  try {
    const bytes = path === '-' ? await readStdin() : readFileSync(path);
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (error) {
    return unreadable(nameOf(path), causeOf(error));
  }
}

/** Returns the encoding by the byte order mark. PowerShell's `>` writes UTF-16. */
function encodingOf(bytes: Buffer): string {
  const [first, second] = bytes;
  return first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The name of a path in reports. */
export function nameOf(path: string): string {
  return path === '-' ? STDIN : path;
}

const CAUSES: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'No such file or directory.'],
  ['EACCES', 'Permission denied.'],
  ['ELOOP', 'The link refers to itself.'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'The file is not UTF-8 text.'],
]);

function causeOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return CAUSES.get(code) ?? message;
}

/** A problem with a whole file. */
export function unreadable(file: string, message: string): ManifestProblem {
  return { file, line: 1, column: 1, message };
}
