import { readYaml } from '../../src/inspect/read-yaml';
import { isOfRelease } from '../../src/predicates/is-of-release';

const checked = (metadata: string) =>
  isOfRelease(readYaml(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, ${metadata}}\n`, 'a.yaml').objects[0]);

test.each([
  ['labels: {app.kubernetes.io/managed-by: Helm}', true],
  ['labels: {heritage: Tiller}', true],
  ['labels: {helm.sh/chart: app-1.2.3}', true],
  ['annotations: {meta.helm.sh/release-name: app}', true],
  ['labels: {app.kubernetes.io/managed-by: Helm}, annotations: {helm.sh/hook: pre-install}', false],
  ['labels: {app.kubernetes.io/managed-by: argocd}', false],
])('tells whether Helm manages an object with {%s}: %p', (metadata, expected) => {
  expect(checked(metadata)).toBe(expected);
});
