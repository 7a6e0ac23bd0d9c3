import { Namespaces } from '../../src/inspect/namespaces';

test('takes the only namespace of a root for an object without one, and default if there are several', () => {
  const namespaces = new Namespaces([
    { namespace: 'shop' },
    {},
    { namespace: 'shop' },
    { namespace: 'a', root: 'r' },
    { namespace: 'b', root: 'r' },
  ]);
  expect(namespaces.of({})).toBe('shop');
  expect(namespaces.of({ root: 'r' })).toBe('default');
  expect(namespaces.of({ root: 'unknown' })).toBe('default');
  expect(namespaces.of({ namespace: 'c', root: 'r' })).toBe('c');
});

test('returns the objects in a namespace, or those that can be in it, unless they are in several', () => {
  const namespaces = new Namespaces([{ namespace: 'a' }, { namespace: 'b' }]);
  const [a, b, none] = [{ namespace: 'a' }, { namespace: 'b' }, {}];
  expect(namespaces.matching([a, b, none], { namespace: 'a' })).toEqual([a]);
  expect(namespaces.matching([a, none], { namespace: 'c' })).toEqual([none]);
  expect(namespaces.matching([a, none], {})).toEqual([none]);
  expect(namespaces.matching([a, a], {})).toEqual([a, a]);
  expect(namespaces.matching([a, b], {})).toEqual([]);
  expect(namespaces.matching([a, b], { namespace: 'c' })).toEqual([]);
});

test('compares known namespaces as they are written', () => {
  const namespaces = new Namespaces([{ namespace: 'a' }], true);
  const [a, none] = [{ namespace: 'a' }, {}];
  expect(namespaces.matching([a, none], { namespace: 'a' })).toEqual([a]);
  expect(namespaces.matching([a, none], {})).toEqual([none]);
  expect(namespaces.matching([none], { namespace: 'a' })).toEqual([]);
});
