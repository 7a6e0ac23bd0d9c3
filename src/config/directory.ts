import { isUtf8 } from 'buffer';
import * as fs from 'fs';
import * as path from 'path';
import type { IConstruct } from 'constructs';
import picomatch from 'picomatch';
import { fail } from '../checks/fail';
import { readRegularFile } from '../checks/read-file';
import { MAX_CONFIG_MAP_BYTES } from '../facts/kubernetes';

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

/** The most bytes of a file that are read. Without carriage returns, they can still fit into a ConfigMap. */
const MAX_BYTES = 2 * MAX_CONFIG_MAP_BYTES;

/** The most bytes of all files of a directory. */
const MAX_DIRECTORY_BYTES = 100 * 2 ** 20;

/** Files that editors, version control and operating systems leave behind, and dependencies of programs. */
const LEFTOVER = /~$|\.(?:bak|orig|rej|swo|swp|tmp)$|^#.*#$|^(?:Thumbs\.db|desktop\.ini|node_modules|__pycache__)$/;

/**
 * Reads one file: UTF-8 as a string, otherwise as bytes. A link in the working directory to a file outside of it is
 * refused.
 */
export function readFile(scope: IConstruct, file: string, keepLineEndings: boolean): string | Buffer {
  const target = readable(scope, 'file', file, () => fs.realpathSync(file));
  checkInWorkingDirectory(scope, 'file', file, target);
  return decode(readBytes(scope, file, target), keepLineEndings);
}

/** Reads a path without links. */
function readBytes(scope: IConstruct, file: string, target: string): Buffer {
  return readable(scope, 'file', file, () => readRegularFile(target, MAX_BYTES, fs.constants.O_NOFOLLOW ?? 0));
}

function decode(bytes: Buffer, keepLineEndings: boolean): string | Buffer {
  if (!isUtf8(bytes) || bytes.includes(0)) {
    return bytes;
  }
  // a checkout on Windows must not change the files of the pods
  return keepLineEndings ? bytes.toString('utf8') : bytes.toString('utf8').replace(/\r\n/g, '\n');
}

/** Refuses a path in the working directory that leads out of it by a link. Another repository could have planted it. */
function checkInWorkingDirectory(
  scope: IConstruct,
  type: 'file' | 'directory',
  location: string,
  target: string,
): void {
  const workingDirectory = fs.realpathSync(process.cwd());
  if (isInside(path.resolve(location), process.cwd()) && !isInside(target, workingDirectory)) {
    fail(
      scope,
      `The ${type} '${location}' is a link to '${target}', outside of the working directory.`,
      'Specify the path that it points to.',
    );
  }
}

function isInside(location: string, directory: string): boolean {
  const relative = path.relative(directory, location);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
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
  checkInWorkingDirectory(scope, 'directory', directory, fs.realpathSync(directory));
  return new DirectoryReader(scope, directory, options).read('');
}

class DirectoryReader {
  private readonly root: string;
  private readonly isExcluded: (relative: string) => boolean;
  private totalBytes = 0;

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
    if (LEFTOVER.test(path.basename(relative))) {
      fail(
        this.scope,
        `'${entry}' is a backup, a temporary file or a dependency.`,
        "Add it to 'exclude' to omit it. To mount it, use 'ConfigSource.fromFile'.",
      );
    }
    const location = path.join(this.root, relative);
    const stat = readable(this.scope, 'file', entry, () => fs.lstatSync(location));
    if (stat.isDirectory()) {
      return this.read(relative);
    }
    return [{ path: relative, content: this.readContent(entry, location, stat) }];
  }

  private readContent(entry: string, location: string, stat: fs.Stats): string | Buffer {
    const target = stat.isSymbolicLink() ? this.targetOf(entry, location) : location;
    this.checkFile(entry, stat.isSymbolicLink() ? fs.statSync(target) : stat);
    const bytes = readBytes(this.scope, entry, target);
    // a directory above the file can have become a link in the meantime
    if (readable(this.scope, 'file', entry, () => fs.realpathSync(target)) !== target) {
      fail(this.scope, `'${entry}' was replaced while it was read.`, 'Synthesize again.');
    }
    return decode(bytes, this.options.keepLineEndings);
  }

  private checkFile(entry: string, stat: fs.Stats): void {
    if (!stat.isFile()) {
      fail(this.scope, `'${entry}' is neither a file nor a directory.`, "Add it to 'exclude'.");
    }
    if (stat.nlink > 1) {
      fail(
        this.scope,
        `'${entry}' is a hard link to a file that can be outside of the directory.`,
        "Replace it with a copy, or add it to 'exclude'.",
      );
    }
    this.totalBytes += stat.size;
    if (this.totalBytes > MAX_DIRECTORY_BYTES) {
      fail(
        this.scope,
        `The files of the directory '${this.directory}' have more than ${MAX_DIRECTORY_BYTES / 2 ** 20} MiB.`,
        "Add large files to 'exclude', and store them in an image or a volume.",
      );
    }
  }

  /** Returns the file that a link points to; refuses other links. */
  private targetOf(link: string, location: string): string {
    const remedy = "Replace the link with the file, or add it to 'exclude'.";
    let target: string;
    try {
      target = fs.realpathSync(location);
    } catch {
      const missing = fs.readlinkSync(location);
      fail(this.scope, `The link '${link}' points to '${missing}', which does not exist.`, remedy);
    }
    if (!target.startsWith(this.root + path.sep)) {
      fail(this.scope, `The link '${link}' points to '${target}', outside of the directory.`, remedy);
    }
    if (!fs.statSync(target).isFile()) {
      fail(this.scope, `The link '${link}' does not point to a file.`, remedy);
    }
    return target;
  }
}

function readable<T>(scope: IConstruct, type: 'file' | 'directory', location: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === undefined ? `. ${message}` : `: ${code}.`;
    fail(scope, `Cannot read the ${type} '${location}'${reason}`, pathRemedy());
  }
}

function pathRemedy(): string {
  return `Use a path relative to the working directory '${process.cwd()}'.`;
}
