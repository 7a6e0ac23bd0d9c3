import * as fc from 'fast-check';
import { commonBits, formatMode, groupHasRights, othersHaveRights, othersRead, withBits } from '../../src/inspect/mode';

const MODES = fc.integer({ min: 0, max: 0o777 });

test('combines modes bit by bit', () => {
  fc.assert(
    fc.property(MODES, MODES, (a, b) => {
      // oxlint-disable-next-line no-bitwise
      expect([commonBits(a, b), withBits(a, b)]).toEqual([a & b, a | b]);
    }),
  );
});

test.each<[number, boolean, boolean, boolean]>([
  [0o600, false, false, false],
  [0o640, true, false, false],
  [0o604, false, true, true],
  [0o601, false, true, false],
])('reads the rights of the group and of others from 0%o', (mode, group, others, read) => {
  expect([groupHasRights(mode), othersHaveRights(mode), othersRead(mode)]).toEqual([group, others, read]);
});

test('formats a mode as in a manifest', () => {
  expect(formatMode(0o444)).toBe('0444');
});
