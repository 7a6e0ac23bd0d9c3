import { claim, messagesOf, podOfKind } from './fixtures';

const RULE = 'update-keeps-capacity';
const volume = 'persistentVolumeClaim: {claimName: data}';
const recreated = (source: string) => podOfKind('Deployment', { spec: 'strategy: {type: Recreate}', volume: source });
const MESSAGE = 'An update stops the only replica before it starts a new one.';

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
