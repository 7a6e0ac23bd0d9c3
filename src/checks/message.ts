/** A message: what is wrong and what to do, each a sentence that begins with a capital letter and ends with a stop. */
export function message(problem: string, remedy: string): string {
  return `${sentence(problem)} ${sentence(remedy)}`;
}

/** What is wrong, and what to do. */
export interface Complaint {
  readonly problem: string;
  readonly remedy: string;
}

/** A sentence that begins with a capital letter and ends with a full stop. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?:]$/.test(text) ? '' : '.'}`;
}

/** A list for a sentence: `'a', 'b' and 'c'`. */
export function listed(values: readonly string[], word: 'and' | 'or' = 'and'): string {
  const quoted = values.map(value => `'${value}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted[quoted.length - 1]}`;
}
