import { pods, reportFor, ruleFor } from './formats/fixtures';
import type { ObjectWaiver } from '../../src/safety/object-waivers';

const waiver = (fields: Partial<ObjectWaiver>): ObjectWaiver => ({
  ruleId: 'warned',
  reason: 'the pod is a test',
  matches: ({ name }) => name === 'pod-0',
  ...fields,
});
const report = (...waivers: ObjectWaiver[]) =>
  reportFor({ 'a.yaml': pods(2) }, { rules: [ruleFor('warned', 'warning')], waivers, today: '2026-06-30' });

test('waives the findings of the objects that match', () => {
  const { findings, unusedWaivers } = report(waiver({}));
  expect(findings.map(({ reason }) => reason)).toEqual(['the pod is a test', undefined]);
  expect(unusedWaivers).toEqual([]);
});

test('reports a waiver that matches no finding', () => {
  expect(report(waiver({ matches: () => false })).unusedWaivers).toMatchObject([{ ruleId: 'warned' }]);
});

test('applies until the end of the day on which it expires', () => {
  expect(report(waiver({ expires: '2026-06-30' })).findings[0].reason).toBe('the pod is a test');
  const { findings, invalidWaivers, unusedWaivers } = report(waiver({ expires: '2026-06-29' }));
  expect(findings.map(({ reason }) => reason)).toEqual([undefined, undefined]);
  expect(unusedWaivers).toEqual([]);
  expect(invalidWaivers).toMatchObject([
    {
      message: "The waiver of 'warned' expired on 2026-06-29. Fix the finding, or set 'expires' to a later day.",
    },
  ]);
});

describe('waivers of annotations', () => {
  const annotated = (metadata: string, annotation = '') =>
    `apiVersion: v1\nkind: Pod\nmetadata: {${metadata}${annotation && `, annotations: {${annotation}}`}}\n` +
    'spec: {volumes: [{name: a, emptyDir: {}}]}\n';
  const WAIVER = 'waiver.cdk8s-storage-patterns/warned: the pod is a test';
  const reasons = (...documents: string[]) =>
    reportFor({ 'a.yaml': documents.join('---\n') }, { rules: [ruleFor('warned', 'warning')] }).findings.map(
      ({ reason }) => reason,
    );

  test.each([
    ['generateName: a-', 'generateName: a-'],
    ['generateName: a-, namespace: b', 'generateName: a-, namespace: b'],
    ['generateName: a-', 'generateName: b-'],
    ['name: ""', 'name: ""'],
    ['labels: {a: b}', 'generateName: a-'],
    ['name: a, namespace: "b/c"', 'name: a, namespace: "b"'],
    ['name: "b\\nc", namespace: a', 'name: "c", namespace: "a\\nb"'],
  ])('apply to the object {%s} and not to {%s}', (metadata, second) => {
    expect(reasons(annotated(metadata, WAIVER), annotated(second))).toEqual(['the pod is a test', undefined]);
  });

  test('apply to objects of the same name, which are revisions of one object', () => {
    expect(reasons(annotated('name: a', WAIVER), annotated('name: a'))).toEqual([
      'the pod is a test',
      'the pod is a test',
    ]);
  });
});
