import { logged } from './fixtures';
import { LogFormat, LogMultiline } from '../../src';

const parsing = (pattern: string) => () => logged({ format: LogFormat.regex(pattern) });

describe('an expression', () => {
  test.each([
    '^(?<level>[A-Z]+) (?<message>.*)$',
    '^\\[(?P<time>[^\\]]*)\\] "(?<path>/[^ "]*)" (?<code>\\d{3}) \\$(?<price>\\d{1,9}\\.\\d{2})',
    '(?<a>[[:alpha:]]+)(?:-|\\{)\\x41\\\\1',
    '(?<a>[{}]+)',
  ])('may be %s', pattern => {
    expect(parsing(pattern)).not.toThrow();
  });

  test.each([
    ['(?<a>x)(?=y)', '(?=', 'look-around'],
    ['(?<!x)(?<a>y)', '(?<!', 'look-around'],
    ['(?<a>x)\\1', '\\1', 'a back-reference'],
    ['(?<a>\\h)', '\\h', 'an escape'],
    ['(?<a>\\x{41})', '\\x', 'an escape'],
    ['\\<(?<a>x)\\>', '\\<', 'an escape'],
    ['(?<__proto__>x)(?<a>y)', '(?', 'a group'],
    ['(?<a>[^])', '[^]', 'a set'],
    ['(?<a>[a-z&&[aeiou]])', '[a-z&&[', 'a set'],
    ['(?<a>[[:word:]])', '[[', 'a set'],
    ['(?<a>x{)', '{', 'a brace'],
    ['(?<a>x{1001})', '{', 'a brace'],
  ])('may not be %s, which has %s', (pattern, construct, called) => {
    expect(parsing(pattern)).toThrow(
      `[test/app/logs] The log format's expression '${pattern}' has '${construct}', ${called} that some ` +
        'collectors do not understand or take for something else. Do without it',
    );
  });

  test('closes its sets, whatever is in them', () => {
    expect(parsing('(?<a>[[:alpha:])')).toThrow(
      "[test/app/logs] The log format's expression '(?<a>[[:alpha:])' is not a regular expression: ",
    );
  });

  test('stands on one line', () => {
    expect(parsing('(?<a>\u0000)\n')).toThrow(
      "[test/app/logs] The log format's expression '(?<a> ) ' has a line break or another control character. " +
        "Write it on one line, with '\\t' for a tab",
    );
    expect(() => logged({ multiline: LogMultiline.startsWith('') })).toThrow(
      '[test/app/logs] The multiline pattern is empty. Write an expression',
    );
  });
});
