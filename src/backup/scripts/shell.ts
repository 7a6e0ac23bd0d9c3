/** The lines at the beginning of each script: fail at the first error, and keep files to the user. */
export const PRELUDE = `set -eu
umask 077
problem() { echo "$*" >&2; exit 1; }
`;

/** Returns a command that runs a script. */
export function shellCommand(...parts: readonly string[]): string[] {
  return ['sh', '-c', [PRELUDE, ...parts].join('')];
}

/** Quotes a string for a shell. */
export function shellQuote(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
