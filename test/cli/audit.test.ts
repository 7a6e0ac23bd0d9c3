import { CLEAN, FAULTY, ONE_RULE, run } from './run';

const audit = (args: readonly string[], options?: Parameters<typeof run>[1]) =>
  run(['audit', ...ONE_RULE, ...args], options);

test('exits with 0 without findings', () => {
  expect(audit(['a.yaml'], { files: { 'a.yaml': CLEAN } })).toEqual({
    status: 0,
    stdout: 'No findings in 1 object\n',
    stderr: '',
  });
});

test('exits with 1 for a finding, and prints file, line and fix', () => {
  const { status, stdout } = audit(['a.yaml'], { files: { 'a.yaml': FAULTY } });
  expect(stdout).toMatch(
    /^a\.yaml:8:7 warning empty-dir-size-limit Pod web: .*'cache'.*\n    Fix: .*'emptyDir\.sizeLimit'.*\n/i,
  );
  expect(status).toBe(1);
});

test('reads standard input', () => {
  expect(audit(['-'], { stdin: FAULTY })).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('stdin:8:7 warning'),
  });
});

test('reads directories with their subdirectories, and each file once', () => {
  const files = {
    'k8s/a.yaml': CLEAN,
    'k8s/deep/er/b.yml': FAULTY,
    'k8s/c.json': '{"apiVersion":"v1","kind":"List","items":[]}',
    'k8s/node_modules/x/d.yaml': FAULTY,
    'k8s/README.md': 'a: [',
  };
  const { status, stdout } = audit(['k8s', 'k8s/deep/er/b.yml'], { files });
  expect(stdout.match(/warning empty-dir/g)).toHaveLength(1);
  expect(stdout).toContain('in 2 objects');
  expect(status).toBe(1);
});

test('skips files of a directory that are not manifests, unless an argument names them', () => {
  const files = { 'chart/a.yaml': CLEAN, 'chart/values.yaml': 'replicas: 3\n' };
  expect(audit(['chart'], { files })).toMatchObject({ status: 0 });
  expect(audit(['chart/values.yaml', 'chart/a.yaml'], { files })).toMatchObject({
    status: 2,
    stdout: expect.stringContaining('chart/values.yaml:1:1 unreadable: The document is not a Kubernetes object'),
  });
});

test('audits the readable documents, with an exit status that shows both', () => {
  const { status, stdout } = audit(['a.yaml'], { files: { 'a.yaml': `${CLEAN}---\na: [\n---\n${FAULTY}` } });
  expect(status).toBe(3);
  expect(stdout).toMatch(/^a\.yaml:12:1 unreadable: /);
  expect(stdout).toContain('a.yaml:20:7 warning empty-dir-size-limit');
});

test.each([
  ['a file that is missing', ['gone.yaml'], /gone\.yaml:1:1 unreadable: No such file or directory\./],
  ['empty input', ['-'], /stdin:1:1 unreadable: The input contains no Kubernetes object\./],
])('exits with 2 for %s', (_, args, message) => {
  expect(audit(args)).toMatchObject({ status: 2, stdout: expect.stringMatching(message) });
});

test.each([
  ['no file', [], /missing required argument 'paths'/],
  [
    'an unknown rule',
    ['--rule', 'empty-dir-limit', 'a.yaml'],
    /error: Unknown rule 'empty-dir-limit'\. Did you mean 'empty-dir-size-limit'\?/,
  ],
  [
    'a waiver of an unknown rule',
    ['--waive', 'size-limit=the node is ours', 'a.yaml'],
    /error: Unknown rule 'size-limit'\. Did you mean 'empty-dir-size-limit'\?/,
  ],
  [
    'a waiver without a reason',
    ['--waive', 'empty-dir-size-limit=because', 'a.yaml'],
    /error: .*'because'.* at least three words/,
  ],
])('exits with 2 for %s, and says what to do', (_, args, message) => {
  expect(audit(args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
});

test('waives a finding, and reports a waiver that matches none', () => {
  const waive = ['--waive', 'empty-dir-size-limit=the node is ours', 'a.yaml'];
  expect(audit(waive, { files: { 'a.yaml': FAULTY } })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Reason of the waiver: the node is ours'),
  });
  expect(audit(waive, { files: { 'a.yaml': CLEAN } })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(
      "unused waiver: The waiver of 'empty-dir-size-limit' matches no finding. Remove it.",
    ),
  });
});

describe('--load-rules', () => {
  const rule = (check: string) => `module.exports = [{
    definition: { id: 'acme-name', summary: 'Names begin with acme.', rationale: 'Others collide.', severity: 'error',
      yamlFix: 'Rename the object.' },
    check: resources => ${check},
  }];`;
  const check =
    "resources.map(resource => ({ resource, jsonPointer: '/metadata/name', message: 'The name is wrong.' }))";
  const load = (rules: string, ...args: string[]) =>
    run(['audit', '--load-rules', 'rules.js', '--rule', 'acme-name', 'a.yaml', ...args], {
      files: { 'rules.js': rules, 'a.yaml': FAULTY },
    });

  test('reports findings of the rules with their places', () => {
    expect(load(rule(check))).toEqual({
      status: 1,
      stdout: `a.yaml:4:3 error acme-name Pod web: The name is wrong.
    Fix: Rename the object.

acme-name: Names begin with acme. Others collide.

1 error in 1 object
`,
      stderr: '',
    });
  });

  test('accepts waivers of the rules', () => {
    expect(load(rule(check), '--waive', 'acme-name=a demo without a name')).toMatchObject({ status: 0 });
  });

  test.each(['json', 'markdown', 'sarif', 'junit', 'github'])('writes findings of the rules as %s', format => {
    const { status, stdout } = load(rule(check), '--format', format);
    expect(stdout).toContain('The name is wrong.');
    expect(stdout).not.toMatch(/undefined|null/);
    expect(status).toBe(1);
  });

  test('adds to the built-in rules', () => {
    const { stdout } = run(['audit', '--load-rules', 'rules.js', 'a.yaml'], {
      files: { 'rules.js': rule(check), 'a.yaml': FAULTY },
    });
    expect(stdout).toMatch(
      /error acme-name [^]*warning empty-dir-size-limit |warning empty-dir-size-limit [^]*error acme-name /,
    );
  });

  test.each([
    ['cannot be loaded', 'module.exports = [', /^error: 'rules\.js' cannot be loaded: /],
    [
      'contain an invalid rule',
      'module.exports = [{}]',
      /^error: 'rules\.js': A rule has no 'definition' with an 'id'/,
    ],
    [
      'throw',
      rule('resources[1].kind'),
      /^error: Rule 'acme-name' failed: Cannot read properties of undefined \(reading 'kind'\)\. Fix its 'check'\.$/m,
    ],
  ])('exits with 2 if the rules %s', (_, rules, message) => {
    expect(load(rules)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});
