import { hideCredentials } from './credential-forms';

/** Joins the problem and the remedy, each as a sentence. Hides credentials in the values that they quote. */
export function message(problem: string, remedy: string): string {
  return hideCredentials(`${sentence(problem)} ${sentence(remedy)}`);
}

/** The two halves of a message. */
export interface Complaint {
  /** The description of the problem. */
  readonly problem: string;
  /** The fix, as an imperative sentence. */
  readonly remedy: string;
}

/** Capitalizes the first letter and adds a full stop unless the sentence ends with punctuation. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?:]$/.test(text) ? '' : '.'}`;
}

/** Quotes values and joins them into a list: `'a', 'b' and 'c'`. */
export function listed(values: readonly string[], word: 'and' | 'or' = 'and'): string {
  const quoted = values.map(value => `'${value}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted[quoted.length - 1]}`;
}

/** Returns a count with its noun: `1 finding`, `2 findings`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
