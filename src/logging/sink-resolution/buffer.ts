import { Size } from 'cdk8s';
import { fail } from '../../checks/fail';
import { checkSize, kibibytes, quantity } from '../../checks/values';
import type { CollectorPreset } from '../collectors/preset';
import { quotedPath, SinkContext } from '../sinks/sink-context';

const DEFAULT_BUFFER = Size.mebibytes(64);
const SMALLEST_BUFFER = Size.mebibytes(1);

/** Returns the size of a sink's buffer; `undefined` if the records wait in the log files. */
export function sinkBuffer(
  context: SinkContext,
  bufferSize: Size | undefined,
  { title, buffersInLogFiles }: CollectorPreset,
): Size | undefined {
  if (bufferSize === undefined) {
    return buffersInLogFiles ? undefined : DEFAULT_BUFFER;
  }
  const { scope } = context;
  const prop = quotedPath(context, 'bufferSize');
  if (buffersInLogFiles) {
    fail(
      scope,
      `${prop} has no effect, because ${title} has no buffers: records wait in the log files.`,
      "Omit it, and size 'maxFileSize' and 'maxFiles' of the rotation for the longest outage of the sink.",
    );
  }
  checkSize(scope, prop, bufferSize);
  if (kibibytes(bufferSize) < kibibytes(SMALLEST_BUFFER)) {
    fail(
      scope,
      `${prop} is ${quantity(bufferSize)}, which is too small for a collector.`,
      `Use at least ${quantity(SMALLEST_BUFFER)}.`,
    );
  }
  return bufferSize;
}
