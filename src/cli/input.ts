import { Dirent, readdirSync, readFileSync, statSync } from 'fs';
import { extname, join, resolve } from 'path';
import { compareBy } from '../checks/order';
import type { ManifestObject, ManifestProblem } from '../inspect/manifest';
import { readYaml } from '../inspect/read-yaml';

/** What standard input is called in reports. */
const STDIN = 'stdin';
const EXTENSIONS = ['.yaml', '.yml', '.json'];
const SKIPPED_DIRECTORIES = ['node_modules', '.git'];

/** What the arguments of a command held. */
export interface Input {
  readonly objects: readonly ManifestObject[];
  /** Documents and files that cannot be used. */
  readonly problems: readonly ManifestProblem[];
  /** Files of directories without any object of Kubernetes, such as a chart's values. */
  readonly skippedFiles: readonly string[];
}

/** What the help says of the arguments. */
export const PATHS_HELP = 'files of YAML or JSON, directories of them, or - for standard input';

/** Reads files, directories with all below them, and standard input for `-`; each file once. */
export async function readInput(paths: readonly string[]): Promise<Input> {
  const objects: ManifestObject[] = [];
  const problems: ManifestProblem[] = [];
  const skippedFiles: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const { file, isGiven } of filesOf(path, problems)) {
      if (seen.has(resolve(file))) {
        continue;
      }
      seen.add(resolve(file));
      const read = await readText(file);
      if (typeof read !== 'string') {
        problems.push(read);
        continue;
      }
      const manifests = readYaml(read, file === '-' ? STDIN : file);
      if (!isGiven && manifests.objects.length === 0 && manifests.problems.every(({ isForeign }) => isForeign)) {
        skippedFiles.push(file);
        continue;
      }
      manifests.objects.forEach(object => objects.push(object));
      manifests.problems.forEach(problem => problems.push(problem));
    }
  }
  if (objects.length === 0 && problems.length === 0) {
    problems.push(
      unreadable(paths.map(path => (path === '-' ? STDIN : path)).join(', '), 'there is no object of Kubernetes in it'),
    );
  }
  return { objects, problems, skippedFiles };
}

interface InputFile {
  readonly file: string;
  /** Whether the file itself was named, not a directory around it. */
  readonly isGiven: boolean;
}

function filesOf(path: string, problems: ManifestProblem[]): InputFile[] {
  if (path === '-') {
    return [{ file: path, isGiven: true }];
  }
  try {
    return statSync(path).isDirectory() ? filesBelow(path, problems) : [{ file: path, isGiven: true }];
  } catch (error) {
    problems.push(unreadable(path, describe(error)));
    return [];
  }
}

function filesBelow(directory: string, problems: ManifestProblem[]): InputFile[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(directory, { withFileTypes: true }).sort(compareBy(({ name }) => name));
  } catch (error) {
    problems.push(unreadable(directory, describe(error)));
    return [];
  }
  return entries.flatMap(entry => {
    const file = join(directory, entry.name);
    if (entry.isDirectory()) {
      return SKIPPED_DIRECTORIES.includes(entry.name) ? [] : filesBelow(file, problems);
    }
    return EXTENSIONS.includes(extname(entry.name).toLowerCase()) && isFile(entry, file)
      ? [{ file, isGiven: false }]
      : [];
  });
}

// volumes of ConfigMaps hold links
function isFile(entry: Dirent, path: string): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

async function readText(file: string): Promise<string | ManifestProblem> {
  try {
    const bytes = file === '-' ? await readStdin() : readFileSync(file);
    // PowerShell's `>` writes UTF-16
    return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true }).decode(
      bytes,
    );
  } catch (error) {
    return unreadable(file === '-' ? STDIN : file, describe(error));
  }
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const CAUSES: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or directory'],
  ['EACCES', 'it may not be read'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'it is not text in UTF-8'],
]);

function describe(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return CAUSES.get(code) ?? message;
}

function unreadable(file: string, message: string): ManifestProblem {
  return { file, line: 1, column: 1, message };
}
