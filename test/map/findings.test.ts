import { mapYaml, rowAt, withVolume } from './fixtures';

const rulesAt = (yaml: string, path: string, container?: string) =>
  rowAt(mapYaml(yaml), path, container).findings.map(({ rule }) => rule.id);

const database = (mount: string, volume: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: orders}
spec:
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}
  template:
    spec:
      securityContext: {runAsUser: 999}
      containers:
        - {name: app, image: "postgres:17.2", volumeMounts: [{name: data, mountPath: ${mount}}]}
      volumes: [${volume}]
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]
`;

test('a finding that names a path reaches the row that contains the path', () => {
  const inLayer = withVolume('emptyDir: {}').replace('acme/app:1', 'redis:8.2.1');
  expect(rulesAt(inLayer, '/data')).toContain('state-on-claim');
  expect(rulesAt(inLayer, '/it')).not.toContain('state-on-claim');
  const logs = withVolume('emptyDir: {}').replace(
    'acme/app:1',
    'acme/app:1\n          args: [--log-file=/var/log/a.log]',
  );
  expect(rulesAt(logs, '/')).toContain('logs-in-a-volume');
});

test('a finding about a kind of storage reaches its rows', () => {
  const yaml = database('/var/lib/postgresql/data', '');
  expect(rulesAt(yaml, '/dev/shm')).toContain('shared-memory-for-postgres');
  expect(rulesAt(yaml, '/var/lib/postgresql/data')).toEqual(
    expect.arrayContaining(['claims-are-retained', 'volumes-belong-to-the-group']),
  );
  expect(rulesAt(yaml, '/')).toEqual(expect.arrayContaining(['read-only-root-filesystem', 'resource-limits']));
});

test('a finding about something else reaches no row', () => {
  const rules = mapYaml(withVolume('emptyDir: {}')).workloads[0].rows.flatMap(({ findings }) => findings);
  expect(rules.map(({ rule }) => rule.id)).not.toContain('health-check');
});
