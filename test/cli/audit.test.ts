import { CLEAN, FAULTY, ONE_RULE, run } from './run';

const audit = (args: readonly string[], options?: Parameters<typeof run>[1]) =>
  run(['audit', ...ONE_RULE, ...args], options);

test('exits with 0 when nothing is found', () => {
  expect(audit(['a.yaml'], { files: { 'a.yaml': CLEAN } })).toEqual({
    status: 0,
    stdout: 'nothing found in 1 object\n',
    stderr: '',
  });
});

test('exits with 1 and names file, line and remedy when something is found', () => {
  const { status, stdout } = audit(['a.yaml'], { files: { 'a.yaml': FAULTY } });
  expect(stdout).toMatch(
    /^a\.yaml:8:7 error empty-dir-size-limit Pod web: the emptyDir 'cache' has no size limit\n    fix set 'emptyDir\.sizeLimit'\n/,
  );
  expect(status).toBe(1);
});

test('reads standard input', () => {
  expect(audit(['-'], { stdin: FAULTY })).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('stdin:8:7 error'),
  });
});

test('reads directories with all below them, and each file once', () => {
  const files = {
    'k8s/a.yaml': CLEAN,
    'k8s/deep/er/b.yml': FAULTY,
    'k8s/c.json': '{"apiVersion":"v1","kind":"List","items":[]}',
    'k8s/node_modules/x/d.yaml': FAULTY,
    'k8s/README.md': 'a: [',
  };
  const { status, stdout } = audit(['k8s', 'k8s/deep/er/b.yml'], { files });
  expect(stdout.match(/error empty-dir/g)).toHaveLength(1);
  expect(stdout).toContain('in 2 objects');
  expect(status).toBe(1);
});

test('passes over files of a directory that are no manifests, but not when they are named', () => {
  const files = { 'chart/a.yaml': CLEAN, 'chart/values.yaml': 'replicas: 3\n' };
  expect(audit(['chart'], { files })).toMatchObject({ status: 0 });
  expect(audit(['chart/values.yaml', 'chart/a.yaml'], { files })).toMatchObject({
    status: 2,
    stdout: expect.stringContaining('chart/values.yaml:1:1 unreadable it is no object of Kubernetes'),
  });
});

test('exits with 2 for a document that cannot be read, and audits the others', () => {
  const { status, stdout } = audit(['a.yaml'], { files: { 'a.yaml': `${CLEAN}---\na: [\n---\n${FAULTY}` } });
  expect(status).toBe(2);
  expect(stdout).toMatch(/^a\.yaml:12:1 unreadable /);
  expect(stdout).toContain('a.yaml:20:7 error empty-dir-size-limit');
});

test.each([
  ['a file that is missing', ['gone.yaml'], /gone\.yaml:1:1 unreadable there is no such file/],
  ['nothing to read', ['-'], /stdin:1:1 unreadable there is no object of Kubernetes in it/],
])('exits with 2 for %s', (_, args, message) => {
  expect(audit(args)).toMatchObject({ status: 2, stdout: expect.stringMatching(message) });
});

test.each([
  ['no file at all', [], /missing required argument 'paths'/],
  [
    'an unknown rule',
    ['--rule', 'empty-dir-limit', 'a.yaml'],
    /there is no rule 'empty-dir-limit'\. did you mean 'empty-dir-size-limit'\?/,
  ],
  [
    'a waiver of an unknown rule',
    ['--waive', 'size-limit=the node is ours', 'a.yaml'],
    /there is no rule 'size-limit'\. did you mean 'empty-dir-size-limit'\?/,
  ],
  [
    'a waiver without a reason',
    ['--waive', 'empty-dir-size-limit=because', 'a.yaml'],
    /gives the reason 'because'\. say why in at least three words/,
  ],
])('exits with 2 for %s, and says what to do', (_, args, message) => {
  expect(audit(args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
});

test('a waiver leaves a finding out, and is stale when there is none', () => {
  const waive = ['--waive', 'empty-dir-size-limit=the node is ours', 'a.yaml'];
  expect(audit(waive, { files: { 'a.yaml': FAULTY } })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('has no size limit. reason: the node is ours'),
  });
  expect(audit(waive, { files: { 'a.yaml': CLEAN } })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("waiver stale 'empty-dir-size-limit'"),
  });
});
