import { messagesOf, severitiesOf } from './fixtures';

const cluster = (spec: string) =>
  `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db}\nspec: {instances: 3, ${spec}}\n`;

test.each([
  ['storage: {size: 1Gi}', 1],
  ['storage: {size: 1Gi}, backup: {barmanObjectStore: {destinationPath: "s3://a"}}', 0],
  ['storage: {size: 1Gi}, replica: {enabled: true, source: primary}', 0],
])('counts the findings of a Cluster with {%s}: %i', (spec, count) => {
  expect(messagesOf('operator-takes-backups', cluster(spec))).toHaveLength(count);
});

test.each([
  [1, 'warning'],
  [3, 'info'],
])('a missing backup of %i instances has the severity %s', (instances, severity) => {
  const manifest = cluster('storage: {size: 1Gi}').replace('instances: 3', `instances: ${instances}`);
  expect(severitiesOf('operator-takes-backups', manifest)).toEqual([severity]);
});
