import { Testing } from 'cdk8s';
import { ExclusiveMap } from '../../src/pod/exclusive-map';

const exclusiveMap = () => new ExclusiveMap<number>(Testing.chart(), 'port name', 'Use another name.');

test('sorts entries by key', () => {
  const map = exclusiveMap();
  map.set('the app', 'b', 1);
  map.set('the app', 'a', 2);
  expect(map.entries()).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
  expect(map.values()).toEqual([2, 1]);
  expect([map.get('b'), map.get('c')]).toEqual([1, undefined]);
});

test.each([
  ['the app', "extension 'a'"],
  ["extension 'a'", 'the app'],
])('names both owners in the same order: %s, %s', (first, second) => {
  const map = exclusiveMap();
  map.set(first, 'http', 1);
  expect(() => map.set(second, 'http', 2)).toThrow(
    "[test] Duplicate port name 'http' from extension 'a' and the app. Use another name.",
  );
});

test('names one owner once', () => {
  const map = exclusiveMap();
  map.set('the app', 'http', 1);
  expect(() => map.set('the app', 'http', 1)).toThrow("[test] Duplicate port name 'http' from the app.");
});
