import { execFileSync, spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CLEAN, FAULTY, ONE_RULE, PROGRAM, run } from './run';

const audit = (content: string | Buffer, file = 'a.yaml') =>
  run(['audit', ...ONE_RULE, '--', file], { files: { [file]: content } });
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

test.each([
  ['with a byte order mark', `\uFEFF${FAULTY}`],
  ['with Windows line ends', FAULTY.replaceAll('\n', '\r\n')],
  ['in UTF-16, which PowerShell writes', utf16(FAULTY)],
  ['in UTF-16 with the other byte order', utf16(FAULTY).swap16()],
  ['after a directive', `# a comment\n%YAML 1.2\n---\n${FAULTY}`],
  ['with anchors', FAULTY.replace('emptyDir: {}', 'emptyDir: &none {}\n    - name: other\n      emptyDir: *none')],
  [
    'as JSON',
    JSON.stringify(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: { volumes: [{ name: 'cache', emptyDir: {} }] },
      },
      null,
      2,
    ),
  ],
  ['with a key that is repeated', FAULTY.replace('metadata:', 'metadata: {}\nmetadata:')],
  ['with a merge key', FAULTY.replace('emptyDir: {}', '<<: {emptyDir: {}}')],
  ['as a List', `apiVersion: v1\nkind: List\nitems:\n  - ${FAULTY.trimEnd().replaceAll('\n', '\n    ')}\n`],
  [
    'among unknown kinds',
    `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: [1, {a: null}]\n---\n${FAULTY}`,
  ],
])('reads a manifest %s', (_, content) => {
  expect(audit(content)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^a\.yaml:\d+:\d+ warning empty-dir-size-limit Pod web: .*'cache'/),
  });
});

test.each([
  [
    'bytes that are not text',
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x00, 0xff, 0xfe, 0x80]),
    /a\.yaml:1:1 unreadable: The file is not UTF-8 text\./,
  ],
  [
    'UTF-8 that is cut off',
    Buffer.from(`${FAULTY}# ä`).subarray(0, -1),
    /a\.yaml:1:1 unreadable: The file is not UTF-8 text\./,
  ],
  ['an overlong UTF-8 sequence', Buffer.concat([Buffer.from(FAULTY), Buffer.from([0xc0, 0xaf])]), /unreadable: /],
  [
    'UTF-32',
    Buffer.from([...`\uFEFF${FAULTY}`].flatMap(character => [...utf16(character).subarray(2), 0, 0])),
    /unreadable: /,
  ],
  ['UTF-16 with half of a character', utf16(`${FAULTY}# \ud800`), /unreadable: /],
  ['a NUL character', `${FAULTY}# \0\n`, /unreadable: /],
  ['an empty file', '', /a\.yaml:1:1 unreadable: The input contains no Kubernetes object\./],
  ['comments only', '# nothing\n---\n# here\n', /a\.yaml:1:1 unreadable: The input contains no Kubernetes object\./],
  [
    'lists nested a hundred thousand deep',
    '['.repeat(100_000),
    /a\.yaml:1:\d+ unreadable: The document is nested too deeply\./,
  ],
  [
    'maps nested ten thousand deep',
    Array.from({ length: 10_000 }, (_, i) => `${' '.repeat(i % 1000)}a:`).join('\n'),
    /a\.yaml:\d+:\d+ unreadable: /,
  ],
  ['an unresolved alias', 'apiVersion: *v\nkind: Pod\n', /a\.yaml:1:\d+ unreadable: Unidentified alias 'v'\./],
  [
    'a template with an unrendered name',
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n',
    /a\.yaml:1:1 unreadable: 'metadata\.name' is not a string\. Render the template first, .*'helm template'\.$/m,
  ],
  [
    'an unrendered template',
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  {{- include "labels" . | nindent 4 }}\n',
    /a\.yaml:5:\d+ unreadable: .*\. Render the template first/,
  ],
  [
    'a tab for indentation',
    'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: a\n',
    /a\.yaml:4:1 unreadable: Tabs are not allowed/,
  ],
  [
    'a list of scalars',
    '- 1\n- 2\n',
    /a\.yaml:1:1 unreadable: The document is not a Kubernetes object: 'apiVersion' or 'kind' is missing\./,
  ],
  [
    'a string',
    'Error: the chart could not be found',
    /a\.yaml:1:1 unreadable: The document is not a Kubernetes object: 'apiVersion' or 'kind' is missing\./,
  ],
])('reports the place and the problem of %s', (_, content, message) => {
  const { status, stdout, stderr } = audit(content);
  expect(stdout).toMatch(message);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
});

test('ignores keys of prototypes and values of unexpected types', () => {
  expect(
    audit(
      'apiVersion: v1\nkind: Pod\n__proto__: {polluted: true}\nconstructor: {}\nmetadata: {name: 1, annotations: ' +
        '[a], labels: 3}\nspec: {volumes: {a: b}, containers: [null, 1, [x]]}\n',
    ).status,
  ).toBe(0);
});

