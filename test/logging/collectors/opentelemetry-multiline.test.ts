import { parse } from 'yaml';
import { LogMultiline } from '../../../src';
import { configOf, logged } from '../fixtures';

/** The records that the collector reads: from one match to the next that does not start where the match ends. */
function records(multiline: LogMultiline, lines: string): string[] {
  const { line_start_pattern: pattern } = parse(configOf(logged({ multiline }))).receivers['file_log/stdout'].multiline;
  const expression = pattern
    .replace(/\$\$/g, '$')
    .replace(/\\A/g, '(?<![^])')
    .replace(/\(\?P</g, '(?<');
  const found: string[] = [];
  for (let rest = lines; rest.length > 0;) {
    const [first, ...further] = rest.matchAll(new RegExp(expression, 'gm'));
    const next =
      first.index > 0 ? first.index : (further.find(({ index }) => index > first[0].length)?.index ?? rest.length);
    found.push(rest.slice(0, next));
    rest = rest.slice(next);
  }
  return found;
}

test.each<[string, LogMultiline, string[]]>([
  [
    'a timestamp',
    LogMultiline.timestamp(),
    ['2026-11-27T01:00:00Z one\n more\n\n of one\n', '2026-11-27T01:00:01Z two\n'],
  ],
  ['a line without indentation', LogMultiline.indented(), ['one\n a\n\n b\n', 'two\n', 'three\n\tc\n']],
  ['a match within the line', LogMultiline.startsWith('BEGIN'), ['x BEGIN\na\n', 'BEGIN\n']],
  [
    'a line that is not part of a stack trace',
    LogMultiline.java(),
    [
      'ERROR boom\njava.lang.IllegalStateException: boom\n\tat A.b(A.java:1)\n\nCaused by: x\n',
      'second\n',
      'third\n\tat x\n',
      'last\n',
    ],
  ],
  ['a line without a plus at its end', LogMultiline.continuesWith('\\+$'), ['a\nb+\r\n', 'c\n']],
  ['a line that is not in a negated set', LogMultiline.continuesWith('^[^a]|^[\\D]x'), ['a\nb\n', 'a\n', 'a\n\tc\n']],
])('a record starts with %s', (_, multiline, expected) => {
  expect(records(multiline, expected.join(''))).toEqual(expected);
});
