import { isUtf8 } from 'buffer';
import * as fs from 'fs';
import * as path from 'path';
import type { IConstruct } from 'constructs';
import picomatch from 'picomatch';
import { fail } from '../checks/fail';

/** A file of a directory. */
export interface FoundFile {
  /** The path relative to the directory, with `/` on every operating system. */
  readonly path: string;
  readonly content: string | Buffer;
}

/** Options of reading a directory. */
export interface ReadDirectoryOptions {
  readonly exclude: readonly string[];
  readonly includeHidden: boolean;
  readonly keepLineEndings: boolean;
}

/** Reads one file: UTF-8 as a string, otherwise as bytes. */
export function readFile(scope: IConstruct, file: string, keepLineEndings: boolean): string | Buffer {
  const bytes = readable(scope, 'file', file, () => fs.readFileSync(file));
  if (!isUtf8(bytes) || bytes.includes(0)) {
    return bytes;
  }
  // a checkout on Windows must not change the files of the pods
  return keepLineEndings ? bytes.toString('utf8') : bytes.toString('utf8').replace(/\r\n/g, '\n');
}

/** Reads all files in a directory and its subdirectories, sorted by name. Refuses files that it cannot mount. */
export function readDirectory(scope: IConstruct, directory: string, options: ReadDirectoryOptions): FoundFile[] {
  const stat = readable(scope, 'directory', directory, () => fs.statSync(directory, { throwIfNoEntry: false }));
  if (!stat?.isDirectory()) {
    fail(scope, `The directory '${directory}' does not exist.`, pathRemedy());
  }
  if (options.exclude.includes('')) {
    fail(
      scope,
      `'exclude' of the directory '${directory}' contains an empty pattern.`,
      "Use a pattern such as '**/*.md', or remove it.",
    );
  }
  return new DirectoryReader(scope, directory, options).read('');
}

class DirectoryReader {
  private readonly root: string;
  private readonly isExcluded: (relative: string) => boolean;

  constructor(
    private readonly scope: IConstruct,
    private readonly directory: string,
    private readonly options: ReadDirectoryOptions,
  ) {
    this.root = fs.realpathSync(directory);
    this.isExcluded = picomatch([...options.exclude], { dot: true });
  }

  /** Reads the files below a path relative to the root. */
  public read(below: string): FoundFile[] {
    const directory = path.join(this.directory, below);
    const names = readable(this.scope, 'directory', directory, () =>
      fs.readdirSync(path.join(this.root, below)).sort(),
    );
    if (names.length === 0) {
      fail(
        this.scope,
        `The directory '${directory}' is empty, and a ConfigMap cannot contain empty directories.`,
        "Add a file, or add the directory to 'exclude'.",
      );
    }
    return names
      .map(name => (below === '' ? name : `${below}/${name}`))
      .filter(relative => !this.isExcluded(relative))
      .flatMap(relative => this.readEntry(relative));
  }

  private readEntry(relative: string): FoundFile[] {
    const entry = path.join(this.directory, relative);
    if (path.basename(relative).startsWith('.') && !this.options.includeHidden) {
      fail(
        this.scope,
        `'${entry}' is hidden.`,
        "Add it to 'exclude' to omit it, or set 'includeHidden: true' to mount it.",
      );
    }
    const stat = readable(this.scope, 'file', entry, () => fs.lstatSync(path.join(this.root, relative)));
    if (stat.isDirectory()) {
      return this.read(relative);
    }
    if (stat.isSymbolicLink()) {
      this.checkLink(relative);
    } else if (!stat.isFile()) {
      fail(this.scope, `'${entry}' is neither a file nor a directory.`, "Add it to 'exclude'.");
    }
    return [{ path: relative, content: readFile(this.scope, entry, this.options.keepLineEndings) }];
  }

  private checkLink(relative: string): void {
    const link = path.join(this.directory, relative);
    const remedy = "Replace the link with the file, or add it to 'exclude'.";
    let target: string;
    try {
      target = fs.realpathSync(path.join(this.root, relative));
    } catch {
      const missing = fs.readlinkSync(path.join(this.root, relative));
      fail(this.scope, `The link '${link}' points to '${missing}', which does not exist.`, remedy);
    }
    if (!target.startsWith(this.root + path.sep)) {
      fail(this.scope, `The link '${link}' points to '${target}', outside of the directory.`, remedy);
    }
    if (!fs.statSync(target).isFile()) {
      fail(this.scope, `The link '${link}' does not point to a file.`, remedy);
    }
  }
}

function readable<T>(scope: IConstruct, type: 'file' | 'directory', location: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    fail(scope, `Cannot read the ${type} '${location}': ${(error as NodeJS.ErrnoException).code}.`, pathRemedy());
  }
}

function pathRemedy(): string {
  return `Use a path relative to the working directory '${process.cwd()}'.`;
}
