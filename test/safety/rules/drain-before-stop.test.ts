import { messagesOf, podOfKind } from './fixtures';

const RULE = 'drain-before-stop';
const service = (fields = '') => `apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ${fields}}
`;

test.each(['Deployment', 'StatefulSet', 'DaemonSet'])('checks a %s that a Service selects', kind => {
  expect(messagesOf(RULE, podOfKind(kind), service())).toEqual([expect.stringContaining("no 'preStop' hook")]);
  expect(messagesOf(RULE, podOfKind(kind), service('clusterIP: None'))).toEqual([]);
  const hook = 'lifecycle: {preStop: {sleep: {seconds: 5}}}';
  expect(messagesOf(RULE, podOfKind(kind, { container: hook }), service())).toEqual([]);
});

test.each(['Job', 'CronJob'])('accepts a %s, which serves no connections', kind => {
  expect(messagesOf(RULE, podOfKind(kind), service())).toEqual([]);
});

test('accepts databases, and StatefulSets that keep data', () => {
  const server = podOfKind('Deployment').replace('acme/app:1', 'redis:8.2.1');
  const queue = podOfKind('StatefulSet', { volume: 'persistentVolumeClaim: {claimName: data}' });
  expect(messagesOf(RULE, server, service())).toEqual([]);
  expect(messagesOf(RULE, queue, service())).toEqual([]);
});
