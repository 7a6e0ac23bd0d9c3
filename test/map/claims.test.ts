import { coreObject, mapYaml, rowAt, withVolume } from './fixtures';
import { describeSharing } from '../../src/map/words';

const MEDIA = withVolume('persistentVolumeClaim: {claimName: media}');
const claim = (...modes: string[]) =>
  coreObject(
    'PersistentVolumeClaim',
    'media',
    `spec: {accessModes: [${modes}], resources: {requests: {storage: 5Gi}}}`,
  );

test.each([
  [['ReadWriteOnce'], 'replicas-on-a-node', true],
  [['ReadWriteOncePod'], 'one-pod-at-a-time', true],
  [['ReadWriteMany'], 'replicas', true],
  [['ReadWriteOnce', 'ReadWriteMany'], 'replicas', true],
  [['ReadOnlyMany'], 'replicas', false],
])('a claim with the access modes %p has the sharing %s', (modes, sharing, writable) => {
  const row = rowAt(mapYaml(MEDIA + claim(...modes)), '/it');
  expect(row).toMatchObject({ source: 'media', sharing, writable, sizeLimit: '5Gi', lifetime: 'independent' });
});

test('a claim outside the manifests has no known size and access modes', () => {
  expect(rowAt(mapYaml(MEDIA), '/it')).toMatchObject({
    kind: 'claim',
    sharing: 'replicas',
    writable: true,
    sizeLimit: 'unknown',
    notes: ['The manifests do not contain the claim.'],
  });
  const readOnly = withVolume('persistentVolumeClaim: {claimName: media, readOnly: true}');
  expect(rowAt(mapYaml(readOnly), '/it').writable).toBe(false);
});

test.each([
  ['ReadWriteOnce', 'Access modes: ReadWriteOnce. Pods on other nodes do not start.'],
  ['ReadWriteOncePod', 'Access modes: ReadWriteOncePod.'],
  ['ReadOnlyMany', 'Access modes: ReadOnlyMany. The driver, not Kubernetes, prevents writes.'],
])('explains what the access mode %s means for three replicas', (mode, notes) => {
  expect(rowAt(mapYaml(MEDIA + claim(mode)), '/it').notes.join(' ')).toBe(notes);
});

test('a claim that another workload mounts is shared with it', () => {
  const batch = MEDIA.replace('name: api', 'name: batch');
  const map = mapYaml(`${MEDIA}---\n${batch}${claim('ReadWriteMany')}`);
  expect(rowAt(map, '/it')).toMatchObject({ sharing: 'any-workload', sharedWith: ['Deployment shop/batch'] });
});

test('a claim of many workloads names the first of them at each, and counts the others', () => {
  const names = Array.from({ length: 300 }, (_, i) => `reader-${i}`);
  const yaml = names.map(name => MEDIA.replace('name: api', `name: ${name}`)).join('---\n');
  const { workloads } = mapYaml(yaml + claim('ReadWriteMany'));
  const rows = workloads.map(({ rows: all }) => all.find(({ path }) => path === '/it')!);
  expect(rows).toHaveLength(300);
  for (const { sharing, sharedWith, sharedWithMore } of rows) {
    expect([sharing, sharedWith.length, sharedWithMore]).toEqual(['any-workload', 100, 199]);
  }
  expect(rows[0].sharedWith.slice(0, 2)).toEqual(['Deployment shop/reader-1', 'Deployment shop/reader-2']);
  expect(rows[299].sharedWith[0]).toBe('Deployment shop/reader-0');
  expect(describeSharing(rows[1])).toMatch(/^all replicas, Deployment shop\/reader-0, .* and 287 others$/);
});

test('several definitions of one workload are not other users', () => {
  const batch = MEDIA.replace('name: api', 'name: batch');
  const map = mapYaml(`${MEDIA}---\n${MEDIA}---\n${batch}---\n${batch}${claim('ReadWriteMany')}`);
  expect(
    map.workloads.flatMap(({ rows }) => rows.filter(({ path }) => path === '/it').map(row => row.sharedWith)),
  ).toEqual([['Deployment shop/batch'], ['Deployment shop/batch'], ['Deployment shop/api'], ['Deployment shop/api']]);
});

const TEMPLATE =
  'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: ' +
  '{storage: 10Gi}}}}]';

test.each([
  ['', 'retained'],
  ['persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}', 'stateful-set'],
  ['persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Delete}', 'replica'],
  ['persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Delete}', 'replica'],
])('a claim template with the retention policy %p has the lifetime %s', (policy, lifetime) => {
  const yaml = withVolume('emptyDir: {}', { kind: 'StatefulSet', spec: `${TEMPLATE}\n  ${policy}` }).replace(
    '[{name: it,',
    '[{name: data, mountPath: /data}, {name: it,',
  );
  expect(rowAt(mapYaml(yaml), '/data')).toMatchObject({
    kind: 'claim-template',
    source: 'data-api-…',
    sharing: 'replica',
    lifetime,
    sizeLimit: '10Gi',
    writable: true,
  });
});

test.each([
  ['storageClassName: fast', '', 'Access modes: ReadWriteMany. Storage class: fast.'],
  ['volumeName: pv-1', '', 'Access modes: ReadWriteMany. PersistentVolume: pv-1.'],
  [
    '',
    'helm.sh/resource-policy: keep, argocd.argoproj.io/sync-options: Prune=false, ' +
      'kustomize.toolkit.fluxcd.io/prune: disabled',
    'Access modes: ReadWriteMany. Argo CD, Flux and Helm keep the claim.',
  ],
  ['', 'helm.sh/resource-policy: keep', 'Access modes: ReadWriteMany. Helm keeps the claim.'],
])('notes the storage of a claim with {%s}, and who keeps it with {%s}', (spec, annotations, notes) => {
  const media = coreObject('PersistentVolumeClaim', 'media', `spec: {accessModes: [ReadWriteMany], ${spec}}`);
  const annotated = media.replace('name: media,', `name: media, annotations: {${annotations}},`);
  expect(rowAt(mapYaml(MEDIA + annotated), '/it').notes.join(' ')).toBe(notes);
});

test('a claim of a template belongs to the StatefulSet, even if the manifests contain it and others mount it', () => {
  const statefulSet = withVolume('emptyDir: {}', { kind: 'StatefulSet', spec: TEMPLATE }).replace(
    '[{name: it,',
    '[{name: data, mountPath: /data}, {name: it,',
  );
  const reader = withVolume('persistentVolumeClaim: {claimName: data-api-0}').replace('name: api', 'name: reader');
  const adopted = coreObject('PersistentVolumeClaim', 'data-api-0', 'spec: {accessModes: [ReadWriteOnce]}');
  const map = mapYaml(`${statefulSet}---\n${reader}${adopted}`);
  expect(rowAt(map, '/data')).toMatchObject({
    sharing: 'any-workload',
    sharedWith: ['Deployment shop/reader'],
    notes: expect.arrayContaining(['The manifests contain data-api-0.']),
  });
  const readers = map.workloads[1].rows.find(({ path }) => path === '/it');
  expect(readers).toMatchObject({ source: 'data-api-0', sharedWith: ['StatefulSet shop/api'] });
});
