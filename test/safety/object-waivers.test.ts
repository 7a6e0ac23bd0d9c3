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
