import { messagesOf } from './fixtures';

const cluster = (spec: string) =>
  `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db}\nspec: {instances: 3, ${spec}}\n`;

test.each([
  ['storage: {size: 1Gi}', 1],
  ['storage: {size: 1Gi}, backup: {barmanObjectStore: {destinationPath: "s3://a"}}', 0],
  ['storage: {size: 1Gi}, replica: {enabled: true, source: primary}', 0],
])('counts the findings of a Cluster with {%s}: %i', (spec, count) => {
  expect(messagesOf('operator-takes-backups', cluster(spec))).toHaveLength(count);
});
