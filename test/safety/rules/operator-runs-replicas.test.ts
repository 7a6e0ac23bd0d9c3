import { severitiesOf } from './fixtures';

const cluster = (spec: string) =>
  `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db}\nspec: {storage: {size: 1Gi}, ${spec}}\n`;

test.each([
  ['instances: 1', ['warning']],
  ['instances: 1, backup: {barmanObjectStore: {destinationPath: "s3://a"}}', ['info']],
  ['instances: 3', []],
])('a Cluster with {%s} has findings of the severities %j', (spec, severities) => {
  expect(severitiesOf('operator-runs-replicas', cluster(spec))).toEqual(severities);
});
