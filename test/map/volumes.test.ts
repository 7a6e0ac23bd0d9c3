import { mapYaml, rowAt, withVolume } from './fixtures';

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
  ['nfs: {server: nas, path: /x}', 'other', 'any-workload', 'independent', true, 'unknown'],
])(
  'describes the volume %s as %s with sharing %s and lifetime %s',
  (volume, kind, sharing, lifetime, writable, size) => {
    const row = rowAt(mapYaml(withVolume(volume)), '/it');
    expect(row).toMatchObject({ kind, sharing, lifetime, writable, sizeLimit: size });
    expect(rowAt(mapYaml(withVolume(volume, { mount: 'readOnly: true' })), '/it').writable).toBe(false);
  },
);

test('names the storage of an external volume', () => {
  expect(rowAt(mapYaml(withVolume('nfs: {server: nas, path: /media}')), '/it').source).toBe('nfs nas /media');
});
