import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { problemsOf } from './workflow-checks';
import { ACTIONS, commentVersions, newestPin } from '../../projenrc/actions';

const ROOT = join(__dirname, '..', '..');
const DIRECTORY = join(ROOT, '.github', 'workflows');

const WORKFLOWS = readdirSync(DIRECTORY).map(name => [name, readFileSync(join(DIRECTORY, name), 'utf8')] as const);

test.each(WORKFLOWS)('%s follows the checks', (_, content) => {
  expect(problemsOf(content)).toEqual([]);
});

test('the workflows use each pinned action, with its hash and version', () => {
  const used = new Set(
    WORKFLOWS.flatMap(([, content]) => [...content.matchAll(/uses: (.*)$/gm)].map(([, reference]) => reference)),
  );
  const pinned = Object.entries(ACTIONS).map(([name, { hash, version }]) => `${name}@${hash} # ${version}`);
  expect([...used].sort()).toEqual(pinned.sort());
});

test('the release publishes to npm without a token, and attests each package that a registry accepts', () => {
  const [, release] = WORKFLOWS.find(([name]) => name === 'release.yml')!;
  expect(release).toContain('NPM_TRUSTED_PUBLISHER: "true"');
  expect(release).toContain('PYPI_TRUSTED_PUBLISHER: "true"');
  expect(release).not.toContain('NPM_TOKEN');
  expect([...release.matchAll(/subject-path: (.*)/g)].map(([, path]) => path)).toEqual([
    'dist/js/*.tgz',
    'dist/js/*.tgz',
    'dist/java/**/*.jar',
    'dist/python/*',
  ]);
  expect(release).toContain('sbom-path: dist.old/sbom.cdx.json');
});

const workflow = (job: string, head = 'on: push\npermissions: { contents: read }') => `${head}\njobs:\n  a:\n${job}`;
const step = (text: string) => workflow(`    steps:\n      - ${text}`);
const HASH = '3d3c42e5aac5ba805825da76410c181273ba90b1';

test.each([
  ['an action by tag', step('uses: actions/checkout@v7'), "does not pin 'actions/checkout@v7'"],
  ['an action without its version', step(`uses: actions/checkout@${HASH}`), `does not pin 'actions/checkout@${HASH}'`],
  ['an action of a branch', step('uses: acme/deploy@main # v1.0.0'), "does not pin 'acme/deploy@main # v1.0.0'"],
  ['no permissions', workflow('    steps: []', 'on: push'), 'does not restrict the token at the top level'],
  [
    'all permissions',
    workflow('    steps: []', 'on: push\npermissions: write-all'),
    'does not restrict the token at the top level',
  ],
  ['a job that writes', workflow('    permissions: { contents: write }'), 'a: can write contents'],
  ['a job with all permissions', workflow('    permissions: write-all'), "a: has the permissions 'write-all'"],
  [
    'a dangerous event',
    workflow('    steps: []', 'on: pull_request_target\npermissions: {}'),
    'starts on pull_request_target',
  ],
  [
    'one of several events',
    workflow('    steps: []', 'on: { push: {}, workflow_run: {} }\npermissions: {}'),
    'starts on workflow_run',
  ],
  [
    'the title of a pull request in a command',
    step('run: echo "${{ github.event.pull_request.title }}"'),
    `a: interpolates input into 'echo "\${{ github.event.pull_request.title }}"'`,
  ],
  [
    'a branch name in a command',
    step('run: git push ${{github.head_ref}}'),
    "a: interpolates input into 'git push ${{github.head_ref}}'",
  ],
  ['the latest tool', step('run: npx -p publib@latest publib-npm'), 'a: runs the latest version of a program'],
  ['npm install', step('run: npm install'), "a: runs 'npm install' in place of 'npm ci'"],
  [
    'a program without a version',
    step('run: npx --yes some-tool'),
    'a: runs a program of the registry without a version',
  ],
  ['a downloaded script', step('run: curl -fsSL https://example.com/i | bash'), 'a: runs a downloaded script'],
  ['a Python package', step('run: pip install build'), 'a: installs a Python package without a version'],
  ['a secret', step('run: x\n        env: { T: "${{ secrets.NPM_TOKEN }}" }'), 'a: uses the secret NPM_TOKEN'],
  ['an image', workflow('    container: node:24'), 'a: runs the image "node:24" without a digest'],
])('finds %s', (_, content, problem) => {
  expect(problemsOf(content)).toEqual([problem]);
});

test('refuses to write a workflow with an action that is not pinned', () => {
  expect(() => commentVersions('      - uses: acme/deploy@v1\n')).toThrow("'acme/deploy@v1' is not pinned.");
  expect(() => commentVersions(`uses: actions/checkout@${'0'.repeat(40)}\n`)).toThrow('is not pinned');
  const { hash, version } = ACTIONS['actions/checkout'];
  expect(commentVersions(`- uses: actions/checkout@${hash}\n`)).toBe(`- uses: actions/checkout@${hash} # ${version}\n`);
});

test('takes the newest release of an action, and the commit of an annotated tag', () => {
  const [tag, commit, older, moving] = ['1', '2', '3', '4'].map(digit => digit.repeat(40));
  const output = [
    `${older}\trefs/tags/v9.9.0`,
    `${tag}\trefs/tags/v10.0.0`,
    `${commit}\trefs/tags/v10.0.0^{}`,
    `${moving}\trefs/tags/v10`,
    `${moving}\trefs/tags/v11.0.0-beta`,
  ].join('\n');
  expect(newestPin(output)).toEqual({ version: 'v10.0.0', hash: commit });
  expect(newestPin('')).toBeUndefined();
});

test('no page tells users to run a name of the registry that is not claimed', () => {
  const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map(name => join('docs', name))].filter(name =>
    name.endsWith('.md'),
  );
  const text = pages.map(page => readFileSync(join(ROOT, page), 'utf8')).join('\n');
  expect(text).not.toMatch(/npx (?:-\S+ )*cdk8s-storage-patterns|npm (?:i|install) (?:-\S+ )*cdk8s-storage-patterns\b/);
});
