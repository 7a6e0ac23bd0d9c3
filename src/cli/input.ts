import { Dirent, readdirSync, readFileSync, statSync } from 'fs';
import { extname, join, resolve } from 'path';
import { compareBy } from '../checks/order';
import type { ManifestObject, ManifestProblem } from '../inspect/manifest';
import { readYaml } from '../inspect/read-yaml';

/** The name of standard input in reports. */
const STDIN = 'stdin';
const EXTENSIONS = ['.yaml', '.yml', '.json'];
const SKIPPED_DIRECTORIES = ['node_modules', '.git'];

/** The contents of the files that the arguments of a command name. */
export interface Input {
  readonly objects: readonly ManifestObject[];
  /** Documents and files that are unreadable. */
  readonly problems: readonly ManifestProblem[];
}

/** The help of the arguments. */
export const PATHS_HELP = 'YAML or JSON files, directories that contain such files, or - for standard input.';

/** Reads files, directories with their subdirectories, and standard input for `-`. Each file is read once. */
export async function readInput(paths: readonly string[]): Promise<Input> {
  const objects: ManifestObject[] = [];
  const problems: ManifestProblem[] = [];
  for (const inputFile of distinct(paths.flatMap(path => filesOf(path, problems)))) {
    const manifests = await readFile(inputFile);
    // calls with so many arguments as there can be objects exceed the stack
    manifests.objects.forEach(object => objects.push(object));
    manifests.problems.forEach(problem => problems.push(problem));
  }
  if (objects.length === 0 && problems.length === 0) {
    problems.push(unreadable(paths.map(nameOf).join(', '), 'The input contains no Kubernetes object.'));
  }
  return { objects, problems };
}

interface InputFile {
  readonly path: string;
  /** Whether an argument names the file itself, not a directory around it. */
  readonly isArgument: boolean;
}

function distinct(files: readonly InputFile[]): InputFile[] {
  const seen = new Set<string>();
  return files.filter(({ path }) => {
    const absolute = resolve(path);
    const isNew = !seen.has(absolute);
    seen.add(absolute);
    return isNew;
  });
}

async function readFile({ path, isArgument }: InputFile): Promise<Input> {
  const text = await readText(path);
  if (typeof text !== 'string') {
    return { objects: [], problems: [text] };
  }
  const manifests = readYaml(text, nameOf(path));
  // directories also contain files of other formats, such as the values of a chart
  const isForeign = manifests.objects.length === 0 && manifests.problems.every(problem => problem.isForeign);
  return isForeign && !isArgument ? { objects: [], problems: [] } : manifests;
}

function filesOf(path: string, problems: ManifestProblem[]): InputFile[] {
  if (path === '-') {
    return [{ path, isArgument: true }];
  }
  try {
    return statSync(path).isDirectory() ? filesBelow(path, problems) : [{ path, isArgument: true }];
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
    return EXTENSIONS.includes(extname(entry.name).toLowerCase()) && isFile(entry, path)
      ? [{ path, isArgument: false }]
      : [];
  });
}

/** Whether an entry is a file or a link to one. The files of mounted ConfigMaps are links. */
function isFile(entry: Dirent, path: string): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

async function readText(path: string): Promise<string | ManifestProblem> {
  try {
    const bytes = path === '-' ? await readStdin() : readFileSync(path);
    // PowerShell's `>` writes UTF-16
    const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    return unreadable(nameOf(path), causeOf(error));
  }
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function nameOf(path: string): string {
  return path === '-' ? STDIN : path;
}

const CAUSES: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'No such file or directory.'],
  ['EACCES', 'Permission denied.'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'The file is not UTF-8 text.'],
]);

function causeOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return CAUSES.get(code) ?? message;
}

function unreadable(file: string, message: string): ManifestProblem {
  return { file, line: 1, column: 1, message };
}
