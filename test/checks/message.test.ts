import { listed, message } from '../../src/checks/message';

test('joins two sentences', () => {
  expect(message("'port' is 80", 'use a port of 1024 or higher')).toBe("'port' is 80. Use a port of 1024 or higher.");
  expect(message("Unknown prop 'a'.", "Did you mean 'b'?")).toBe("Unknown prop 'a'. Did you mean 'b'?");
});

test.each([
  [[], ''],
  [['a'], "'a'"],
  [['a', 'b'], "'a' or 'b'"],
  [['a', 'b', 'c'], "'a', 'b' or 'c'"],
])('lists %j', (values, expected) => {
  expect(listed(values, 'or')).toBe(expected);
});
