import { shorten, visible } from '../../../src/map/markup/visible';

test('escapes control characters and characters that change the text direction', () => {
  expect(visible('a\u202eb\u001b[1m\n')).toBe('a\\u202eb\\u001b[1m\\u000a');
});

test.each([
  ['/var/lib/postgresql/data', 12, '/var/…l/data'],
  ['short', 5, 'short'],
  ['abc', 2, 'a…'],
  ['abc', 1, '…'],
])('shortens %p to %d characters in the middle', (text, length, expected) => {
  expect(shorten(text, length)).toBe(expected);
});
