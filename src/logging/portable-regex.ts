import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';

const POSIX = /(?<=\[[^\]]*)\[:\^?(?:alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit):\]/g;
const SET = /\[(?:[^\]\\]|\\.)*\]/g;
/** The longest expression. Longer ones would also slow down the collectors. */
const MAX_LENGTH = 1000;
const BRACE = /\{(?!\d{1,3}(?:,\d{0,3})?\})/;

/** Constructs that Onigmo, Go and Rust do not all support, or that have different meanings. */
const NOT_PORTABLE: [RegExp, string][] = [
  [/\(\?<?[=!]/, 'a look-around'],
  [/\\[1-9]|\\k/, 'a back-reference'],
  [/\\x(?![0-9a-fA-F]{2})|\\[^dDwWsSbBnrtfvx\W_]|\\[<>\u0080-\uffff]/, 'an escape sequence'],
  [/\(\?(?!:|P?<[A-Za-z]\w*>)/, 'a group'],
  [/\[\^?\]|\[(?:[^\]\\]|\\.)*(?:\[|&&|--|~~)/, 'a set'],
];

/** Refuses an expression that is not in the common subset of Onigmo, Go and Rust, which has no look-around. */
export function checkRegex(scope: IConstruct, prop: 'format' | 'multiline', pattern: string): void {
  if (!pattern) {
    fail(scope, `The pattern of '${prop}' is empty.`, 'Set a regular expression.');
  }
  if (pattern.length > MAX_LENGTH) {
    fail(
      scope,
      `The pattern of '${prop}' has ${pattern.length} characters.`,
      `Use an expression of at most ${MAX_LENGTH} characters.`,
    );
  }
  if (/[\u0000-\u001f\u007f]/.test(pattern)) {
    fail(
      scope,
      `The pattern '${pattern.replace(/[\u0000-\u001f\u007f]+/g, ' ')}' of '${prop}' contains a line break or ` +
        'another control character.',
      "Use an escape sequence, for example '\\t' for a tab.",
    );
  }
  // escaped characters stand for themselves, and all engines support POSIX classes within sets
  const bare = pattern.replace(/\\[^\w<>\u0080-\uffff]/g, 'x').replace(POSIX, 'x');
  checkSyntax(scope, prop, pattern, bare);
  const construct = constructIn(bare);
  if (construct) {
    fail(
      scope,
      `The pattern '${pattern}' of '${prop}' contains '${construct.text}', ${construct.name} that some collectors do ` +
        'not support.',
      'Write the expression without it.',
    );
  }
}

/** Returns the expression in the syntax of JavaScript. */
export function inJavaScript(pattern: string): string {
  return pattern.replace(/\(\?P</g, '(?<');
}

function checkSyntax(scope: IConstruct, prop: string, pattern: string, bare: string): void {
  try {
    [pattern, bare].forEach(expression => new RegExp(inJavaScript(expression)));
  } catch (error) {
    const reason = (error as Error).message.replace(/^.*: /, '').toLowerCase();
    fail(
      scope,
      `The pattern '${pattern}' of '${prop}' is not a valid regular expression: ${reason}.`,
      'Correct the expression.',
    );
  }
}

function constructIn(bare: string): { name: string; text: string } | undefined {
  for (const [construct, name] of NOT_PORTABLE) {
    const text = construct.exec(bare)?.[0];
    if (text !== undefined) {
      return { name, text };
    }
  }
  return BRACE.test(bare.replace(SET, 'x')) ? { name: 'a brace', text: '{' } : undefined;
}
