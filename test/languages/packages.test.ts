import { homedir } from 'os';
import { npmPackage } from './packages';
import { run } from './run';

const files = run(homedir(), ['tar', '-tzf', npmPackage()]).trim().split('\n').map(file => file.replace(/^package\//, ''));

test('the npm package has the library, what it says of itself, and the bundled dependencies', () => {
  const bundled = files.filter(file => file.startsWith('node_modules/'));
  expect(bundled.length).toBeGreaterThan(100);
  const own = files.filter(file => !file.startsWith('node_modules/'));
  expect(own.filter(file => !/^(lib\/.*\.(js|d\.ts)|templates\/.*)$/.test(file)).sort()).toEqual(['.jsii', 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
});

test('the npm package has no tests, sources or maps', () => {
  expect(files.filter(file => /\.map$|^(?!templates\/).*(?<!\.d)\.[cm]?ts$|^(?!templates\/)(.*\/)?(test|tests|spec)\/|^(?!templates\/).*\.(test|spec)\./.test(file))).toEqual([]);
});

test('every bundled dependency comes with its licence', () => {
  const packages = new Set(files.map(file => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
  expect([...packages].filter(folder => !files.some(file => file.startsWith(`${folder}/`) && /licen[cs]e/i.test(file)))).toEqual([]);
});
