import { messagesOf, podOfKind } from './fixtures';

test.each([
  ['persistentVolumeClaim: {claimName: data}', []],
  ['nfs: {server: nas, path: /db}', []],
  ['csi: {driver: smb.csi.k8s.io}', []],
  ['hostPath: {path: /db}', []],
  ['csi: {driver: disk.example.com}', ["in the csi 'data'."]],
  ['ephemeral: {volumeClaimTemplate: {spec: {}}}', ["in the ephemeral 'data'."]],
  ['emptyDir: {sizeLimit: 1Gi}', ["in the emptyDir 'data'."]],
  ['image: {reference: "acme/data:1"}', ["in the image 'data'."]],
])('checks whether the volume {%s} of a database outlives its pod', (volume, endings) => {
  const server = podOfKind('StatefulSet', { volume }).replace('acme/app:1', 'redis:8.2.1');
  expect(messagesOf('database-on-claim', server)).toEqual(endings.map(ending => expect.stringContaining(ending)));
});
