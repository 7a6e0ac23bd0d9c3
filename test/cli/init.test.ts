import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from './run';

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
const newDirectory = (name: string) => join(mkdtempSync(join(tmpdir(), 'init-')), name);

test.each(['typescript', 'python', 'java', 'go'])(
  'creates an app in %s without placeholders, and prints the next steps',
  language => {
    const app = newDirectory('shop');
    const { status, stdout } = run(['init', app, '--language', language]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Created shop\. Next steps:\n\n {2}cd .*shop\n(?: {2}.*\n)+ {2}kubectl apply -f dist\/\n$/);
    const files = readdirSync(app, { recursive: true, withFileTypes: true }).filter(file => file.isFile());
    const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['.gitignore', 'index.html']));
    expect(texts.join()).not.toMatch(/\{\{|undefined/);
    expect(texts.join()).toContain('shop works');
    expect(texts.join()).toContain(version);
  },
);

test('imports no class in Python that pytest would collect by its name', () => {
  const app = newDirectory('shop');
  run(['init', app, '--language', 'python']);
  const programs = readdirSync(app).filter(name => name.endsWith('.py'));
  expect(programs).toContain('test_chart.py');
  // pytest collects classes of the module whose names start with 'Test', and cdk8s has a class 'Testing'
  programs.forEach(name => expect(readFileSync(join(app, name), 'utf8')).not.toMatch(/^from .* import .*\bTest/m));
});

test.each([
  ['typescript', /npm install \S+\/dist\/js\/\*\.tgz/],
  ['python', /pip install \S+\/dist\/python\/\*\.whl/],
  ['java', /cp -R \S+\/dist\/java\/\. ~\/\.m2\/repository/],
  ['go', /go mod edit -replace \S+=\S+\/dist\/go\/cdk8sstoragepatterns && go mod tidy/],
])('installs the package of the clone in %s, because no registry has it', (language, command) => {
  expect(run(['init', newDirectory('shop'), '--language', language]).stdout).toMatch(command);
});

test('refuses a directory that is not empty', () => {
  const app = newDirectory('shop');
  run(['init', app]);
  expect(run(['init', app, '--language', 'go'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(`error: Directory '${app}' is not empty. Specify a new directory.`),
  });
  expect(readdirSync(app)).not.toContain('go.mod');
});

test.each(['Shop', '1shop', 'shop-', 'my shop'])(
  'refuses the name %p, which is invalid for Kubernetes objects',
  name => {
    expect(run(['init', newDirectory(name)])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        `error: Invalid app name '${name}'. Name the directory with lowercase letters, digits and hyphens.`,
      ),
    });
  },
);

test('refuses an unknown language, and lists the known ones', () => {
  expect(run(['init', newDirectory('shop'), '--language', 'rust'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('typescript, python, java, go'),
  });
});

describe('a path that cannot become a directory', () => {
  const parent = mkdtempSync(join(tmpdir(), 'init-'));
  writeFileSync(join(parent, 'file'), '');
  symlinkSync('nowhere', join(parent, 'link'));
  symlinkSync('loop', join(parent, 'loop'));

  test.each([
    ['an empty path', '', /^error: Invalid app name ''\./],
    ['a file', join(parent, 'file'), /^error: '.*' is not a directory\. Specify a new directory\./],
    ['a dangling link', join(parent, 'link'), /^error: Directory '.*' cannot be created: ENOENT/],
    ['a link to itself', join(parent, 'loop'), /^error: Directory '.*' cannot be created: ELOOP/],
    ['a path in a file', join(parent, 'file', 'shop'), /^error: Directory '.*' cannot be created: ENOTDIR/],
    ['a path in /proc', '/proc/shop', /^error: Directory '.*' cannot be created: /],
    ['a path in a missing directory of /proc', '/proc/acme/shop', /^error: Directory '.*' cannot be created: /],
  ])('is refused: %s', (_, path, message) => {
    const { status, stdout, stderr } = run(['init', path]);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(stderr).not.toContain('    at ');
    expect(readdirSync(parent).sort()).toEqual(['file', 'link', 'loop']);
  });
});

test('fills an empty directory, and leaves no temporary files', () => {
  const app = newDirectory('shop');
  mkdirSync(app);
  expect(run(['init', app]).status).toBe(0);
  expect(readdirSync(app)).toContain('package.json');
  expect([...readdirSync(app), ...readdirSync(join(app, '..'))].filter(name => name.startsWith('.shop'))).toEqual([]);
});
