import { claim, messagesOf, podOfKind } from './fixtures';

const RULE = 'rollout-releases-claim';
const readOnly = 'persistentVolumeClaim: {claimName: data, readOnly: true}';
const ofClaim = "A rollout starts a second pod with the claim 'data' before it stops the first.";

test.each([
  ['ReadWriteOnce', []],
  ['ReadWriteOncePod', [ofClaim]],
  ['ReadWriteMany', []],
])('checks a claim of mode %s that is only read', (mode, messages) => {
  expect(messagesOf(RULE, podOfKind('Deployment', { volume: readOnly }), claim('data', mode))).toEqual(messages);
});

test.each(['StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'])('accepts a %s, which starts no second pod', kind => {
  const volume = 'persistentVolumeClaim: {claimName: data}';
  expect(messagesOf(RULE, podOfKind(kind, { volume }), claim('data', 'ReadWriteOnce'))).toEqual([]);
});

const server = (volume: string) => podOfKind('Deployment', { volume }).replace('acme/app:1', 'redis:8.2.1');

test('checks a database server on a network volume', () => {
  expect(messagesOf(RULE, server('nfs: {server: nas, path: /db}'))).toEqual([
    "A rollout starts a second pod with the volume 'data' (nfs) before it stops the first.",
  ]);
  expect(messagesOf(RULE, podOfKind('Deployment', { volume: 'nfs: {server: nas, path: /db}' }))).toEqual([]);
  expect(messagesOf(RULE, server('emptyDir: {sizeLimit: 1Gi}'))).toEqual([]);
});

test.each([
  ['1', 'acme/app:1', 0],
  ['100%', 'acme/app:1', 0],
  ['50%', 'acme/app:1', 1],
  ['0', 'acme/app:1', 1],
  // two servers can write to the files at the same time
  ['1', 'redis:8.2.1', 1],
])('checks a rollout that stops %s pods at once, with the image %s', (unavailable, image, count) => {
  const deployment = podOfKind('Deployment', {
    volume: 'persistentVolumeClaim: {claimName: data}',
    spec: `strategy: {rollingUpdate: {maxUnavailable: ${unavailable}}}`,
  }).replace('acme/app:1', image);
  expect(messagesOf(RULE, deployment, claim('data', 'ReadWriteOnce'))).toHaveLength(count);
});
