import { messagesOf, podOfKind } from './fixtures';

const RULE = 'volumes-belong-to-the-group';
const withGroup = (volume: string) => podOfKind('Deployment', { volume, pod: 'securityContext: {fsGroup: 1000}' });
const withoutGroup = (volume: string) => podOfKind('Deployment', { volume, pod: 'securityContext: {runAsUser: 1000}' });
const CHANGES = "The kubelet changes the group of every file of volume 'data' to 1000 at each start.";
const LOCKED_OUT = "Container 'app' does not run as root, and no 'fsGroup' gives it access to its volumes.";
const CLAIM = 'persistentVolumeClaim: {claimName: data}';

test.each<[string, string[], string[]]>([
  [CLAIM, [CHANGES], [LOCKED_OUT]],
  ['persistentVolumeClaim: {claimName: data, readOnly: true}', [], []],
  ['ephemeral: {volumeClaimTemplate: {spec: {}}}', [], [LOCKED_OUT]],
  ['csi: {driver: disk.example.com}', [CHANGES], []],
  ['csi: {driver: secrets-store.csi.k8s.io, readOnly: true}', [], []],
  ['nfs: {server: nas, path: /data}', [], []],
  ['hostPath: {path: /data}', [], []],
  ['image: {reference: "acme/model:1"}', [], []],
])('checks who owns the files of the volume {%s}', (volume, withChange, withLockout) => {
  expect(messagesOf(RULE, withGroup(volume))).toEqual(withChange);
  expect(messagesOf(RULE, withoutGroup(volume))).toEqual(withLockout);
});
