import { exponentOf, figuresOf, growthRow, processRows, regressions, timeRow, toTable, writeTime } from './rows';
import { medianRatio } from './runs';

test('compares figures of the same turn, so that load does not count', () => {
  expect(medianRatio([10, 30, 20], [20, 60, 40])).toBe(0.5);
  expect(timeRow('import', [10, 30, 20], 'peer', [20, 60, 40])).toEqual({
    measurement: 'import',
    result: '20 ms',
    peer: 'peer',
    peerResult: '40 ms',
    figure: 0.5,
    shown: '0.50',
  });
});

test('shows growth as an exponent', () => {
  const row = growthRow('rules', { few: [10], many: [100] }, 10);
  expect(row).toMatchObject({ result: '10 ms, 100 ms', figure: 1, shown: 'exponent 1.00' });
  expect(exponentOf(10, 10)).toBeCloseTo(2);
});

test('omits CPU and memory if the system does not tell them', () => {
  const run = { ms: 10, output: '' };
  expect(processRows('start', [run], 'peer', [run])).toHaveLength(1);
  const full = { ...run, cpuMs: 5, peakMiB: 40 };
  expect(processRows('start', [full], 'peer', [full]).map(({ measurement }) => measurement)).toEqual([
    'start',
    'start, CPU',
    'start, peak memory',
  ]);
});

test('writes a table, and times in the unit that fits', () => {
  expect([0.0123, 7.891, 1234].map(writeTime)).toEqual(['0.0123 ms', '7.89 ms', '1.23 s']);
  expect(toTable([timeRow('import', [10], 'peer', [20])]).split('\n')[2]).toBe(
    '| import | 10 ms | peer | 20 ms | 0.50 |',
  );
});

test('finds a figure that is worse by more than a fifth, or is not recorded', () => {
  const figures = figuresOf([timeRow('import', [12], 'peer', [10]), timeRow('start', [13], 'peer', [10])]);
  expect(regressions(figures, { 'import / peer': 1, 'start / peer': 1 })).toEqual([
    "'start / peer' is 1.3, more than a fifth worse than the recorded 1.",
  ]);
  expect(regressions(figures, { 'import / peer': 2 })).toEqual(["'start / peer' is not recorded."]);
});
