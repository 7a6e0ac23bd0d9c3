import { claim, messagesOf, podOfKind } from './fixtures';

const RULE = 'update-keeps-capacity';
const volume = 'persistentVolumeClaim: {claimName: data}';
const recreated = (source: string) =>
  podOfKind('Deployment', { spec: 'replicas: 2, strategy: {type: Recreate}', volume: source });
const MESSAGE = 'An update stops all 2 replicas before it starts a new one.';

test.each([
  ['ReadWriteOnce', []],
  ['ReadWriteOncePod', []],
  ['ReadWriteMany', [MESSAGE]],
])('checks a Deployment that is recreated, with a claim of mode %s', (mode, messages) => {
  expect(messagesOf(RULE, recreated(volume), claim('data', mode))).toEqual(messages);
});

test('accepts a claim that is not among the manifests, and a database on a network volume', () => {
  expect(messagesOf(RULE, recreated(volume))).toEqual([]);
  const nfs = recreated('nfs: {server: nas, path: /db}');
  expect(messagesOf(RULE, nfs)).toEqual([MESSAGE]);
  expect(messagesOf(RULE, nfs.replace('acme/app:1', 'redis:8.2.1'))).toEqual([]);
});

test.each([
  ['one replica that is recreated', 'strategy: {type: Recreate}', ''],
  ['one replica without surge', 'replicas: 1, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}', ''],
  ['a port of the node', 'replicas: 3, strategy: {type: Recreate}', 'ports: [{containerPort: 80, hostPort: 80}]'],
  ['a device', 'replicas: 3, strategy: {type: Recreate}', 'resources: {limits: {nvidia.com/gpu: 1}}'],
])('accepts %s, because two pods cannot run at once', (_, spec, container) => {
  expect(messagesOf(RULE, podOfKind('Deployment', { spec, container }))).toEqual([]);
});
