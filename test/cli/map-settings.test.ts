import { FAULTY, run } from './run';

const MOUNTED = FAULTY.replace('{name: app,', '{name: app, volumeMounts: [{name: cache, mountPath: /cache}],');
const WAIVER = `waivers:
  - rule: empty-dir-size-limit
    object: Pod web
    reason: the node pool is reserved for it
`;

interface Mapped {
  readonly workloads: readonly { readonly rows: readonly { readonly path: string; readonly findings: object[] }[] }[];
}

const map = (args: readonly string[], files: Record<string, string>) =>
  run(['map', '--format', 'json', ...args, '.'], { files: { 'k8s/a.yaml': MOUNTED, ...files } });

/** Returns the findings of the emptyDir; `undefined` if the map does not contain it. */
function findingsOf(args: readonly string[], files: Record<string, string>) {
  const { workloads } = JSON.parse(map(args, files).stdout) as Mapped;
  return workloads.flatMap(({ rows }) => rows).find(({ path }) => path === '/cache')?.findings;
}

test.each<[string, string, object[]]>([
  ['keeps the findings of', 'severity: error\nprofile: storage\n', [{ severity: 'warning' }]],
  ['changes the severity by', 'rules: {empty-dir-size-limit: error}\n', [{ severity: 'error' }]],
  ['omits the findings of a rule that is off in', 'rules: {empty-dir-size-limit: off}\n', []],
  [
    'follows an override in',
    'overrides:\n  - paths: [k8s]\n    rules: {empty-dir-size-limit: info}\n',
    [{ severity: 'info' }],
  ],
  ['shows the reason of a waiver in', WAIVER, [{ waiverReason: 'the node pool is reserved for it' }]],
])('%s the configuration file %j', (_, content, expected) => {
  expect(findingsOf([], { '.storage-audit.yaml': content })).toMatchObject(expected);
  expect(findingsOf(['--no-config'], { '.storage-audit.yaml': content })).toMatchObject([{ severity: 'warning' }]);
});

test('does not read excluded files, and reads another configuration file', () => {
  const files = { 'ci/audit.yaml': 'exclude: [none]\n' };
  expect(findingsOf(['--config', 'ci/audit.yaml'], files)).toHaveLength(1);
  expect(findingsOf([], { '.storage-audit.yaml': 'exclude: [k8s]\n', 'b.yaml': MOUNTED.replace('/cache', '/b') })).toBe(
    undefined,
  );
});

test('shows the findings of rules that the configuration loads', () => {
  const rule = `module.exports = [{
    definition: { id: 'own-rule', summary: 'A is set.', rationale: 'B fails.', severity: 'warning', yamlFix: 'Set A.' },
    check: resources => resources.map(resource =>
      ({ resource, jsonPointer: '/spec/volumes/0', message: 'A is missing.' })),
  }];`;
  const files = { '.storage-audit.yaml': 'loadRules: [rules.js]\nrules: {own-rule: error}\n', 'rules.js': rule };
  expect(findingsOf([], files)).toMatchObject([
    { rule: 'own-rule', severity: 'error' },
    { rule: 'empty-dir-size-limit' },
  ]);
});

test.each([
  ['rules: {no-such-rule: off}\n', /^error: .*no-such-rule/m],
  ['excludes: [a]\n', /^error: .*Unknown key 'excludes'/m],
])('ends with an error for %j', (content, message) => {
  const { status, stdout, stderr } = map([], { '.storage-audit.yaml': content });
  expect(stderr).toMatch(message);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});
