import { pod, pods, reportFor, ruleFor } from './fixtures';
import { toText } from '../../../src/safety/formats/text';

const NOTE = ruleFor('note', 'info');
const WARNED = ruleFor('warned', 'warning');
const BROKEN = ruleFor('broken', 'error', 'ConfigMap');
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n';

test('lists up to 30 findings with their fixes, and explains each rule once', () => {
  expect(toText(reportFor({ 'a.yaml': pods(2) }, { rules: [WARNED] }))).toBe(`a.yaml:3:12 warning warned Pod pod-0: \
Message of warned.
    Fix: YAML of warned.
a.yaml:8:12 warning warned Pod pod-1: Message of warned.
    Fix: YAML of warned.

warned: Summary of warned. Rationale of warned.

2 warnings in 2 objects
`);
});

test('groups more findings by rule, errors first, and states the fix once', () => {
  const files = { 'a.yaml': `${pods(31)}---\n${CONFIG_MAP}` };
  const text = toText(reportFor(files, { rules: [NOTE, WARNED, BROKEN] }));
  expect(text.match(/^\w+ \w+: .*$/gm)).toEqual([
    'error broken: 1 finding in 1 object',
    'warning warned: 31 findings in 31 of 31 pods',
    'info note: 31 findings in 31 of 31 pods',
  ]);
  expect(text.match(/Fix: YAML of warned\./g)).toHaveLength(1);
  expect(text).toMatch(/\n1 error, 31 warnings and 31 infos in 32 objects\n$/);
});

test('writes one line for a finding of every pod', () => {
  const report = reportFor({ 'a.yaml': pods(3) }, { rules: [WARNED] });
  expect(toText(report, { group: 'rule' })).toBe(`warning warned: 3 findings in 3 of 3 pods
    Summary of warned. Rationale of warned.
    Fix: YAML of warned.
  In every pod, for example a.yaml:3:12 Pod pod-0: Message of warned.

3 warnings in 3 objects
`);
});

test('writes a line for each finding if some pods have none', () => {
  const annotation = ', annotations: {waiver.cdk8s-storage-patterns/warned: the pod is only a test}';
  const report = reportFor({ 'a.yaml': `${pods(2)}---\n${pod('other', annotation)}` }, { rules: [WARNED] });
  const text = toText(report, { group: 'rule' });
  expect(text).toContain('warning warned: 2 findings in 2 of 3 pods\n');
  expect(text).toContain(
    '\n  a.yaml:3:12 Pod pod-0: Message of warned.\n  a.yaml:8:12 Pod pod-1: Message of warned.\n',
  );
  expect(text).toContain('Reason of the waiver: the pod is only a test');
});

test.each([
  ['object', ['Pod pod-0: 2 warnings', 'Pod pod-1: 2 warnings', 'Pod other: 2 warnings']],
  ['file', ['a.yaml: 4 warnings in 2 objects', 'b.yaml: 2 warnings in 1 object']],
] as const)('groups by %s, with the numbers of each group', (group, titles) => {
  const files = { 'a.yaml': pods(2), 'b.yaml': pod('other') };
  const text = toText(reportFor(files, { rules: [WARNED, ruleFor('second', 'warning')] }), { group });
  expect(text.match(/^(?:Pod .*|\w+\.yaml): .*$/gm)).toEqual(titles);
  expect(text.match(/^ {2}a\.yaml:3:12 warning warned .*Message of warned\.$/gm)).toHaveLength(1);
  expect(text.match(/Fix: YAML of warned\./g)).toHaveLength(1);
});
