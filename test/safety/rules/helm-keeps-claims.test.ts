import { claim, messagesOf, severitiesOf } from './fixtures';

const checked = (metadata: string) =>
  messagesOf('helm-keeps-claims', claim('data', 'ReadWriteOnce').replace('metadata: {', `metadata: {${metadata}, `));

test.each([
  'labels: {app.kubernetes.io/managed-by: Helm}',
  'labels: {heritage: Tiller}',
  'labels: {helm.sh/chart: wiki-2.1.0}',
  'annotations: {meta.helm.sh/release-name: wiki}',
])('reports a claim with {%s}', metadata => {
  expect(checked(metadata)).toEqual(["'helm uninstall' deletes the claim 'data' with its data."]);
});

test.each([
  'labels: {app: wiki}',
  'labels: {app.kubernetes.io/managed-by: kustomize}',
  'labels: {helm.sh/chart: wiki-2.1.0}, annotations: {helm.sh/resource-policy: keep}',
  // Helm does not delete the objects of hooks with the release
  'labels: {helm.sh/chart: wiki-2.1.0}, annotations: {helm.sh/hook: pre-install}',
])('accepts a claim with {%s}', metadata => {
  expect(checked(metadata)).toEqual([]);
});

test.each([
  ['wiki-data', 'warning'],
  ['esphome-buildcache', 'info'],
  ['tmp', 'info'],
  ['media-transcodes', 'info'],
  ['cachet-data', 'warning'],
])('the deletion of the claim %s has the severity %s', (name, severity) => {
  const ofRelease = claim(name, 'ReadWriteOnce').replace('metadata: {', 'metadata: {labels: {heritage: Helm}, ');
  expect(severitiesOf('helm-keeps-claims', ofRelease)).toEqual([severity]);
});
