import { diskOverflow, memoryOverflow } from '../../src/predicates/overflow';

const volumes = [
  { name: 'a', size: 60 },
  { name: 'b', size: 40 },
];

test.each([
  [99, { held: 100, allowed: 99 }],
  [100, undefined],
  [101, undefined],
])('100 on disk within %p is %p', (limit, over) => {
  expect(diskOverflow(volumes, [{ role: 'app', limit }])).toEqual(over);
});

test('limits of containers that run together add up, and one init container has its own', () => {
  expect(
    diskOverflow(volumes, [
      { role: 'app', limit: 50 },
      { role: 'native-sidecar', limit: 50 },
    ]),
  ).toBeUndefined();
  expect(
    diskOverflow(volumes, [
      { role: 'app', limit: 50 },
      { role: 'init', limit: 100 },
    ]),
  ).toBeUndefined();
  expect(
    diskOverflow(volumes, [
      { role: 'app', limit: 50 },
      { role: 'init', limit: 50 },
    ]),
  ).toEqual({ held: 100, allowed: 50 });
});

test('without any limit nothing is too much', () => {
  expect(diskOverflow(volumes, [{ role: 'app' }, { role: 'init', limit: 1 }])).toBeUndefined();
  expect(memoryOverflow(volumes, [])).toBeUndefined();
});

test.each([
  [99, { held: 100, allowed: 99 }],
  [100, undefined],
])('100 in memory within %p is %p, by the lowest limit', (limit, over) => {
  expect(memoryOverflow(volumes, [limit, 1000])).toEqual(over);
});
