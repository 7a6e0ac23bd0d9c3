import { isJsonPatch } from '../../src/inspect/json-patch';

test.each([
  [[{ op: 'remove', path: '/spec/replicas' }], true],
  [
    [
      { op: 'add', path: '/a', value: 1 },
      { op: 'test', path: '/b' },
    ],
    true,
  ],
  [[], false],
  [[1], false],
  [[{ op: 'remove', path: 'spec' }], false],
  [[{ op: 'remove', path: '/spec' }, { name: 'a' }], false],
  [{ op: 'remove', path: '/spec' }, false],
  [undefined, false],
])('%j is a JSON patch: %s', (document, expected) => {
  expect(isJsonPatch(document)).toBe(expected);
});
