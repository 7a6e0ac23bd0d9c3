import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { LogRotation } from './log-rotation';
import { fail } from '../checks/fail';
import { checkInteger, checkSize, kibibytes, quantity } from '../checks/values';

/**
 * How much of a volume may be planned for; the rest is for the file being rotated and for what the file system adds.
 */
const FILL = 0.8;

/** What offsets and the collector's own files take. */
export const OFFSETS = Size.mebibytes(16);

/** A sink's buffer by the sink's name. */
export interface Buffer {
  readonly name: string;
  readonly size: Size;
}

/** What the two volumes of a shipping may hold. */
export interface Capacity {
  readonly logs: Size;
  readonly state: Size;
}

/**
 * Adds up what the files of the app, the buffers and the offsets may come to, and divides the limit between the two
 * volumes.
 */
export function capacity(
  scope: IConstruct,
  rotation: LogRotation,
  logs: number,
  buffers: readonly Buffer[],
  sizeLimit?: Size,
): Capacity {
  checkSize(scope, "'maxFileSize' of the rotation", rotation.maxFileSize);
  checkInteger(scope, "'maxFiles' of the rotation", rotation.maxFiles, 2, 10000);
  checkInteger(scope, "'logs' of the rotation", logs, 1, 1000);

  const files = kibibytes(rotation.maxFileSize) * rotation.maxFiles * logs;
  const state = buffers.reduce((sum, { size }) => sum + kibibytes(size), kibibytes(OFFSETS));
  const stateLimit = needed(state);
  if (sizeLimit === undefined) {
    return { logs: Size.kibibytes(needed(files)), state: Size.kibibytes(stateLimit) };
  }

  const limit = kibibytes(checkSize(scope, "'sizeLimit'", sizeLimit));
  if (limit < needed(files) + stateLimit) {
    const sum = [
      `${quantity(rotation.maxFileSize)} × ${rotation.maxFiles} files × ${logs} ${logs === 1 ? 'log' : 'logs'}`,
      ...buffers.map(({ name, size }) => `${quantity(size)} buffer of '${name}'`),
      `${quantity(OFFSETS)} offsets`,
    ].join(' + ');
    fail(
      scope,
      `Logs and buffers may come to ${quantity(Size.kibibytes(files + state))} (${sum}), more than 80 ` +
        `% of its 'sizeLimit' of ${quantity(sizeLimit)}.`,
      `Raise it to ${quantity(Size.kibibytes(needed(files) + stateLimit))}, or make files or buffers ` + 'smaller.',
    );
  }
  return { logs: Size.kibibytes(limit - stateLimit), state: Size.kibibytes(stateLimit) };
}

/** The limit of which `kibibytes` is 80 %, in whole mebibytes. */
function needed(amount: number): number {
  return Math.ceil(amount / FILL / 1024) * 1024;
}
