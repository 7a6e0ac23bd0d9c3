import { closeSync, constants, fstatSync, openSync, readSync, Stats } from 'fs';

/** The largest file that is read. A string of JavaScript cannot be longer than 512 MiB. */
export const MAX_FILE_BYTES = 500 * 2 ** 20;

const CHUNK_BYTES = 2 ** 16;

/**
 * Reads a regular file. Pipes, sockets and devices, which can be endless, are refused, also if they replace the file in
 * the meantime.
 *
 * @param maxBytes the largest file to read
 * @param flags further flags of `open`: `constants.O_NOFOLLOW`
 * @throws Error with a sentence, or with the code of the operating system, if the file cannot be read
 */
export function readRegularFile(path: string, maxBytes: number = MAX_FILE_BYTES, flags = 0): Buffer {
  // without O_NONBLOCK, opening a pipe waits for a writer; Windows does not have it
  const file = openSync(path, (constants.O_NONBLOCK ?? 0) + flags);
  try {
    const stats = fstatSync(file);
    const problem = fileProblem(stats) ?? (stats.size > maxBytes ? tooLarge(maxBytes) : undefined);
    if (problem !== undefined) {
      throw new Error(problem);
    }
    return readAll(file, stats.size, maxBytes);
  } finally {
    closeSync(file);
  }
}

/** Returns the problem with a path that is not a regular file, as a sentence; `undefined` for a regular file. */
export function fileProblem(stats: Stats): string | undefined {
  if (stats.isFile()) {
    return undefined;
  }
  if (stats.isDirectory()) {
    return 'This is a directory, not a file.';
  }
  const type = stats.isFIFO() ? 'pipe' : stats.isSocket() ? 'socket' : 'device';
  return `This is a ${type}, not a file.`;
}

/** Files of `/proc` have no size, and files can grow. */
function readAll(file: number, size: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(size + 1 - total, CHUNK_BYTES));
    const count = readSync(file, chunk, 0, chunk.length, null);
    if (count === 0) {
      return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    }
    total += count;
    if (total > maxBytes) {
      throw new Error(tooLarge(maxBytes));
    }
    chunks.push(chunk.subarray(0, count));
  }
}

/** The problem with input of more than so many bytes, as a sentence. */
export function tooLarge(maxBytes: number): string {
  return `The content has more than ${Math.floor(maxBytes / 2 ** 20)} MiB.`;
}
