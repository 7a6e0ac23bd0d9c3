import { execFileSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, relative } from 'path';

const ROOT = join(__dirname, '..', '..');

/** Returns the files of the package that npm would pack from a directory with these files. */
function packed(...files: string[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'package-'));
  const { bundledDependencies: _, ...manifest } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
  cpSync(join(ROOT, '.npmignore'), join(directory, '.npmignore'));
  for (const file of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), '');
  }
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output)[0]
    .files.map(({ path }: { path: string }) => path)
    .sort();
}

const templates = readdirSync(join(ROOT, 'templates'), { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)));

test('packs the library, the templates and nothing else that is in the directory', () => {
  const published = [
    '.jsii',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'lib/index.js',
    'lib/index.d.ts',
    'lib/safety/rules/all.js',
    ...templates,
  ];
  const strays = [
    '.env',
    '.env.local',
    '.npmrc',
    'a.pem',
    'cdk8s-storage-patterns-0.0.0.tgz',
    'core',
    'dist/changelog.md',
    'id_rsa',
    'kubeconfig',
    'lib/.env',
    'lib/a.js.map',
    'lib/debug.log',
    'npm-debug.log',
    'src/index.ts',
    'templates/go/.env',
    'templates/go/server.key',
    'templates/typescript/node.log',
    'test/a.ts',
  ];
  expect(templates.length).toBeGreaterThan(10);
  expect(packed(...published, ...strays)).toEqual([...published, 'package.json'].sort());
}, 120_000);
