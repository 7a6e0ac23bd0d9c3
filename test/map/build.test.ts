import { mapYaml, rowAt, withVolume } from './fixtures';
import { describePods } from '../../src/map/words';
import { podOfKind } from '../safety/rules/fixtures';

test('tells app containers, init containers and sidecars apart', () => {
  const { workloads } = mapYaml(`apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  initContainers: [{name: prepare, image: i}, {name: shipper, image: i, restartPolicy: Always}]
  containers: [{name: app, image: i}]
`);
  expect(workloads[0].containers.map(({ name, role }) => [name, role])).toEqual([
    ['prepare', 'init'],
    ['shipper', 'native-sidecar'],
    ['app', 'app'],
  ]);
});

test('omits objects whose controller is among the manifests', () => {
  const ownedBy = (owner: string) =>
    withVolume('emptyDir: {}', { kind: 'ReplicaSet' }).replace(
      'name: api,',
      `name: ${owner}-1, ownerReferences: [{controller: true, kind: Deployment, name: ${owner}}],`,
    );
  const map = mapYaml([withVolume('emptyDir: {}'), ownedBy('api'), ownedBy('gone')].join('---\n'));
  expect(map.workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Deployment api', 'ReplicaSet gone-1']);
});

test('reports an unreadable document with its place, and maps the others', () => {
  const map = mapYaml(`a: [\n---\n${withVolume('emptyDir: {}')}`);
  expect(map.workloads).toHaveLength(1);
  expect(map.problems).toMatchObject([{ file: 'app.yaml', line: 2 }]);
  expect(map.workloads[0].place).toMatchObject({ file: 'app.yaml', line: 3 });
});

const findingsAt = (yaml: string, path: string) =>
  rowAt(mapYaml(yaml), path).findings.map(({ rule, reason }) => [rule.id, reason]);

test('adds a finding to the paths that it concerns', () => {
  const yaml = withVolume('emptyDir: {}');
  expect(findingsAt(yaml, '/it')).toEqual([['empty-dir-size-limit', undefined]]);
  expect(findingsAt(yaml, '/dev/shm')).toEqual([]);
});

test('adds the finding of a ConfigMap to the paths that read it', () => {
  const configMap = `---
{apiVersion: v1, kind: ConfigMap, metadata: {name: conf, namespace: shop}, data: {DB_PASSWORD: hunter2}}
`;
  expect(findingsAt(withVolume('configMap: {name: conf}') + configMap, '/it')).toContainEqual([
    'no-credential-in-config-map',
    undefined,
  ]);
});

test('adds a waived finding with the reason of its waiver', () => {
  const waived = withVolume('emptyDir: {}').replace(
    'name: api,',
    'name: api, annotations: {waiver.cdk8s-storage-patterns/empty-dir-size-limit: small and read once},',
  );
  expect(findingsAt(waived, '/it')).toEqual([['empty-dir-size-limit', 'small and read once']]);
});

test('reads the schedule of a CronJob', () => {
  const mapped = (kind: string, spec = '') => mapYaml(podOfKind(kind, { spec })).workloads[0];
  const { schedule } = mapped('CronJob', 'timeZone: Europe/Berlin, suspend: true');
  expect(schedule).toEqual({ cron: '0 2 * * *', timeZone: 'Europe/Berlin', suspended: true });
  expect(mapped('CronJob').schedule).toEqual({ cron: '0 2 * * *', suspended: false });
  expect(mapped('Job').schedule).toBeUndefined();
});

test('shows the replicas that an autoscaler allows', () => {
  const autoscaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api, namespace: shop}
spec: {scaleTargetRef: {kind: Deployment, name: api}, minReplicas: 2, maxReplicas: 8}
`;
  const [workload] = mapYaml(withVolume('emptyDir: {}') + autoscaler).workloads;
  expect(workload).toMatchObject({ replicas: 8, minReplicas: 2 });
  expect(describePods(workload)).toBe('2 to 8 replicas');
});
