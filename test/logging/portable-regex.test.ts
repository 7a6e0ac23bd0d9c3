import { logged } from './fixtures';
import { LogFormat, LogMultiline } from '../../src';

const parsing = (pattern: string) => () => logged({ format: LogFormat.regex(pattern) });

test.each([
  '^(?<level>[A-Z]+) (?<message>.*)$',
  '^\\[(?P<time>[^\\]]*)\\] "(?<path>/[^ "]*)" (?<code>\\d{3}) \\$(?<price>\\d{1,9}\\.\\d{2})',
  '(?<a>[[:alpha:]]+)(?:-|\\{)\\x41\\\\1',
  '(?<a>[{}]+)',
])('accepts the expression %s', pattern => {
  expect(parsing(pattern)).not.toThrow();
});

test.each([
  ['(?<a>x)(?=y)', '(?=', 'a look-around'],
  ['(?<!x)(?<a>y)', '(?<!', 'a look-around'],
  ['(?<a>x)\\1', '\\1', 'a back-reference'],
  ['(?<a>\\h)', '\\h', 'an escape sequence'],
  ['(?<a>\\x{41})', '\\x', 'an escape sequence'],
  ['\\<(?<a>x)\\>', '\\<', 'an escape sequence'],
  ['(?<__proto__>x)(?<a>y)', '(?', 'a group'],
  ['(?<a>[^])', '[^]', 'a set'],
  ['(?<a>[a-z&&[aeiou]])', '[a-z&&[', 'a set'],
  ['(?<a>[[:word:]])', '[[', 'a set'],
  ['(?<a>x{)', '{', 'a brace'],
  ['(?<a>x{1001})', '{', 'a brace'],
])('refuses the expression %s because of %s', (pattern, text, name) => {
  expect(parsing(pattern)).toThrow(
    `[test/app/logs] The pattern '${pattern}' of 'format' contains '${text}', ${name} that some collectors do not ` +
      'support. Write the expression without it.',
  );
});

test('refuses a POSIX class as a set', () => {
  expect(parsing('(?<a>[[:alpha:])')).toThrow(
    "[test/app/logs] The pattern '(?<a>[[:alpha:])' of 'format' is not a valid regular expression: ",
  );
});

test('refuses control characters', () => {
  expect(parsing('(?<a>\u0000)\n')).toThrow(
    "[test/app/logs] The pattern '(?<a> ) ' of 'format' contains a line break or another control character. Use an " +
      "escape sequence, for example '\\t' for a tab.",
  );
});

test('refuses an empty expression', () => {
  expect(() => logged({ multiline: LogMultiline.startsWith('') })).toThrow(
    "[test/app/logs] The pattern of 'multiline' is empty. Set a regular expression.",
  );
});
