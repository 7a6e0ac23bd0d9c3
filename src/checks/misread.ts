import type { IConstruct } from 'constructs';
import { fail } from './fail';
import { yamlLibrary } from './yaml-library';

// a byte order mark ends the object if it crosses the end of kubectl's buffer
const UNREADABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]/u;
const GO_NUMBER = /^[-+]?(0[oO]?[0-7]+|0[xX][\da-fA-F]+|0[bB][-+]?[01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/;

/**
 * Returns why kubectl would misread a string in the YAML that cdk8s writes; `undefined` if it reads the string back.
 *
 * The two disagree on the characters to escape, on how a block scalar starts, and on which words are numbers.
 */
export function misread(text: string): string | undefined {
  const [character] = UNREADABLE.exec(text) ?? [];
  if (character !== undefined) {
    return `it contains the character U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  if (
    text.includes('\n') &&
    !text.includes('\r') &&
    !/\n[\t ]+$/.test(text) &&
    (/^\n*\t/.test(text) || (/^[ \t\n]*$/.test(text) && /[ \t]/.test(text)))
  ) {
    return text.trim() === '' ? 'it contains only whitespace' : 'it starts with a tab and has several lines';
  }
  if (
    /^[-+.\d].*[_oOb]/.test(text) &&
    GO_NUMBER.test(text.replace(/_/g, '')) &&
    yamlLibrary().stringify(text, { version: '1.1' }) === `${text}\n`
  ) {
    return 'it looks like a number';
  }
  return undefined;
}

/** Refuses a string that kubectl would misread. */
export function checkReadable(scope: IConstruct, subject: string, text: string): void {
  const reason = misread(text);
  if (reason) {
    const ascii = JSON.stringify(text).replace(
      /[^\x20-\x7e]/g,
      character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    fail(
      scope,
      `${subject} is ${ascii}, which kubectl misreads in YAML because ${reason}.`,
      'Use another value, or keep it in a file or a Secret.',
    );
  }
}
