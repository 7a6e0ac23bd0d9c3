import { diskOverflow, memoryOverflow } from '../../src/predicates/overflow';

const volumes = [
  { name: 'a', size: 60 },
  { name: 'b', size: 40 },
];

test.each([
  [99, { held: 100, allowed: 99 }],
  [100, undefined],
  [101, undefined],
])('volumes of 100 on disk with a limit of %p: %p', (limit, over) => {
  expect(diskOverflow(volumes, [{ role: 'app', limit }])).toEqual(over);
});

test('adds up the limits of containers that run together, and compares them with that of an init container', () => {
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

test('counts the limit of an init container alone, as the kubelet does', () => {
  expect(diskOverflow(volumes, [{ role: 'app' }, { role: 'init', limit: 1 }])).toEqual({ held: 100, allowed: 1 });
});

test('accepts volumes of any size without a limit', () => {
  expect(diskOverflow(volumes, [{ role: 'app' }, { role: 'init' }])).toBeUndefined();
  expect(memoryOverflow(volumes, [])).toBeUndefined();
});

test.each([
  [99, { held: 100, allowed: 99 }],
  [100, undefined],
])('volumes of 100 in memory with a lowest limit of %p: %p', (limit, over) => {
  expect(memoryOverflow(volumes, [limit, 1000])).toEqual(over);
});
