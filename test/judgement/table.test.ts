import { readFileSync } from 'fs';
import { join } from 'path';
import { readSample, tableOf, VERDICTS } from './table';
import { RULE_IDS } from '../../src/safety/rules';

const sample = readSample();

test('200 findings are judged, each once and with a reason', () => {
  expect(sample.verdicts).toHaveLength(200);
  expect(new Set(sample.verdicts.map(({ file, fingerprint }) => `${file} ${fingerprint}`)).size).toBe(200);
  expect(sample.verdicts.filter(({ verdict }) => !VERDICTS.includes(verdict))).toEqual([]);
  expect(sample.verdicts.filter(({ reason }) => !/^[A-Z'].{15,}\.$/.test(reason))).toEqual([]);
  expect(sample.verdicts.filter(({ rule }) => !(RULE_IDS as readonly string[]).includes(rule))).toEqual([]);
});

test('a pod has two findings at most', () => {
  expect(sample.findings / sample.pods).toBeLessThanOrEqual(2);
});

test('docs/proven.md contains the table', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'proven.md'), 'utf8')).toContain(tableOf(sample));
});
