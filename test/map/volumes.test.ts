import { mapYaml, rowAt, withVolume } from './fixtures';
import { describeStorage } from '../../src/map/words';

test.each([
  ['configMap: {name: conf}', 'config-map', 'replicas', 'independent', false, undefined],
  ['secret: {secretName: tls}', 'secret', 'replicas', 'independent', false, undefined],
  ['emptyDir: {sizeLimit: 64Mi}', 'empty-dir', 'pod', 'pod', true, '64Mi'],
  ['emptyDir: {}', 'empty-dir', 'pod', 'pod', true, 'none'],
  ['emptyDir: {medium: Memory, sizeLimit: 1Gi}', 'memory-empty-dir', 'pod', 'pod', true, '1Gi'],
  ['downwardAPI: {}', 'downward-api', 'pod', 'pod', false, undefined],
  [
    'ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 2Gi}}}}}',
    'ephemeral-claim',
    'pod',
    'pod',
    true,
    '2Gi',
  ],
  ['csi: {driver: secrets-store.csi.k8s.io, readOnly: true}', 'csi', 'pod', 'pod', false, 'unknown'],
  ['hostPath: {path: /var/log}', 'host-path', 'node', 'node', true, 'none'],
  ['image: {reference: "acme/model:1"}', 'image-volume', 'replicas-on-a-node', 'node', false, undefined],
  ['csi: {driver: disk.example.com}', 'csi', 'pod', 'pod', true, 'unknown'],
  ['csi: {driver: smb.csi.k8s.io}', 'csi', 'any-workload', 'independent', true, 'unknown'],
  ['nfs: {server: nas, path: /x}', 'nfs', 'any-workload', 'independent', true, 'unknown'],
  ['nfs: {server: nas, path: /x, readOnly: true}', 'nfs', 'any-workload', 'independent', false, 'unknown'],
  ['cephfs: {monitors: [m], path: /x}', 'other', 'any-workload', 'independent', true, 'unknown'],
])(
  'describes the volume %s as %s with sharing %s and lifetime %s',
  (volume, kind, sharing, lifetime, writable, size) => {
    const row = rowAt(mapYaml(withVolume(volume)), '/it');
    expect(row).toMatchObject({ kind, sharing, lifetime, writable, sizeLimit: size });
    expect(rowAt(mapYaml(withVolume(volume, { mount: 'readOnly: true' })), '/it').writable).toBe(false);
  },
);

test.each([
  ['nfs: {server: nas, path: /media}', 'NFS nas:/media'],
  ['csi: {driver: smb.csi.k8s.io, volumeAttributes: {source: //nas/media}}', 'CSI volume smb.csi.k8s.io //nas/media'],
  [
    'csi: {driver: nfs.csi.k8s.io, volumeAttributes: {share: /media, server: nas}}',
    'CSI volume nfs.csi.k8s.io nas /media',
  ],
  ['csi: {driver: secrets-store.csi.k8s.io}', 'CSI volume secrets-store.csi.k8s.io'],
  ['cephfs: {monitors: [m], path: /media}', 'volume cephfs /media'],
  ['image: {reference: "acme/model:1"}', 'image volume acme/model:1'],
  ['hostPath: {path: /var/log}', 'hostPath /var/log'],
  ['ephemeral: {volumeClaimTemplate: {spec: {}}}', 'ephemeral claim …-it'],
  ['persistentVolumeClaim: {claimName: media}', 'claim media'],
  ['emptyDir: {medium: Memory}', 'emptyDir in memory'],
])('describes the storage of the volume {%s} as %s', (volume, description) => {
  expect(describeStorage(rowAt(mapYaml(withVolume(volume)), '/it'))).toBe(description);
});

test.each([
  ['emptyDir: {medium: Memory}', ['Files count toward the memory of the container that writes them.']],
  ['emptyDir: {medium: HugePages-2Mi}', ['Files count toward the huge pages of the container that writes them.']],
  ['emptyDir: {medium: ""}', []],
  ['hostPath: {path: /var/log}', ['Each node has its own files.']],
  ['csi: {driver: disk.example.com}', ['The CSI driver provides the content for each pod.']],
  [
    'ephemeral: {volumeClaimTemplate: {spec: {storageClassName: fast}}}',
    ['Storage class: fast.', 'Each pod gets a new claim, which is deleted with the pod.'],
  ],
])('notes where the files of the volume {%s} are', (volume, notes) => {
  expect(rowAt(mapYaml(withVolume(volume)), '/it').notes).toEqual(notes);
});
