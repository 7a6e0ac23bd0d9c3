import { pod, pods, reportFor, ruleFor } from './fixtures';
import { Baseline } from '../../../src/safety/baseline';
import { keepWorst } from '../../../src/safety/formats/report';
import { remarks, summarize } from '../../../src/safety/formats/summary';

const custom = (kind: string, group: string) => `apiVersion: ${group}/v1\nkind: ${kind}\nmetadata: {name: a}\n`;
const documents = (...all: readonly string[]) => all.join('---\n');
const RULES = { rules: [ruleFor('warned', 'warning')] };

test('does not claim that nothing was found in objects of unknown kinds', () => {
  const report = reportFor({ 'a.yaml': documents(...Array(3).fill(custom('Cluster', 'db.example.com'))) }, RULES);
  expect(summarize(report)).toBe('Nothing was audited');
  expect(remarks(report)).toEqual(['Not audited: 3 objects of unknown kinds (3 Cluster.db.example.com).']);
});

test('counts only the objects that were looked at', () => {
  const files = { 'a.yaml': documents(custom('Cluster', 'db.example.com'), 'apiVersion: v1\nkind: Secret\n') };
  expect(summarize(reportFor(files, RULES))).toBe('No findings in 1 object');
});

test('names the unknown kinds, the most frequent first, and only some of them', () => {
  const kinds = Array.from({ length: 10 }, (_, i) => custom(`Kind${i}`, 'acme.example'));
  const [remark] = remarks(reportFor({ 'a.yaml': documents(...kinds, custom('Kind9', 'acme.example')) }, RULES));
  expect(remark).toMatch(
    /^Not audited: 11 objects of unknown kinds \(2 Kind9\.acme\.example, 1 Kind0\.acme\.example, /,
  );
  expect(remark).toMatch(/, 1 Kind6\.acme\.example, 2 other kinds\)\.$/);
});

test('tells to render the objects that a controller renders', () => {
  const releases = Array(2).fill(custom('HelmRelease', 'helm.toolkit.fluxcd.io'));
  expect(remarks(reportFor({ 'a.yaml': documents(...releases) }, RULES))).toContain(
    "Render the 2 objects of kind HelmRelease first, for example with 'helm template'.",
  );
});

test('counts patches, files that were passed over, waived and unreadable ones', () => {
  const report = reportFor(
    { 'a.yaml': pod('web', ', annotations: {waiver.cdk8s-storage-patterns/warned: a b c}') },
    RULES,
    {
      patches: 2,
      passedOver: [{ reason: 'files that the configuration excludes', count: 3 }],
      problems: [{ file: 'b.yaml', line: 1, column: 1, message: 'It is not YAML.' }],
    },
  );
  expect(summarize(report)).toBe('No findings in 1 object, 1 finding waived, 1 document unreadable');
  expect(remarks(report)).toEqual(['Not audited: 2 patches, files that the configuration excludes (3).']);
});

test('counts the findings of the baseline, and its entries that are fixed', () => {
  const all = reportFor({ 'a.yaml': pods(3) }, RULES);
  const report = reportFor({ 'a.yaml': pods(2) }, { ...RULES, baseline: Baseline.of(all.findings) });
  expect(summarize(report)).toBe('No findings in 2 objects, 2 findings in the baseline');
  expect(remarks(report)).toEqual(['1 entry of the baseline matches no finding any more. Write the baseline again.']);
});

test('states how many findings a limit omits, and keeps the worst', () => {
  const rules = [ruleFor('note', 'info'), ruleFor('warned', 'warning'), ruleFor('broken', 'error')];
  const report = keepWorst(reportFor({ 'a.yaml': pods(2) }, { rules }), 3);
  expect(report.findings.map(({ severity }) => severity)).toEqual(['error', 'warning', 'error']);
  expect(summarize(report)).toBe('2 errors, 2 warnings and 2 infos in 2 objects');
  expect(remarks(report)).toEqual(['The report contains 3 of 6 findings, the worst ones.']);
});
