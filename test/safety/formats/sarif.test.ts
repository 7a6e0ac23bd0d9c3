import { pods, reportFor, ruleFor } from './fixtures';
import { Baseline } from '../../../src/safety/baseline';
import { toSarif } from '../../../src/safety/formats/sarif';

const runOf = (report: Parameters<typeof toSarif>[0]) => JSON.parse(toSarif(report, { version: '1.0.0' })).runs[0];

test('contains at most 25,000 results, the worst ones, and says so', () => {
  const rules = [ruleFor('warned', 'warning'), ruleFor('broken', 'error')];
  const { results, invocations } = runOf(reportFor({ 'a.yaml': pods(13_000) }, { rules }));
  expect(results).toHaveLength(25_000);
  expect(results.filter(({ level }: { level: string }) => level === 'error')).toHaveLength(13_000);
  expect(invocations[0].toolExecutionNotifications).toMatchObject([
    { level: 'warning', message: { text: 'The report contains 25000 of 26000 findings, the worst ones.' } },
  ]);
});

test('has the levels of SARIF', () => {
  const rules = [ruleFor('note', 'info'), ruleFor('warned', 'warning'), ruleFor('broken', 'error')];
  const { results, tool } = runOf(reportFor({ 'a.yaml': pods(1) }, { rules }));
  expect(results.map(({ level }: { level: string }) => level)).toEqual(['error', 'warning', 'note']);
  expect(tool.driver.rules[0]).toMatchObject({
    defaultConfiguration: { level: 'note' },
    properties: { 'problem.severity': 'recommendation', 'tags': ['kubernetes', 'storage'] },
  });
});

test('marks what the baseline contains', () => {
  const rules = [ruleFor('warned', 'warning')];
  const baseline = Baseline.of(reportFor({ 'a.yaml': pods(1) }, { rules }).findings);
  const states = (options: { baseline?: Baseline }) =>
    runOf(reportFor({ 'a.yaml': pods(2) }, { rules, ...options })).results.map(
      ({ baselineState }: { baselineState?: string }) => baselineState,
    );
  expect(states({ baseline })).toEqual(['unchanged', 'new']);
  expect(states({})).toEqual([undefined, undefined]);
});