test('reads file names with spaces, backslashes and dashes', () => {
  expect(audit(FAULTY, 'C:\\my manifests\\-a.yaml').stdout).toMatch(/^C:\\my manifests\\-a\.yaml:8:7 warning/);
});

test('follows links to files, which volumes of ConfigMaps contain', () => {
  const { stdout } = run(['audit', ...ONE_RULE, 'k8s'], {
    files: { '..data/a.yaml': FAULTY },
    links: { 'k8s/a.yaml': '../..data/a.yaml', 'k8s/gone.yaml': 'nowhere', 'k8s/loop': '.' },
  });
  expect(stdout).toMatch(/^k8s\/a\.yaml:8:7 warning/);
});

test('reports a link that cannot be followed, and reads the other files of its directory', () => {
  const { status, stdout } = run(['audit', ...ONE_RULE, 'k8s'], {
    files: { 'k8s/a.yaml': FAULTY },
    links: { 'k8s/self.yaml': 'self.yaml' },
  });
  expect(stdout).toContain('k8s/self.yaml:1:1 unreadable: The link refers to itself.');
  expect(stdout).toMatch(/^k8s\/a\.yaml:8:7 warning/m);
  expect(status).not.toBe(0);
});

test('refuses devices, which can be endless', () => {
  expect(run(['audit', '/dev/zero'])).toMatchObject({
    status: 2,
    stdout: expect.stringContaining(
      '/dev/zero:1:1 unreadable: This is a device, not a file. For standard input, write -.',
    ),
  });
});

test('exits without an error if the reader closes the pipe', () => {
  const { stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${PROGRAM}" audit - | head -n 1`], {
    input: `${FAULTY}---\n`.repeat(1000),
    encoding: 'utf8',
  });
  expect(stdout.split('\n')).toHaveLength(2);
  expect(stderr).toBe('');
});

test('starts without loading cdk8s', () => {
  const { stdout } = spawnSync(
    process.execPath,
    [
      '-e',
      `require('${PROGRAM}');
    console.log(Object.keys(require.cache).filter(file => /node_modules.(cdk8s|constructs|ajv)/.test(file)).length)`,
      'rules',
    ],
    { encoding: 'utf8' },
  );
  expect(stdout).toMatch(/empty-dir-size-limit[^]*\n0\n$/);
});

test('prints no colors into a pipe, even if they are forced', () => {
  expect(run(['audit', ...ONE_RULE, '-'], { stdin: CLEAN, env: { FORCE_COLOR: '1' } }).stdout).toBe(
    'No findings in 1 object\n',
  );
});

test.each([
  ['a pipe', 'mkfifo k8s/b.yaml'],
  ['a socket', `"${process.execPath}" -e 'require("net").createServer().listen("k8s/b.yaml", () => process.exit())'`],
  ['a link to a device', 'ln -s /dev/zero k8s/b.yaml'],
  ['a link to a directory', 'ln -s . k8s/b.yaml'],
  ['a link to a link to itself', 'ln -s c.yaml k8s/b.yaml; ln -s c.yaml k8s/c.yaml'],
  ['a link through a file', 'ln -s a.yaml/x k8s/b.yaml'],
  ['a link with a long name', `ln -s ${'x'.repeat(300)} k8s/b.yaml`],
])('reads the other files of a directory with %s, and says what it left out', (_, command) => {
  const directory = mkdtempSync(join(tmpdir(), 'input-'));
  mkdirSync(join(directory, 'k8s'));
  writeFileSync(join(directory, 'k8s', 'a.yaml'), FAULTY);
  execFileSync('sh', ['-c', command], { cwd: directory });
  const { stdout } = spawnSync(process.execPath, [PROGRAM, 'audit', ...ONE_RULE, 'k8s'], {
    cwd: directory,
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(stdout).toMatch(/^k8s\/a\.yaml:8:7 warning/m);
  expect(stdout).toMatch(/^k8s\/\w\.yaml:1:1 unreadable: |^Not audited: (?:links|pipes).* \(1\)\.$/m);
});

test('refuses a pipe without waiting for a writer', () => {
  const directory = mkdtempSync(join(tmpdir(), 'input-'));
  execFileSync('mkfifo', [join(directory, 'a.yaml')]);
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, 'audit', join(directory, 'a.yaml')], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(stdout).toContain('unreadable: This is a pipe, not a file. For standard input, write -.');
  expect(status).toBe(2);
});

test('reads the files of a mounted ConfigMap once', () => {
  const { stdout } = run(['audit', ...ONE_RULE, 'config'], {
    files: { 'config/..2026_01_01/a.yaml': FAULTY },
    links: { 'config/..data': '..2026_01_01', 'config/a.yaml': '..data/a.yaml' },
  });
  expect(stdout).toMatch(/^config\/a\.yaml:8:7 warning/);
  expect(stdout).toMatch(/\n1 warning in 1 object\n$/);
});
