import { randomUUID } from 'crypto';
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { message } from '../checks/message';

/**
 * Writes a file whole or not at all: to a temporary file next to it, which then replaces it. A link keeps its target, a
 * file keeps its mode, and devices and pipes are written directly.
 *
 * @throws Error with a sentence that names the file, if it cannot be written
 */
export function writeWhole(file: string, content: string): void {
  try {
    const current = statSync(file, { throwIfNoEntry: false });
    if (current === undefined || current.isFile()) {
      replace(current ? realpathSync(file) : file, content, current?.mode);
    } else {
      writeFileSync(file, content);
    }
  } catch (cause) {
    throw new Error(message(`'${file}' cannot be written: ${(cause as Error).message}.`, 'Specify another file.'), {
      cause,
    });
  }
}

function replace(file: string, content: string, mode?: number): void {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    writeFileSync(temporary, content, { flag: 'wx', ...(mode !== undefined && { mode }) });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
