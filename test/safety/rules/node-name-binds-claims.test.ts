import { claim, messagesOf, podOfKind } from './fixtures';

const storageClass = (mode: string, metadata = '') =>
  `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: local${metadata}}\nvolumeBindingMode: ${mode}\n`;
const CLAIM = 'persistentVolumeClaim: {claimName: data}';
const pod = (volume = CLAIM, metadata = '') => podOfKind('Pod', { volume, metadata, pod: 'nodeName: n1' });
const ofClass = (fields: string) => claim('data', 'ReadWriteOnce').replace('spec: {', `spec: {${fields}, `);
const checked = (...documents: string[]) => messagesOf('node-name-binds-claims', ...documents);
const WAITS = storageClass('WaitForFirstConsumer');
const MESSAGE =
  "'nodeName' is 'n1', so the claim of volume 'data' stays pending: its StorageClass 'local' waits for the scheduler.";

test('reports a claim, an ephemeral volume, and a claim of the default class', () => {
  expect(checked(pod(), ofClass('storageClassName: local'), WAITS)).toEqual([MESSAGE]);
  const ephemeral = 'ephemeral: {volumeClaimTemplate: {spec: {storageClassName: local}}}';
  expect(checked(pod(ephemeral), WAITS)).toEqual([MESSAGE]);
  const annotation = ', annotations: {storageclass.kubernetes.io/is-default-class: "true"}';
  const byDefault = storageClass('WaitForFirstConsumer', annotation);
  expect(checked(pod(), claim('data', 'ReadWriteOnce'), byDefault)).toEqual([MESSAGE]);
});

test.each<[string, string[]]>([
  ['a class that binds at once', [pod(), ofClass('storageClassName: local'), storageClass('Immediate')]],
  ['a claim that names its volume', [pod(), ofClass('storageClassName: local, volumeName: v'), WAITS]],
  ['another class', [pod(), ofClass('storageClassName: other'), WAITS]],
  ['a claim that is not among the manifests', [pod(), WAITS]],
  ['a pod of a cluster', [pod(CLAIM, 'uid: "1"'), ofClass('storageClassName: local'), WAITS]],
  ['no node', [pod().replace('nodeName: n1, ', ''), ofClass('storageClassName: local'), WAITS]],
])('accepts %s', (_, documents) => {
  expect(checked(...documents)).toEqual([]);
});
