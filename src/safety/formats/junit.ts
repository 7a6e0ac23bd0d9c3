import { create } from 'xmlbuilder';
import { describePlace, placeOf, remedyOf, Report, worstFirst } from './report';
import { groupBy } from '../../checks/groups';
import { visible, visibleLine } from '../../checks/visible';
import { describeObject, ManifestObject } from '../../inspect/manifest';
import type { Rule } from '../rule';
import type { Finding } from '../run';

/**
 * The largest number of passed cases. GitLab accepts reports of 30 MB and 250,000 XML nodes.
 *
 * @see https://docs.gitlab.com/ci/testing/unit_test_reports/
 * @see https://gitlab.com/gitlab-org/gitlab/-/issues/507482
 */
const MAX_PASSED = 20_000;

/**
 * Formats a report as JUnit XML, which GitLab, Jenkins and others show as a test report. Each file is a suite. Each
 * object has a case for each rule that it violates. Objects that create pods have a passed case for each rule of pods
 * that they follow, and other objects without findings have one passed case.
 *
 * @see https://docs.gitlab.com/ci/testing/unit_test_reports/
 */
export function toJunit(report: Report): string {
  const root = create('testsuites', { encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' }).att(
    'name',
    'cdk8s-storage-patterns',
  );
  for (const [name, cases] of suites(report)) {
    const number = (outcome: Outcome) => cases.filter(testCase => testCase.outcome === outcome).length;
    const suite = root.ele('testsuite', {
      name: visible(name),
      tests: cases.length,
      failures: number('failure'),
      errors: number('error'),
      skipped: number('skipped'),
    });
    for (const testCase of cases) {
      const element = suite.ele('testcase', {
        name: visible(testCase.name),
        classname: visible(name),
        file: visible(name),
      });
      if (testCase.outcome !== 'passed') {
        element.ele(
          testCase.outcome,
          { message: testCase.message && visible(testCase.message), ...(testCase.type && { type: testCase.type }) },
          testCase.lines?.map(visibleLine).join('\n'),
        );
      }
    }
  }
  return `${root.end({ pretty: true })}\n`;
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  readonly name: string;
  readonly outcome: Outcome;
  readonly message?: string;
  readonly type?: string;
  readonly lines?: readonly string[];
}

function suites(report: Report): Map<string, TestCase[]> {
  const all = new Map<string, TestCase[]>();
  const add = (suite: string, testCase: TestCase) => all.get(suite)?.push(testCase) ?? all.set(suite, [testCase]);
  report.problems.forEach(problem =>
    add(problem.file, {
      name: `document at ${problem.line}:${problem.column}`,
      outcome: 'error',
      message: problem.message,
      lines: [`${describePlace(problem)} ${problem.message}`],
    }),
  );
  const findings = groupBy(report.findings, ({ object }) => object);
  const passed = passedRules(report);
  for (const object of report.objects) {
    const suite = object.source.file ?? object.source.constructPath ?? '';
    const byRule = groupBy(findings.get(object) ?? [], ({ rule }) => rule);
    const rules = (passed.get(object) ?? []).filter(rule => !byRule.has(rule));
    byRule.forEach(violations => add(suite, toCase(violations)));
    rules.forEach(rule => add(suite, { name: nameOf(object, rule), outcome: 'passed' }));
    if (byRule.size === 0 && rules.length === 0) {
      add(suite, { name: describeObject(object), outcome: 'passed' });
    }
  }
  return all;
}

/**
 * Returns the rules of pods that each object can follow. It returns none if the cases would exceed the size of a report
 * that GitLab accepts.
 */
function passedRules({ rules, podObjects }: Report): ReadonlyMap<ManifestObject, readonly Rule[]> {
  const ofPods = rules.filter(rule => rule.ofPods || rule.ofPod);
  return new Map(podObjects.length * ofPods.length > MAX_PASSED ? [] : podObjects.map(object => [object, ofPods]));
}

function nameOf(object: ManifestObject, rule: Rule): string {
  return `${describeObject(object)}: ${rule.id}`;
}

/** Converts the findings of one rule in one object to a case. */
function toCase(findings: readonly Finding[]): TestCase {
  const open = findings.filter(({ reason, isKnown }) => reason === undefined && !isKnown);
  const [{ object, rule, reason }] = findings;
  const name = nameOf(object, rule);
  return open.length === 0
    ? { name, outcome: 'skipped', message: reason ?? 'The baseline contains the finding.' }
    : {
        name,
        outcome: 'failure',
        type: worstFirst(open)[0].severity,
        message: open.map(({ message }) => message).join(' '),
        lines: [
          ...open.map(finding => `${describePlace(placeOf(finding), object)} ${finding.message}`),
          `Fix: ${remedyOf(findings[0])}`,
          ...(rule.documentationUrl ? [rule.documentationUrl] : []),
        ],
      };
}
