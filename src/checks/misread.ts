import type { IConstruct } from 'constructs';
import { stringify } from 'yaml';
import { fail } from './fail';

// a byte order mark ends the object where it lies across the end of kubectl's buffer
const UNREADABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]/u;
const GO_NUMBER = /^[-+]?(0[oO]?[0-7]+|0[xX][\da-fA-F]+|0[bB][-+]?[01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/;

/**
 * What kubectl would misread of a text in the YAML that cdk8s writes, if anything: the two do not agree on which
 * characters are escaped, how a block begins and which words are numbers.
 */
export function misread(text: string): string | undefined {
  const [character] = UNREADABLE.exec(text) ?? [];
  if (character !== undefined) {
    return `the character U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  if (
    text.includes('\n') &&
    !text.includes('\r') &&
    !/\n[\t ]+$/.test(text) &&
    (/^\n*\t/.test(text) || /^[ \t\n]*[ \t][ \t\n]*$/.test(text))
  ) {
    return text.trim() === '' ? 'only white space' : 'a tab at its beginning and more than one line';
  }
  if (
    /^[-+.\d].*[_oOb]/.test(text) &&
    GO_NUMBER.test(text.replace(/_/g, '')) &&
    stringify(text, { version: '1.1' }) === `${text}\n`
  ) {
    return 'what looks like a number';
  }
  return undefined;
}

/** Refuses a text that kubectl would misread. */
export function checkReadable(scope: IConstruct, where: string, text: string): void {
  const what = misread(text);
  if (what) {
    const ascii = JSON.stringify(text).replace(
      /[^\x20-\x7e]/g,
      character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    fail(
      scope,
      `${where} is ${ascii}, which kubectl would not read back from YAML: it has ${what}.`,
      'Write it in another way, or keep it in a file or a Secret.',
    );
  }
}
