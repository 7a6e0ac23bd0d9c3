import { pods, reportFor, ruleFor } from './fixtures';
import { Baseline } from '../../../src/safety/baseline';
import { toJunit } from '../../../src/safety/formats/junit';
import { eachPod, Rule } from '../../../src/safety/rule';

/** A rule of pods that finds a problem in the first pod. */
const FIRST: Rule = {
  ...ruleFor('first', 'warning'),
  ...eachPod(function* ({ object: { name } }) {
    if (name === 'pod-0') {
      yield { at: ['metadata', 'name'], message: 'It is the first.' };
    }
  }),
};
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n';

/** Returns the names and outcomes of the cases. */
function cases(report: Parameters<typeof toJunit>[0]): string[] {
  return [...toJunit(report).matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>\s*<(\w+))/g)].map(
    ([, name, outcome = 'passed']) => `${name} ${outcome}`,
  );
}

test('has a passed case for each rule that a pod follows, and for other objects', () => {
  const files = { 'a.yaml': `${pods(2)}---\n${CONFIG_MAP}` };
  expect(cases(reportFor(files, { rules: [FIRST] }))).toEqual([
    'Pod pod-0: first failure',
    'Pod pod-1: first passed',
    'ConfigMap settings passed',
  ]);
});

test('skips findings of the baseline', () => {
  const baseline = Baseline.of(reportFor({ 'a.yaml': pods(1) }, { rules: [FIRST] }).findings);
  const report = reportFor({ 'a.yaml': pods(1) }, { rules: [FIRST], baseline });
  expect(cases(report)).toEqual(['Pod pod-0: first skipped']);
  expect(toJunit(report)).toContain('The baseline contains the finding.');
});

test('has one passed case for each object if there were too many', () => {
  const xml = toJunit(
    reportFor({ 'a.yaml': pods(5001) }, { rules: ['a', 'b', 'c', 'd'].map(id => ({ ...FIRST, id })) }),
  );
  expect(xml).toContain('tests="5004"');
  expect(xml).toContain('failures="4"');
});
