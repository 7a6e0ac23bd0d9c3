import { resolve } from 'path';
import { nameMatcher, pathMatcher } from '../../src/cli/path-patterns';

test.each([
  ['k8s/a.yaml', 'k8s/a.yaml', true],
  ['./k8s/a.yaml', 'k8s/a.yaml', true],
  ['k8s/a.yaml', './k8s/../k8s/a.yaml', true],
  ['k8s/a.yaml', resolve('k8s/a.yaml'), true],
  ['*.yaml', 'k8s/a.yaml', false],
  ['k8s/*.yaml', 'k8s/deep/a.yaml', false],
  ['**/*.yaml', 'a.yaml', true],
  ['vendor', 'vendor/deep/a.yaml', true],
  ['vendor/', 'vendor/a.yaml', true],
  ['vendor', 'vendored/a.yaml', false],
  ['**/testdata', 'charts/a/testdata/b/c.yaml', true],
  ['**/testdata/**', 'testdata/c.yaml', true],
  ['charts/{a,b}/**', 'charts/b/c.yaml', true],
  ['charts/{a,{b,c}d}/*', 'charts/cd/x.yaml', true],
  ['charts/{a,{b,c}d}/*', 'charts/bc/x.yaml', false],
  ['k8s/{a}.yaml', 'k8s/{a}.yaml', true],
  ['k8s/?.yaml', 'k8s/a.yaml', true],
  ['k8s/?.yaml', 'k8s/ab.yaml', false],
  ['k8s/[id]/(a|b)+.yaml', 'k8s/[id]/(a|b)+.yaml', true],
  ['k8s/+(a|aa)', 'k8s/aaa', false],
  ['a/**/b/**/c', 'a/x/b/y/b/z/c', true],
  ['a/**/b/**/c', 'a/x/b/y/d', false],
  ['**/b*c*d', 'a/bxcyccd', true],
  ['**', 'k8s/.hidden/a.yaml', true],
  ['**/a.yaml', '../elsewhere/a.yaml', true],
])('%s and %s: %s', (pattern, file, expected) => {
  const matches = pathMatcher([pattern], '.');
  expect([matches(file), matches(file)]).toEqual([expected, expected]);
});

test('reads patterns relative to the directory of the configuration', () => {
  const matches = pathMatcher(['vendor'], 'deploy');
  expect(matches('deploy/vendor/a.yaml')).toBe(true);
  expect(matches('vendor/a.yaml')).toBe(false);
});

test('matches nothing without patterns', () => {
  expect(pathMatcher([], '.')('a.yaml')).toBe(false);
});

test.each<[string, string, string]>([
  ['stars', '*a'.repeat(400), 'a'.repeat(100_000)],
  ['folders', '**/a/'.repeat(150), 'a/'.repeat(2000)],
  ['stars in folders', '**/*a*b*c/'.repeat(80), 'aabbcc/'.repeat(700)],
  ['open braces', '{a,'.repeat(300), 'a'.repeat(1000)],
  ['nested braces', `${'{a,'.repeat(150)}b${'}'.repeat(150)}`, 'a'.repeat(1000)],
  ['many braces', '{a,aa}'.repeat(150), 'a'.repeat(1000)],
  ['expressions', `${'+(a|aa)'.repeat(40)}b`, 'a'.repeat(1000)],
  ['ranges', '{1..10000000}', '5'],
])('matches %s in linear time', (_, pattern, name) => {
  const start = process.cpuUsage();
  pathMatcher([`${pattern}x`], '.')(name);
  nameMatcher(`${pattern}x`)(name);
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
});

test('matches names', () => {
  expect(['api', 'api-2', 'web', ''].map(nameMatcher('api*'))).toEqual([true, true, false, false]);
  expect(['api', ''].map(nameMatcher('*'))).toEqual([true, false]);
  expect(['a-b-c', 'a-c-b'].map(nameMatcher('a*b*c'))).toEqual([true, false]);
});
