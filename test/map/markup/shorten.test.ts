import { shorten } from '../../../src/map/markup/shorten';

test.each([
  ['/var/lib/postgresql/data', 12, '/var/…l/data'],
  ['short', 5, 'short'],
  ['abc', 2, 'a…'],
  ['abc', 1, '…'],
])('shortens %p to %d characters in the middle', (text, length, expected) => {
  expect(shorten(text, length)).toBe(expected);
});
