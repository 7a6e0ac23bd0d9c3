import { coreObject, mapYaml, rowAt, withVolume } from './fixtures';

const MEDIA = withVolume('persistentVolumeClaim: {claimName: media}');
const claim = (fields: string) =>
  coreObject(
    'PersistentVolumeClaim',
    'media',
    `spec: {${fields}accessModes: [ReadWriteMany], resources: {requests: {storage: 5Gi}}}`,
  );
const volume = (fields: string) => `---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv-1, labels: {content: media}}
spec: {${fields}, capacity: {storage: 8Gi}, accessModes: [ReadWriteMany]}
`;
const storageClass = (fields: string) => `---
{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: p${fields}}
`;
const ON_NODE4 =
  'nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: ' +
  '[{key: kubernetes.io/hostname, operator: In, values: [node4]}]}]}}';

const rowOf = (...objects: string[]) => rowAt(mapYaml(MEDIA + objects.join('')), '/it');

test.each<[string, string[], object]>([
  [
    'a disk that the claim names',
    [claim('volumeName: pv-1, '), volume('csi: {driver: d}')],
    {
      sizeLimit: '8Gi',
      lifetime: 'independent',
      notes: expect.arrayContaining(['Deleting the claim keeps the volume (reclaim policy Retain).']),
    },
  ],
  [
    'a volume that names the claim, and is deleted with it',
    [
      claim(''),
      volume('csi: {driver: d}, claimRef: {name: media, namespace: shop}, persistentVolumeReclaimPolicy: Delete'),
    ],
    { notes: expect.arrayContaining(['Deleting the claim deletes the volume (reclaim policy Delete).']) },
  ],
  [
    'a directory of a server, whose size is not enforced',
    [claim('storageClassName: "", selector: {matchLabels: {content: media}}, '), volume('nfs: {server: s, path: /p}')],
    {
      sizeLimit: 'none',
      notes: expect.arrayContaining(['PersistentVolume pv-1 is an NFS volume, whose size is not enforced.']),
    },
  ],
  [
    'a volume that a claim without a class does not get',
    [claim('selector: {matchLabels: {content: media}}, '), volume('nfs: {server: s, path: /p}')],
    {
      sizeLimit: '5Gi',
      notes: expect.arrayContaining([
        "The claim has no 'storageClassName': a default class creates another volume, so the claim is not bound to " +
          'PersistentVolume pv-1.',
      ]),
    },
  ],
  [
    'a local volume',
    [claim('volumeName: pv-1, '), volume(`local: {path: /p}, ${ON_NODE4}`)],
    { lifetime: 'node', sizeLimit: 'none', notes: expect.arrayContaining(['The files are on the node node4.']) },
  ],
  [
    'a class that deletes its volumes',
    [claim('storageClassName: fast, '), storageClass('')],
    { notes: expect.arrayContaining(['Deleting the claim deletes the volume (reclaim policy Delete).']) },
  ],
  [
    'a class that keeps its volumes',
    [claim('storageClassName: fast, '), storageClass(', reclaimPolicy: Retain')],
    { notes: expect.arrayContaining(['Deleting the claim keeps the volume (reclaim policy Retain).']) },
  ],
])('shows %s', (_, objects, row) => {
  expect(rowOf(...objects)).toMatchObject(row);
});

test('a pod for another node cannot mount a local volume', () => {
  const pinned = MEDIA.replace('containers:', 'nodeSelector: {kubernetes.io/hostname: node2}\n      containers:');
  const { notes } = rowAt(
    mapYaml(pinned + claim('volumeName: pv-1, ') + volume(`local: {path: /p}, ${ON_NODE4}`)),
    '/it',
  );
  expect(notes).toContain('The pod requires the node node2, so it cannot mount the volume.');
});

test('does not guess between two volumes that fit', () => {
  const two = volume('csi: {driver: d}') + volume('csi: {driver: d}').replace('pv-1', 'pv-2');
  expect(rowOf(claim('storageClassName: "", '), two).sizeLimit).toBe('5Gi');
});

test('the finding of a volume reaches the row of its claim', () => {
  const { findings } = rowOf(claim('volumeName: pv-1, '), volume('hostPath: {path: /p}'));
  expect(findings.map(({ rule }) => rule.id)).toContain('no-host-path');
});
