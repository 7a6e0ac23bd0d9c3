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

test('matches names', () => {
  expect(['api', 'api-2', 'web'].map(nameMatcher('api*'))).toEqual([true, true, false]);
});
