import { execFileSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

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

test('packs the library and nothing else that is in the directory', () => {
  const published = [
    '.jsii',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'lib/index.js',
    'lib/index.d.ts',
    'templates/a.ts',
  ];
  const strays = ['cdk8s-storage-patterns-0.0.0.tgz', '.env', 'npm-debug.log', 'src/index.ts', 'test/a.ts', 'a.pem'];
  expect(packed(...published, ...strays)).toEqual([...published, 'package.json'].sort());
}, 120_000);
