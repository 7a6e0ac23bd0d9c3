import { formatBytes, parseQuantity } from '../../src/inspect/quantity';

test.each([
  ['1Gi', 2 ** 30],
  ['500M', 5e8],
  ['100m', 0.1],
  ['1e3', 1000],
  ['0.5Mi', 2 ** 19],
  [3, 3],
  ['1 Gi', undefined],
  ['', undefined],
  ['Gi', undefined],
  [true, undefined],
])('parses the quantity %p as %p', (quantity, value) => {
  expect(parseQuantity(quantity)).toBe(value);
});

test('formats bytes for people', () => {
  expect([0, 512, 1536, 2 ** 30, 1.5 * 2 ** 40].map(formatBytes)).toEqual(['0', '512', '1.5Ki', '1Gi', '1.5Ti']);
});
