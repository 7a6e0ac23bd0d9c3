import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { LogRotation } from './log-rotation';
import { fail } from '../checks/fail';
import { checkInteger, checkSize, kibibytes, quantity } from '../checks/values';

/** The share of a volume that is planned for. The rest is for the file being rotated and for filesystem overhead. */
const FILL = 0.8;

/** The size of the offsets and other files of a collector. */
const OFFSETS = Size.mebibytes(16);

/** The buffer of a sink. */
export interface Buffer {
  readonly name: string;
  readonly size: Size;
}

/** The size limits of the two volumes of a log shipping. */
export interface Capacity {
  readonly logs: Size;
  readonly state: Size;
}

/** Adds up the log files, buffers and offsets, and divides the limit between the volumes of logs and of state. */
export function capacity(
  scope: IConstruct,
  rotation: LogRotation,
  logs: number,
  buffers: readonly Buffer[],
  sizeLimit?: Size,
): Capacity {
  checkRotation(scope, rotation, logs);

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
      `'sizeLimit' is ${quantity(sizeLimit)}, but logs and buffers can grow to ` +
        `${quantity(Size.kibibytes(files + state))} (${sum}), and at most 80% of the limit is planned for.`,
      `Set 'sizeLimit' to at least ${quantity(Size.kibibytes(needed(files) + stateLimit))}, or use smaller files or ` +
        'buffers.',
    );
  }
  return { logs: Size.kibibytes(limit - stateLimit), state: Size.kibibytes(stateLimit) };
}

/** Refuses sizes and numbers out of range. */
function checkRotation(scope: IConstruct, { maxFileSize, maxFiles }: LogRotation, logs: number): void {
  checkSize(scope, "'rotation.maxFileSize'", maxFileSize);
  checkInteger(scope, "'rotation.maxFiles'", maxFiles, 2, 10000);
  checkInteger(scope, "'rotation.logCount'", logs, 1, 1000);
}

/** Returns the limit in kibibytes of which `amount` is 80%, in whole mebibytes. */
function needed(amount: number): number {
  return Math.ceil(amount / FILL / 1024) * 1024;
}
