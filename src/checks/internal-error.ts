/** The remedy for an error of this library. */
export const REPORT_ERROR =
  'Report the error with the manifest at https://github.com/cdk8s-storage-patterns/cdk8s-storage-patterns/issues.';

/** Describes an error of this library as a sentence, by the first line of its message. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [line] = text.split('\n', 1);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
