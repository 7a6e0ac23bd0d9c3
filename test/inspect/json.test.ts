import * as fc from 'fast-check';
import { at, jsonPointer, JsonPath, parseJsonPointer, wholeNumber } from '../../src/inspect/json';

const DOCUMENT = {
  metadata: { labels: { 'app.kubernetes.io/name': 'web', 'a~b': '' } },
  spec: { list: ['a', 'b'] },
};

test.each<[string, JsonPath]>([
  ['', []],
  ['/', ['']],
  ['/metadata/labels/app.kubernetes.io~1name', ['metadata', 'labels', 'app.kubernetes.io/name']],
  ['/metadata/labels/a~0b', ['metadata', 'labels', 'a~b']],
  ['/spec/list/1', ['spec', 'list', 1]],
  ['/spec/list/7/name', ['spec', 'list', 7, 'name']],
  ['/spec/list/01', ['spec', 'list', '01']],
  ['/metadata/1', ['metadata', '1']],
])('parses the JSON pointer %j as %j', (pointer, path) => {
  expect(parseJsonPointer(pointer, DOCUMENT)).toEqual(path);
  expect(jsonPointer(path)).toBe(pointer);
});

test.each(['metadata', 'metadata.labels', '/metadata/a~b', '/metadata/~2', '#/metadata'])(
  'does not parse %j, which is not a JSON pointer',
  pointer => {
    expect(parseJsonPointer(pointer, DOCUMENT)).toBeUndefined();
  },
);

test.each<[unknown, number | undefined]>([
  [0, 0],
  [3, 3],
  [-1, undefined],
  [1.5, undefined],
  [1e300, undefined],
  [NaN, undefined],
  ['3', undefined],
  [null, undefined],
])('reads %p as the number %p', (value, expected) => {
  expect(wholeNumber(value)).toBe(expected);
});

test('parses the pointer of every value', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.array(fc.jsonValue())), document => {
      for (const [key, items] of Object.entries(document)) {
        items.forEach((item, i) => {
          const path = parseJsonPointer(jsonPointer([key, i]), document)!;
          expect(path).toEqual([key, i]);
          expect(at(document, ...path)).toBe(item);
        });
      }
    }),
  );
});
