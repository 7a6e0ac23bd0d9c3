import { execFileSync } from 'child_process';
import { join } from 'path';
import type { GrowthReport } from './growth';
import { GROUPS, KINDS } from '../bench/kinds';

const root = join(__dirname, '..', '..');
const report: GrowthReport = JSON.parse(
  execFileSync(
    process.execPath,
    // code that is compiled again loses its counts
    ['--no-flush-bytecode', '--require', require.resolve('tsx/cjs'), join(__dirname, 'growth.ts')],
    { encoding: 'utf8', env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json') } },
  ),
);

test('the work of the audit and the map grows in proportion to the objects', () => {
  expect(Object.keys(report.exponents)).toEqual([...KINDS.keys(), ...GROUPS.keys()]);
  const steep = Object.entries(report.exponents).filter(([, exponent]) => exponent > 1.1);
  expect(steep).toEqual([]);
});

test('no part of them grows faster', () => {
  expect(report.growing).toEqual([]);
});

test('finds a part that compares all objects with each other', () => {
  const part: unknown = expect.stringContaining('function isDouble');
  expect(report.control).toContainEqual(expect.objectContaining({ part }));
});
