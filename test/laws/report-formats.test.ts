import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FAULTY, ONE_RULE, run } from '../cli/run';

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
// the schema of OASIS, as Microsoft publishes it
const SARIF_SCHEMA = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
);

const annotated = (name: string, reason: string, limit = '{}') =>
  FAULTY.replace(
    'name: web',
    `name: ${name}\n  namespace: shop\n  annotations:\n    waiver.cdk8s-storage-patterns/empty-dir-size-limit: ` +
      `${reason}`,
  ).replace('{}', limit);

// everything that a report can contain; each format must escape the name of the last object
const FILES = {
  'k8s/web.yaml': FAULTY,
  'k8s/a b/shop.yaml': [
    annotated('waived', 'the pod has its own nodes'),
    annotated('invalid', 'because'),
    annotated('unused', 'the pod has its own nodes', '{sizeLimit: 1Gi}'),
    'a: [1\n',
    FAULTY.replace('name: web', String.raw`name: "a|b<c>&*d*\e[31m\n::error::\"']]>"`),
  ].join('---\n'),
};

function audit(format: string, ...args: string[]): string {
  return run(['audit', 'k8s', '--format', format, ...ONE_RULE, ...args], { files: FILES }).stdout.replaceAll(
    `"${version}"`,
    '"<version>"',
  );
}

test.each(['text', 'json', 'markdown', 'sarif', 'junit', 'github'])('writes all parts of a report as %s', format => {
  expect(audit(format)).toMatchSnapshot();
});

test('SARIF is valid, and the fingerprint of a finding does not change with its line', () => {
  const validate = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })).compile(SARIF_SCHEMA);
  const log = JSON.parse(audit('sarif', '--waive', 'empty-dir-size-limit=a test cluster only'));
  expect(validate(log) || validate.errors).toBe(true);
  expect(validate({ ...log, runs: [{}] })).toBe(false);

  const fingerprint = (yaml: string) => {
    const {
      runs: [
        {
          results: [result],
        },
      ],
    } = JSON.parse(run(['audit', '-', '--format', 'sarif', ...ONE_RULE], { stdin: yaml }).stdout);
    return {
      line: result.locations[0].physicalLocation.region.startLine,
      print: result.partialFingerprints['objectAndRule/v1'],
    };
  };
  const [first, moved, other] = [FAULTY, `# moved\n${FAULTY}`, FAULTY.replace('name: web', 'name: other')].map(
    fingerprint,
  );
  expect(moved).toEqual({ line: first.line + 1, print: first.print });
  expect(other.print).not.toBe(first.print);
});

test('SARIF names files relative to the working directory, and as URIs', () => {
  const {
    runs: [{ results }],
  } = JSON.parse(audit('sarif'));
  const artifacts = results.map((result: any) => result.locations[0].physicalLocation.artifactLocation);
  expect(artifacts[0]).toEqual({ uri: 'k8s/a%20b/shop.yaml', uriBaseId: '%SRCROOT%' });
});

test('JUnit counts the cases, which have distinct names', () => {
  const xml = audit('junit');
  expect(XMLValidator.validate(xml)).toBe(true);
  const list = ['testsuites.testsuite', 'testsuites.testsuite.testcase'];
  const {
    testsuites: { testsuite },
  } = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (_, path) => list.includes(path as string),
  }).parse(xml);
  for (const suite of testsuite) {
    const outcomes = (outcome: string) => String(suite.testcase.filter((testCase: any) => outcome in testCase).length);
    expect(suite).toMatchObject({
      tests: String(suite.testcase.length),
      failures: outcomes('failure'),
      errors: outcomes('error'),
      skipped: outcomes('skipped'),
    });
    expect(new Set(suite.testcase.map((testCase: any) => testCase.name)).size).toBe(suite.testcase.length);
  }
  expect(
    testsuite
      .flatMap((suite: any) => suite.testcase)
      .map(
        (testCase: any) => Object.keys(testCase).find(key => ['failure', 'error', 'skipped'].includes(key)) ?? 'passed',
      )
      .sort(),
  ).toEqual(['error', 'failure', 'failure', 'failure', 'passed', 'skipped']);
});

test('a report in a file leaves the summary and the unreadable documents on the terminal', () => {
  const { stdout, stderr } = run(['audit', 'k8s', '--format', 'sarif', '--output', 'audit.sarif', ...ONE_RULE], {
    files: FILES,
  });
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /shop\.yaml:\d+:1 unreadable: .*\n3 warnings in 5 objects, 1 finding waived, 1 document unreadable\n$/,
  );
});

test('uses colors on terminals only', () => {
  expect(audit('text')).not.toMatch(/\u001b/);
});
