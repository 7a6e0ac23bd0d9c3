import { create } from 'xmlbuilder';
import { describePlace, placeOf, remedyOf, Report } from './report';
import { describeObject, ManifestObject } from '../../inspect/manifest';
import type { Finding } from '../run';

/**
 * JUnit XML, as test reports of GitLab, Jenkins and others take it: a suite a file, and a case for each object and rule
 * that found something in it, or one for an object without findings.
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
  const findings = new Map<ManifestObject, Map<string, Finding[]>>(report.objects.map(object => [object, new Map()]));
  for (const finding of report.findings) {
    const byRule = findings.get(finding.object)!;
    const alike = byRule.get(finding.rule.id);
    alike ? alike.push(finding) : byRule.set(finding.rule.id, [finding]);
  }
  for (const [object, byRule] of findings) {
    const suite = object.source.file ?? object.source.constructPath ?? '';
    if (byRule.size === 0) {
      add(suite, { name: describeObject(object), outcome: 'passed' });
    }
    byRule.forEach(alike => add(suite, toCase(alike)));
  }
  return all;
}

/** What one rule found in one object. */
function toCase(findings: readonly Finding[]): TestCase {
  const [{ object, rule, reason }] = findings;
  const name = `${describeObject(object)}: ${rule.id}`;
  return reason !== undefined
    ? { name, outcome: 'skipped', message: reason }
    : {
        name,
        outcome: 'failure',
        type: rule.severity,
        message: findings.map(({ message }) => message).join('; '),
        text: [
          ...findings.map(finding => `${describePlace(placeOf(finding), object)} ${finding.message}`),
          `fix: ${remedyOf(findings[0])}`,
          rule.documentationUrl,
        ].join('\n'),
      };
}
