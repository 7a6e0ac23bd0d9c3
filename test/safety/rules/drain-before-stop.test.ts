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

test('accepts a pod without a Service, and one to which only monitoring connects', () => {
  const app = podOfKind('Deployment', { container: 'ports: [{name: http, containerPort: 8080}]' });
  expect(messagesOf(RULE, app)).toEqual([]);
  expect(messagesOf(RULE, app, service('ports: [{name: http-metrics, port: 8080}]'))).toEqual([]);
  expect(messagesOf(RULE, app, service('ports: [{port: 9090, targetPort: metrics}]'))).toEqual([]);
  expect(messagesOf(RULE, app, service('ports: [{name: metrics, port: 9}, {name: http, port: 8}]'))).toHaveLength(1);
});
