import { create } from 'xmlbuilder';
import { describePlace, placeOf, remedyOf, Report } from './report';
import { describeObject, ManifestObject } from '../../inspect/manifest';
import type { Finding } from '../run';

/**
 * Formats a report as JUnit XML, which GitLab, Jenkins and others show as a test report. Each file is a suite. Each
 * object has a case for each rule that it violates, or one passed case.
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
      name,
      tests: cases.length,
      failures: number('failure'),
      errors: number('error'),
      skipped: number('skipped'),
    });
    for (const testCase of cases) {
      const element = suite.ele('testcase', { name: testCase.name, classname: name, file: name });
      if (testCase.outcome !== 'passed') {
        element.ele(
          testCase.outcome,
          { message: testCase.message, ...(testCase.type && { type: testCase.type }) },
          testCase.text,
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
  readonly text?: string;
}

function suites(report: Report): Map<string, TestCase[]> {
  const all = new Map<string, TestCase[]>();
  const add = (suite: string, testCase: TestCase) => all.get(suite)?.push(testCase) ?? all.set(suite, [testCase]);
  report.problems.forEach(problem =>
    add(problem.file, {
      name: `document at ${problem.line}:${problem.column}`,
      outcome: 'error',
      message: problem.message,
      text: `${describePlace(problem)} ${problem.message}`,
    }),
  );
  for (const [object, byRule] of groupFindings(report)) {
    const suite = object.source.file ?? object.source.constructPath ?? '';
    if (byRule.size === 0) {
      add(suite, { name: describeObject(object), outcome: 'passed' });
    }
    byRule.forEach(findings => add(suite, toCase(findings)));
  }
  return all;
}

/** The findings of each object, by rule. */
function groupFindings({ objects, findings }: Report): Map<ManifestObject, Map<string, Finding[]>> {
  const groups = new Map(objects.map(object => [object, new Map<string, Finding[]>()]));
  for (const finding of findings) {
    const byRule = groups.get(finding.object)!;
    byRule.set(finding.rule.id, [...(byRule.get(finding.rule.id) ?? []), finding]);
  }
  return groups;
}

/** Converts the findings of one rule in one object to a case. */
function toCase(findings: readonly Finding[]): TestCase {
  const [{ object, rule, reason }] = findings;
  const name = `${describeObject(object)}: ${rule.id}`;
  return reason !== undefined
    ? { name, outcome: 'skipped', message: reason }
    : {
        name,
        outcome: 'failure',
        type: rule.severity,
        message: findings.map(({ message }) => message).join(' '),
        text: [
          ...findings.map(finding => `${describePlace(placeOf(finding), object)} ${finding.message}`),
          `Fix: ${remedyOf(findings[0])}`,
          ...(rule.documentationUrl ? [rule.documentationUrl] : []),
        ].join('\n'),
      };
}
