import { isUtf8 } from 'buffer';
import * as fs from 'fs';
import * as path from 'path';
import type { IConstruct } from 'constructs';
import picomatch from 'picomatch';
import { fail } from '../checks/fail';

/** A file as it was found. */
export interface FoundFile {
  /** From the directory that was read, with `/` on every host. */
  readonly path: string;
  readonly content: string | Buffer;
}

/** How a directory is read. */
export interface ReadDirectoryOptions {
  readonly exclude: readonly string[];
  readonly includeHidden: boolean;
  readonly keepLineEndings: boolean;
}

/** Reads one file: text as a string, all else as bytes. */
export function readFile(scope: IConstruct, file: string, keepLineEndings: boolean): string | Buffer {
  const bytes = readable(scope, 'file', file, () => fs.readFileSync(file));
  if (!isUtf8(bytes) || bytes.includes(0)) {
    return bytes;
  }
  // a checkout on Windows must not change what the pods get
  return keepLineEndings ? bytes.toString('utf8') : bytes.toString('utf8').replace(/\r\n/g, '\n');
}

/** Reads all files below a directory, in an order of their own. Nothing is left out in silence. */
export function readDirectory(scope: IConstruct, directory: string, options: ReadDirectoryOptions): FoundFile[] {
  if (
    !readable(scope, 'directory', directory, () => fs.statSync(directory, { throwIfNoEntry: false }))?.isDirectory()
  ) {
    fail(
      scope,
      `The directory '${directory}' is not there.`,
      `Paths begin at the directory that synth runs in, '${process.cwd()}'.`,
    );
  }
  const root = fs.realpathSync(directory);
  if (options.exclude.includes('')) {
    fail(
      scope,
      `'exclude' of the directory '${directory}' has an empty pattern.`,
      "Write it as '**/*.md', or leave it out.",
    );
  }
  const excluded = picomatch([...options.exclude], { dot: true });
  const found: FoundFile[] = [];

  const visit = (below: string) => {
    const names = readable(scope, 'directory', path.join(directory, below), () =>
      fs.readdirSync(path.join(root, below)).sort(),
    );
    if (names.length === 0) {
      fail(
        scope,
        `The directory '${path.join(directory, below)}' is empty, and a ConfigMap cannot hold an empty ` + 'directory.',
        "Put a file there, or list it in 'exclude'.",
      );
    }
    for (const name of names) {
      const relative = below === '' ? name : `${below}/${name}`;
      if (excluded(relative)) {
        continue;
      }
      if (name.startsWith('.') && !options.includeHidden) {
        fail(
          scope,
          `'${path.join(directory, relative)}' is hidden.`,
          "List it in 'exclude' to leave it out, or set 'includeHidden: true' to mount it.",
        );
      }
      const stat = readable(scope, 'file', path.join(directory, relative), () =>
        fs.lstatSync(path.join(root, relative)),
      );
      if (stat.isSymbolicLink()) {
        checkLink(scope, directory, root, relative);
      }
      if (stat.isDirectory()) {
        visit(relative);
      } else if (stat.isFile() || stat.isSymbolicLink()) {
        found.push({
          path: relative,
          content: readFile(scope, path.join(directory, relative), options.keepLineEndings),
        });
      } else {
        fail(scope, `'${path.join(directory, relative)}' is neither a file nor a directory.`, "List it in 'exclude'.");
      }
    }
  };
  visit('');
  return found;
}

function readable<T>(scope: IConstruct, what: string, where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    fail(
      scope,
      `The ${what} '${where}' cannot be read: ${code}.`,
      `Paths begin at the directory that synth runs in, '${process.cwd()}'.`,
    );
  }
}

function checkLink(scope: IConstruct, directory: string, root: string, relative: string): void {
  const link = path.join(directory, relative);
  const remedy = "replace it by the file itself, or list it in 'exclude'";
  let target: string;
  try {
    target = fs.realpathSync(path.join(root, relative));
  } catch {
    fail(
      scope,
      `The link '${link}' points to '${fs.readlinkSync(path.join(root, relative))}', which is not ` + 'there.',
      `${remedy}.`,
    );
  }
  if (!target.startsWith(root + path.sep)) {
    fail(scope, `The link '${link}' leaves the directory, for '${target}'.`, `${remedy}.`);
  }
  if (!fs.statSync(target).isFile()) {
    fail(scope, `The link '${link}' does not point to a file.`, `${remedy}.`);
  }
}
