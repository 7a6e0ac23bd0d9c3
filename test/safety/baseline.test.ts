import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { pod, pods, reportFor, ruleFor } from './formats/fixtures';
import { Baseline } from '../../src/safety/baseline';
import { openFindings } from '../../src/safety/formats/report';

const RULES = [ruleFor('warned', 'warning')];
const baselineOf = (files: Record<string, string>) => Baseline.of(reportFor(files, { rules: RULES }).findings);
const openIn = (files: Record<string, string>, baseline: Baseline) =>
  openFindings(reportFor(files, { rules: RULES, baseline })).map(
    ({ object }) => `${object.source.file} ${object.name}`,
  );

test.each([
  ['lines move', { 'a.yaml': `# a comment\n${pods(2)}` }],
  ['objects change their order', { 'a.yaml': `${pod('pod-1')}---\n${pod('pod-0')}` }],
  ['the file is renamed', { 'b.yaml': pods(2) }],
])('knows its findings when %s', (_, files) => {
  expect(openIn(files, baselineOf({ 'a.yaml': pods(2) }))).toEqual([]);
});

test('does not know a finding of another object', () => {
  expect(openIn({ 'a.yaml': pods(3) }, baselineOf({ 'a.yaml': pods(2) }))).toEqual(['a.yaml pod-2']);
});

test('does not know one more object of the same name, which is the one in the new file', () => {
  const baseline = baselineOf({ 'live/a.yaml': pod('web') });
  expect(openIn({ 'dev/a.yaml': pod('web'), 'live/a.yaml': pod('web') }, baseline)).toEqual(['dev/a.yaml web']);
});

test('reads what it writes', () => {
  const text = baselineOf({ 'a.yaml': pods(2) }).toString();
  expect(Baseline.parse(text, 'baseline.json').toString()).toBe(text);
  expect(JSON.parse(text)).toEqual({
    version: 1,
    findings: ['pod-0', 'pod-1'].map(name => ({
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      rule: 'warned',
      object: `Pod ${name}`,
      file: 'a.yaml',
      message: 'Message of warned.',
    })),
  });
});

test('finds entries that match no finding any more, unless their rule is not checked', () => {
  const baseline = baselineOf({ 'a.yaml': pods(2) });
  const fixed = (rules: typeof RULES) => reportFor({ 'a.yaml': pods(1) }, { rules, baseline }).fixed;
  expect(fixed(RULES)).toMatchObject([{ rule: 'warned', object: 'Pod pod-1' }]);
  expect(fixed([])).toEqual([]);
});

test('leaves waived findings alone', () => {
  const waived = { 'a.yaml': pod('web', ', annotations: {waiver.cdk8s-storage-patterns/warned: it is a test}') };
  const { findings, fixed } = reportFor(waived, { rules: RULES, baseline: baselineOf({ 'a.yaml': pod('web') }) });
  expect(findings).toMatchObject([{ reason: 'it is a test' }]);
  expect(findings[0].isKnown).toBeUndefined();
  expect(fixed).toHaveLength(1);
});

describe('reading a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'baseline-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test.each([
    ['is not JSON', '{', /^Baseline '.*b\.json' is not JSON: .* Write it with '--write-baseline' or /],
    ['has another version', '{"version": 2}', /is not a baseline of version 1\./],
    ['has an entry without a fingerprint', '{"version": 1, "findings": [{}]}', /no 'rule' in 'findings\[0\]'\./],
  ])('refuses one that %s', (_, content, message) => {
    writeFileSync(join(directory, 'b.json'), content);
    expect(() => Baseline.read(join(directory, 'b.json'))).toThrow(message);
  });

  test('refuses one that is missing', () => {
    expect(() => Baseline.read(join(directory, 'gone.json'))).toThrow(/gone\.json' cannot be read: ENOENT/);
  });
});
