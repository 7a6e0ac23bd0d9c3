import { podOfKind, severitiesOf } from './fixtures';

test.each([
  ['100Mi', 'info'],
  ['127Mi', 'info'],
  ['128Mi', 'warning'],
  ['2Gi', 'warning'],
])('a server with a memory limit of %s has the severity %s', (memory, severity) => {
  const container = `env: [{name: POSTGRES_USER, value: app}], resources: {limits: {memory: ${memory}}}`;
  const pod = podOfKind('StatefulSet', { container }).replace('acme/app:1', 'postgres:17.6');
  expect(severitiesOf('shared-memory-for-postgres', pod)).toEqual([severity]);
});

test.each([
  ['1Gi', 'info'],
  ['9Gi', 'info'],
  ['10Gi', 'warning'],
  ['1Ti', 'warning'],
])('a server with a claim of %s has the severity %s', (size, severity) => {
  const template = `{metadata: {name: data}, spec: {resources: {requests: {storage: ${size}}}}}`;
  const pod = podOfKind('StatefulSet', { spec: `volumeClaimTemplates: [${template}]`, volume: 'emptyDir: {}' })
    .replace('acme/app:1', 'postgres:17.6')
    .replace('mountPath: /data', 'mountPath: /var/lib/postgresql/data');
  expect(severitiesOf('shared-memory-for-postgres', pod)).toEqual([severity]);
});
