import type { IConstruct } from 'constructs';
import type { LogFormat, LogMultiline } from './log-format';
import { NAMED_FORMATS, NAMED_STARTS } from './log-format';
import { fail, listed } from '../checks/fail';

const KINDS = ['json', 'logfmt', 'regex', 'text'];

/** Refuses formats that no collector knows. */
export function checkFormat(scope: IConstruct, format: LogFormat): void {
  if (!KINDS.includes(format.kind)) {
    fail(scope, `its log format is '${format.kind}', which is unknown. use ${listed([...KINDS.filter(kind => kind !== 'regex'), ...Object.keys(NAMED_FORMATS)].sort(), 'or')}, or 'LogFormat.regex'`);
  }
  if (format.kind === 'regex') {
    checkRegex(scope, 'the log format\'s expression', format.pattern ?? '');
    if (!/\(\?P?<\w+>/.test(format.pattern!)) {
      fail(scope, `the log format's expression '${format.pattern}' has no named group, so that no field would come of it. name at least one, for example '(?<level>[A-Z]+)'`);
    }
  }
}

/** Refuses beginnings that no collector knows. */
export function checkMultiline(scope: IConstruct, { pattern, name }: LogMultiline): void {
  if (pattern === undefined) {
    fail(scope, `its multiline pattern is '${name}', which is unknown. use ${listed(Object.keys(NAMED_STARTS), 'or')}, or 'LogMultiline.startsWith'`);
  }
  checkRegex(scope, 'the multiline pattern', pattern);
  if (new RegExp(javascript(pattern)).test('')) {
    fail(scope, `the multiline pattern '${pattern}' matches an empty line too, so that every line would begin a record. make it match what only a first line has`);
  }
}

/** An expression that Onigmo, Go and Rust all understand: their grammars meet where there is no look-around. */
function checkRegex(scope: IConstruct, what: string, pattern: string): void {
  if (pattern === '') {
    fail(scope, `${what} is empty. write an expression`);
  }
  if (/[\n\r]/.test(pattern)) {
    fail(scope, `${what} '${pattern.replace(/\s+/g, ' ')}' has a line break. write it on one line`);
  }
  const beyond = /\(\?<?[=!]|\\[1-9]|\\k</.exec(pattern.replace(/\\\\/g, ''));
  if (beyond) {
    fail(scope, `${what} '${pattern}' has '${beyond[0]}', which some collectors do not understand. do without look-around and back-references`);
  }
  try {
    new RegExp(javascript(pattern));
  } catch (error) {
    fail(scope, `${what} '${pattern}' is not a regular expression: ${(error as Error).message.replace(/^.*: /, '').toLowerCase()}. correct it`);
  }
}

function javascript(pattern: string): string {
  return pattern.replace(/\(\?P</g, '(?<');
}
