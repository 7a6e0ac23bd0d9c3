import type { IConstruct } from 'constructs';
import type { CollectorPreset } from './collectors/preset';
import type { LogFormat } from './log-format';
import type { LogMultiline, MultilineRule } from './log-multiline';
import { TIME_DIRECTIVES } from './log-time';
import type { RecordTime } from './pipeline';
import { fail } from '../checks/fail';
import { listed } from '../checks/message';

/** Refuses formats that the collector does not know, and expressions that some collectors do not. */
export function checkFormat(
  scope: IConstruct,
  format: LogFormat,
  { title, unsupportedFormats }: CollectorPreset,
): LogFormat {
  const {
    _kind: kind,
    _pattern: pattern = '',
    _options: { severityField },
  } = format;
  const unsupported = unsupportedFormats?.[kind];
  if (unsupported !== undefined) {
    fail(scope, `${title} does not parse '${kind}'.`, `${unsupported}.`);
  }
  if (severityField !== undefined) {
    checkField(scope, "'severityField'", severityField);
  }
  if (kind === 'regex') {
    checkRegex(scope, "the log format's expression", pattern);
    if (!/\(\?P?<\w+>/.test(pattern)) {
      fail(
        scope,
        `The log format's expression '${pattern}' has no named group, so that no field would come of it.`,
        "Name at least one, for example '(?<level>[A-Z]+)'.",
      );
    }
  }
  return format;
}

const FIELD = /^[A-Za-z_@][\w@-]*$/;

function checkField(scope: IConstruct, what: string, field: string): string {
  return FIELD.test(field)
    ? field
    : fail(
        scope,
        `${what} is '${field}'.`,
        "Name a field at the top of the record, of letters, digits, '_', '-' and '@'.",
      );
}

/** The record's own time; refuses layouts that some collectors would read differently. */
export function checkTime(scope: IConstruct, { _options: { time } }: LogFormat): RecordTime | undefined {
  if (time === undefined) {
    return undefined;
  }
  const {
    field,
    format: { _layout: layout },
    zone = 'UTC',
  } = time;
  checkField(scope, "the field of 'time'", field);
  if (layout.kind === 'pattern') {
    checkTimePattern(scope, layout.pattern);
  }
  if (!isZone(zone)) {
    fail(
      scope,
      `The zone of 'time' is '${zone}', which is not in the IANA database.`,
      "Use a name such as 'Europe/Berlin' or 'UTC'.",
    );
  }
  return { field, layout, zone };
}

function checkTimePattern(scope: IConstruct, pattern: string): void {
  const directives: string[] = pattern.match(/%[^]?/g) ?? [];
  const unknown = directives.find(directive => TIME_DIRECTIVES[directive] === undefined);
  if (unknown !== undefined) {
    fail(
      scope,
      `The format of 'time' has '${unknown}' in '${pattern}', which some collectors do not read.`,
      `Use ${listed(Object.keys(TIME_DIRECTIVES), 'or')}.`,
    );
  }
  const missing = [['%Y'], ['%m', '%b'], ['%d'], ['%H'], ['%M'], ['%S']].find(
    any => !any.some(one => directives.includes(one)),
  );
  if (missing !== undefined) {
    fail(
      scope,
      `The format of 'time' is '${pattern}' without ${listed(missing, 'or')}, so that it names no ` + 'instant.',
      "Add it, or leave 'time' out.",
    );
  }
  if (
    new Set(directives).size < directives.length ||
    /[^\x20-\x7e]|["'\\`{}$#]/.test(pattern) ||
    /%[Lf]/.test(pattern.replace(/%S[.,]%[Lf]/, ''))
  ) {
    fail(
      scope,
      `The format of 'time' is '${pattern}'.`,
      "Write each directive once, '%L' or '%f' after '%S.' or '%S,' only, and no quotes, braces, '#', " +
        "'$' or '\\'.",
    );
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

/** The rule of a record of several lines; refuses expressions that no collector knows. */
export function checkMultiline(scope: IConstruct, { _rule: rule }: LogMultiline): MultilineRule {
  checkRegex(scope, 'the multiline pattern', rule.pattern);
  if (rule.kind === 'start' && new RegExp(javascript(rule.pattern)).test('')) {
    fail(
      scope,
      `The multiline pattern '${rule.pattern}' matches an empty line too, so that every line would ` +
        'begin a record.',
      'Make it match what only a first line has.',
    );
  }
  return rule;
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
    fail(scope, `${what} is empty.`, 'Write an expression.');
  }
  if (/[\u0000-\u001f\u007f]/.test(pattern)) {
    fail(
      scope,
      `${what} '${pattern.replace(/[\u0000-\u001f\u007f]+/g, ' ')}' has a line break or another ` +
        'control character.',
      "Write it on one line, with '\\t' for a tab.",
    );
  }
  // what is escaped stands for itself, and all three know the classes of POSIX, in sets alone
  const bare = pattern.replace(/\\[^\w<>\u0080-\uffff]/g, 'x').replace(POSIX, 'x');
  try {
    [pattern, bare].forEach(one => new RegExp(javascript(one)));
  } catch (error) {
    fail(
      scope,
      `${what} '${pattern}' is not a regular expression: ` +
        `${(error as Error).message.replace(/^.*: /, '').toLowerCase()}.`,
      'Correct it.',
    );
  }
  const found =
    BEYOND.map(([construct, called]) => ({ called, text: construct.exec(bare)?.[0] })).find(
      ({ text }) => text !== undefined,
    ) ?? (BRACE.test(bare.replace(SET, 'x')) ? { called: 'a brace', text: '{' } : undefined);
  if (found) {
    fail(
      scope,
      `${what} '${pattern}' has '${found.text}', ${found.called} that some collectors do not ` +
        'understand or take for something else.',
      'Do without it.',
    );
  }
}

function javascript(pattern: string): string {
  return pattern.replace(/\(\?P</g, '(?<');
}
