import type { IConstruct } from 'constructs';
import type { CollectorPreset } from './collectors/preset';
import type { LogFormat, LogMultiline } from './log-format';
import { NAMED_FORMATS, NAMED_STARTS } from './log-format';
import { fail, listed } from '../checks/fail';

const KINDS = ['json', 'logfmt', 'regex', 'text'];

/** Refuses formats that the collector does not know, and expressions that some collectors do not. */
export function checkFormat(scope: IConstruct, format: LogFormat, { title, unsupportedFormats }: CollectorPreset): LogFormat {
  const { kind, pattern = '' } = format;
  if (!KINDS.includes(kind)) {
    fail(scope, `its log format is '${kind}', which is unknown. use ${listed([...KINDS.filter(one => one !== 'regex'), ...Object.keys(NAMED_FORMATS)].sort(), 'or')}, or 'LogFormat.regex'`);
  }
  if (unsupportedFormats?.[kind]) {
    fail(scope, `${title} does not parse '${kind}'. ${unsupportedFormats[kind]}`);
  }
  if (kind === 'regex') {
    checkRegex(scope, 'the log format\'s expression', pattern);
    if (!/\(\?P?<\w+>/.test(pattern)) {
      fail(scope, `the log format's expression '${pattern}' has no named group, so that no field would come of it. name at least one, for example '(?<level>[A-Z]+)'`);
    }
  }
  return format;
}

/** The expression of a beginning; refuses those that no collector knows. */
export function checkMultiline(scope: IConstruct, { pattern, name }: LogMultiline): string {
  if (pattern === undefined) {
    fail(scope, `its multiline pattern is '${name}', which is unknown. use ${listed(Object.keys(NAMED_STARTS), 'or')}, or 'LogMultiline.startsWith'`);
  }
  checkRegex(scope, 'the multiline pattern', pattern);
  if (new RegExp(javascript(pattern)).test('')) {
    fail(scope, `the multiline pattern '${pattern}' matches an empty line too, so that every line would begin a record. make it match what only a first line has`);
  }
  return pattern;
}

const POSIX = /(?<=\[[^\]]*)\[:\^?(?:alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit):\]/g;
const SET = /\[(?:[^\]\\]|\\.)*\]/g;

/** What one of Onigmo, Go and Rust does not know, or takes for something else. */
const BEYOND: [RegExp, string][] = [
  [/\(\?<?[=!]/, 'look-around'],
  [/\\[1-9]|\\k/, 'a back-reference'],
  [/\\x(?![0-9a-fA-F]{2})|\\[^dDwWsSbBnrtfvx\W_]|\\[<>\u0080-\uffff]/, 'an escape'],
  [/\(\?(?!:|P?<[A-Za-z]\w*>)/, 'a group'],
  [/\[\^?\]|\[(?:[^\]\\]|\\.)*(?:\[|&&|--|~~)/, 'a set'],
];
const BRACE = /\{(?!\d{1,3}(?:,\d{0,3})?\})/;

/** An expression that Onigmo, Go and Rust all understand: their grammars meet where there is no look-around. */
function checkRegex(scope: IConstruct, what: string, pattern: string): void {
  if (pattern === '') {
    fail(scope, `${what} is empty. write an expression`);
  }
  if (/[\u0000-\u001f\u007f]/.test(pattern)) {
    fail(scope, `${what} '${pattern.replace(/[\u0000-\u001f\u007f]+/g, ' ')}' has a line break or another control character. write it on one line, with '\\t' for a tab`);
  }
  // what is escaped stands for itself, and all three know the classes of POSIX, in sets alone
  const bare = pattern.replace(/\\[^\w<>\u0080-\uffff]/g, 'x').replace(POSIX, 'x');
  try {
    [pattern, bare].forEach(one => new RegExp(javascript(one)));
  } catch (error) {
    fail(scope, `${what} '${pattern}' is not a regular expression: ${(error as Error).message.replace(/^.*: /, '').toLowerCase()}. correct it`);
  }
  const found = BEYOND.map(([construct, called]) => ({ called, text: construct.exec(bare)?.[0] })).find(({ text }) => text !== undefined)
    ?? (BRACE.test(bare.replace(SET, 'x')) ? { called: 'a brace', text: '{' } : undefined);
  if (found) {
    fail(scope, `${what} '${pattern}' has '${found.text}', ${found.called} that some collectors do not understand or take for something else. do without it`);
  }
}

function javascript(pattern: string): string {
  return pattern.replace(/\(\?P</g, '(?<');
}
