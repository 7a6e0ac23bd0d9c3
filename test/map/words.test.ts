import { mapYaml, rowAt, withVolume } from './fixtures';
import { describeReplicas, describeSharing, describeWriters, findingsOf, titleOf } from '../../src/map/words';

const row = (volume: string, options = {}) => rowAt(mapYaml(withVolume(volume, options)), '/it');
const CLAIM = 'persistentVolumeClaim: {claimName: media}';

test.each([
  ['emptyDir: {}', 'not shared'],
  ['configMap: {name: conf}', 'all replicas'],
  ['image: {reference: "acme/model:1"}', 'replicas on a node'],
  ['hostPath: {path: /var/log}', 'pods on the node'],
  ['nfs: {server: nas, path: /x}', 'any workload'],
])('describes the sharing of the volume %s: %s', (volume, sharing) => {
  expect(describeSharing(row(volume))).toBe(sharing);
});

test('names the containers and workloads that share storage', () => {
  const sidecar = '- {name: logs, image: i, volumeMounts: [{name: it, mountPath: /logs}]}';
  const shared = withVolume('emptyDir: {}').replace('- name: app', `${sidecar}\n        - name: app`);
  expect(describeSharing(rowAt(mapYaml(shared), '/it'))).toBe('containers app, logs');
  const batch = withVolume(CLAIM).replace('name: api', 'name: batch');
  expect(describeSharing(rowAt(mapYaml(`${withVolume(CLAIM)}---\n${batch}`), '/it'))).toBe(
    'all replicas, Deployment shop/batch',
  );
});

test.each([
  ['emptyDir: {}', '', 'app'],
  ['emptyDir: {}', 'readOnly: true', 'none'],
  ['hostPath: {path: /var/log}', 'readOnly: true', 'other pods'],
])('names the writers of the volume %s, mounted with %p: %s', (volume, mount, writers) => {
  expect(describeWriters(row(volume, { mount }))).toBe(writers);
});

test.each([
  ['Deployment', 3, '3 replicas'],
  ['StatefulSet', 1, '1 replica'],
  ['DaemonSet', undefined, '1 pod per node'],
  ['Pod', 1, '1 pod'],
  ['Job', 3, '3 pods'],
])('describes the replicas of a %s with %p replicas: %s', (kind, replicas, description) => {
  expect(describeReplicas({ kind, name: 'api', replicas, containers: [], rows: [] })).toBe(description);
});

const CRON = { cron: '0 2 * * *', suspended: false };

test.each([
  [CRON, '2 pods per run, schedule 0 2 * * *'],
  [{ ...CRON, timeZone: 'Europe/Berlin' }, '2 pods per run, schedule 0 2 * * * (Europe/Berlin)'],
  [{ ...CRON, suspended: true }, '2 pods per run, schedule 0 2 * * *, suspended'],
])('describes the schedule %j of a CronJob', (schedule, description) => {
  const job = { kind: 'CronJob', name: 'api', replicas: 2, schedule, containers: [], rows: [] };
  expect(describeReplicas(job)).toBe(description);
});

test('a workload without a name has a title too', () => {
  expect(titleOf({ kind: 'Pod', name: '', namespace: 'shop', containers: [], rows: [] })).toBe('Pod shop/(no name)');
});

test('lists each finding once, with all paths that it concerns', () => {
  const twice = withVolume('emptyDir: {}').replace(
    '[{name: it, mountPath: /it',
    '[{name: it, mountPath: /too}, {name: it, mountPath: /it',
  );
  const found = findingsOf(mapYaml(twice).workloads[0]).filter(
    ({ finding }) => finding.rule.id === 'empty-dir-size-limit',
  );
  expect(found.map(({ paths }) => paths)).toEqual([['/it', '/too']]);
});
