import { readFileSync } from 'fs';
import { join } from 'path';
import { percentage, readSample, tableOf, VERDICTS } from './table';
import { RULE_IDS } from '../../src/safety/rules';

const sample = readSample();
const parts = [sample.owners, sample.examples];
const verdicts = parts.flatMap(part => part.verdicts);

test('200 findings of owners are judged, each once and with a reason', () => {
  expect(sample.owners.verdicts).toHaveLength(200);
  expect(new Set(verdicts.map(({ file, fingerprint }) => `${file} ${fingerprint}`)).size).toBe(verdicts.length);
  expect(verdicts.filter(({ verdict }) => !VERDICTS.includes(verdict))).toEqual([]);
  expect(verdicts.filter(({ reason }) => !/^[A-Z'].{15,}\.$/.test(reason))).toEqual([]);
  expect(verdicts.filter(({ rule }) => !(RULE_IDS as readonly string[]).includes(rule))).toEqual([]);
});

test('a pod has two findings at most', () => {
  parts.forEach(({ findings, pods }) => expect(findings / pods).toBeLessThanOrEqual(2));
});

test('owners find at least 80 % of the findings useful, and at most 3 % wrong', () => {
  expect(percentage(sample.owners.verdicts, 'useful')).toBeGreaterThanOrEqual(80);
  expect(percentage(sample.owners.verdicts, 'wrong')).toBeLessThanOrEqual(3);
});

test('docs/proven.md contains the table', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'proven.md'), 'utf8')).toContain(tableOf(sample));
});
