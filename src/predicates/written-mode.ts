import { formatMode } from '../inspect/mode';

/** The usual modes of files in volumes, by their octal digits. */
const USUAL_DIGITS: readonly number[] = [
  ...[400, 440, 444, 500, 550, 555, 600, 640, 644, 660, 664, 666],
  ...[700, 740, 744, 750, 755, 760, 764, 770, 774, 775, 777],
];

const MAX_MODE = 0o777;

/**
 * Returns the problem with a file mode that was not written as an octal number, as a clause with the mode as its
 * subject.
 */
export function writtenModeProblem(mode: unknown): string | undefined {
  if (typeof mode === 'string') {
    return /^(?:0o?)?[0-7]{3}$/.test(mode) ? `is the string '${mode}', which the API server rejects` : undefined;
  }
  if (typeof mode !== 'number' || (mode <= MAX_MODE && !USUAL_DIGITS.includes(mode))) {
    return undefined;
  }
  return mode > MAX_MODE
    ? `is the decimal number ${mode}, which the API server rejects because it is more than 0777`
    : `is the decimal number ${mode}, which is ${formatMode(mode)} and not 0${mode}`;
}
