import { readdirSync, realpathSync, statSync } from 'fs';
import { basename, extname, join } from 'path';
import { compareBy } from '../checks/order';
import { fileProblem, MAX_FILE_BYTES, readRegularFile, tooLarge } from '../checks/read-file';
import { KUSTOMIZATION_FILES } from '../inspect/kustomization';
import type { ManifestProblem, PassedOver } from '../inspect/manifest';

/** The name of standard input in reports. */
const STDIN = 'stdin';
const EXTENSIONS = ['.yaml', '.yml', '.json'];
const SKIPPED_DIRECTORIES = ['node_modules', '.git'];

/** The link to the directory with the files of a mounted ConfigMap, next to a link to each of them. */
const VOLUME_LINK = '..data';

/** A file that the arguments of a command name, directly or by a directory around it. */
export interface InputFile {
  readonly path: string;
  /** Whether an argument names the file itself. */
  readonly isArgument: boolean;
}

/** The files that paths name. */
export interface FoundFiles {
  readonly files: readonly InputFile[];
  /** The paths that cannot be read. */
  readonly problems: readonly ManifestProblem[];
  /** The links that are not followed. */
  readonly passedOver: readonly PassedOver[];
}

/** Returns the files that paths name, each once. */
export function findFiles(paths: readonly string[]): FoundFiles {
  const search = new FileSearch();
  paths.forEach(path => search.add(path));
  return search.found();
}

class FileSearch {
  private readonly files = new Map<string, InputFile>();
  private readonly problems: ManifestProblem[] = [];
  private directoryLinks = 0;
  private brokenLinks = 0;
  private specialFiles = 0;

  public add(path: string): void {
    if (path === '-') {
      this.files.set(path, { path, isArgument: true });
      return;
    }
    this.attempt(path, () => {
      const stats = statSync(path);
      if (stats.isDirectory()) {
        this.addDirectory(path);
        return;
      }
      const problem = fileProblem(stats);
      if (problem !== undefined) {
        throw new Error(`${problem} For standard input, write -.`);
      }
      this.addFile(path, true);
    });
  }

  public found(): FoundFiles {
    const passedOver = [
      { count: this.directoryLinks, reason: 'links to directories' },
      { count: this.brokenLinks, reason: 'links to missing files' },
      { count: this.specialFiles, reason: 'pipes, sockets and devices' },
    ];
    return {
      files: [...this.files.values()],
      problems: this.problems,
      passedOver: passedOver.filter(({ count }) => count > 0),
    };
  }

  private addDirectory(directory: string): void {
    this.attempt(directory, () => {
      const entries = readdirSync(directory, { withFileTypes: true }).sort(compareBy(({ name }) => name));
      const isVolume = entries.some(({ name }) => name === VOLUME_LINK);
      for (const entry of entries) {
        const path = join(directory, entry.name);
        if (entry.isDirectory()) {
          if (!SKIPPED_DIRECTORIES.includes(entry.name) && !(isVolume && entry.name.startsWith('..'))) {
            this.addDirectory(path);
          }
        } else if (entry.isSymbolicLink()) {
          this.addLink(path, entry.name);
        } else if (isManifest(entry.name)) {
          this.addEntry(path, entry.isFile());
        }
      }
    });
  }

  /** Adds the file that a link points to. The files of mounted ConfigMaps are links. */
  private addLink(path: string, name: string): void {
    this.attempt(path, () => {
      const target = statSync(path, { throwIfNoEntry: false });
      if (target?.isDirectory()) {
        this.directoryLinks += name === VOLUME_LINK ? 0 : 1;
      } else if (isManifest(name)) {
        if (target === undefined) {
          this.brokenLinks++;
        } else {
          this.addEntry(path, target.isFile());
        }
      }
    });
  }

  private addEntry(path: string, isFile: boolean): void {
    if (isFile) {
      this.addFile(path, false);
    } else {
      this.specialFiles++;
    }
  }

  /** Adds a file once, also if a link leads to it. */
  private addFile(path: string, isArgument: boolean): void {
    const file = realpathSync.native(path);
    if (!this.files.has(file)) {
      this.files.set(file, { path, isArgument });
    }
  }

  private attempt(path: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.problems.push(unreadable(path, causeOf(error)));
    }
  }
}

function isManifest(name: string): boolean {
  return EXTENSIONS.includes(extname(name).toLowerCase()) || KUSTOMIZATION_FILES.includes(basename(name));
}

/** Reads a file as text, or returns the problem with it. */
export async function readText(path: string): Promise<string | ManifestProblem> {
  try {
    const bytes = path === '-' ? await readStdin() : readRegularFile(path);
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
  let total = 0;
  for await (const chunk of process.stdin) {
    total += chunk.length;
    if (total > MAX_FILE_BYTES) {
      throw new Error(tooLarge(MAX_FILE_BYTES));
    }
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
  ['ENXIO', 'This is a socket, not a file.'],
  ['EISDIR', 'This is a directory, not a file.'],
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
