import { mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from './run';

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
const newDirectory = (name: string) => join(mkdtempSync(join(tmpdir(), 'init-')), name);

test.each(['typescript', 'python', 'java', 'go'])(
  'begins an app in %s: nothing is left to fill in, and it says what is next',
  language => {
    const app = newDirectory('shop');
    const { status, stdout } = run(['init', app, '--language', language]);
    expect(status).toBe(0);
    expect(stdout).toContain('kubectl apply');
    const files = readdirSync(app, { recursive: true, withFileTypes: true }).filter(file => file.isFile());
    const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['.gitignore', 'index.html']));
    expect(texts.join()).not.toMatch(/\{\{|undefined/);
    expect(texts.join()).toContain('shop works');
    expect(texts.join()).toContain(version);
  },
);

test('leaves a directory alone that holds something', () => {
  const app = newDirectory('shop');
  run(['init', app]);
  expect(run(['init', app, '--language', 'go'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(`'${app}' is not empty. name a directory that is new`),
  });
  expect(readdirSync(app)).not.toContain('go.mod');
});

test.each(['Shop', '1shop', 'shop-', 'my shop'])(
  'refuses the name %p, which objects of Kubernetes cannot have',
  name => {
    expect(run(['init', newDirectory(name)])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`an app cannot be named '${name}'`),
    });
  },
);

test('refuses a language that it has not, and names those that it has', () => {
  expect(run(['init', newDirectory('shop'), '--language', 'rust'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('typescript, python, java, go'),
  });
});
