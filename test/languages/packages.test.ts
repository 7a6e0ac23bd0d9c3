import { readFileSync, statSync } from 'fs';
import { homedir } from 'os';
import { join } from 'path';
import { npmPackage, README } from './packages';
import { run } from './run';

const files = run(homedir(), ['tar', '-tzf', npmPackage()])
  .trim()
  .split('\n')
  .map(file => file.replace(/^package\//, ''));

test('the npm package contains the library, its metadata, and the bundled dependencies', () => {
  const bundled = files.filter(file => file.startsWith('node_modules/'));
  expect(bundled.length).toBeGreaterThan(100);
  const own = files.filter(file => !file.startsWith('node_modules/'));
  expect(own.filter(file => !/^(lib\/.*\.(js|d\.ts)|templates\/.*)$/.test(file)).sort()).toEqual([
    '.jsii',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'package.json',
  ]);
});

test('the npm package has no tests, sources or maps', () => {
  const needless = [/\.map$/, /(?<!\.d)\.[cm]?ts$/, /(^|\/)(test|tests|spec)\//, /\.(test|spec)\./];
  expect(files.filter(file => !file.startsWith('templates/') && needless.some(pattern => pattern.test(file)))).toEqual(
    [],
  );
});

test('the page on releases states the size of the npm package', () => {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const unpacked = run(homedir(), ['tar', '-tvzf', npmPackage()])
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Number(line.split(/\s+/)[2]), 0);
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'releasing.md'), 'utf8')).toContain(
    `The npm package is ${megabytes(statSync(npmPackage()).size)} MB, ${megabytes(unpacked)} MB unpacked`,
  );
});

test('every bundled dependency comes with its licence', () => {
  const packages = new Set(
    files.map(file => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean),
  );
  expect(
    [...packages].filter(folder => !files.some(file => file.startsWith(`${folder}/`) && /licen[cs]e/i.test(file))),
  ).toEqual([]);
});

test.each([
  ['python', 'from cdk8s_storage_patterns import'],
  ['go', 'patterns.NewConfiguredApp('],
])('the registry shows a README in %s, without relative links', (language, sample) => {
  const readme = README[language]();
  expect(readme).toContain(`\`\`\`${language}\n`);
  expect(readme).toContain(sample);
  expect(readme).not.toContain("from 'cdk8s-storage-patterns'");
  expect(readme.match(/\]\((?!https:)[^)]*\)/g)).toBeNull();
});
