import { messagesOf, podOfKind } from './fixtures';

const volume = 'persistentVolumeClaim: {claimName: data}';

const broker = (kind: string, pod = '') =>
  podOfKind(kind, { volume, pod })
    .replace('acme/app:1', 'rabbitmq:4.1.0')
    .replace('mountPath: /data', 'mountPath: /var/lib/rabbitmq');

test.each([
  ['Deployment', '', 1],
  ['DaemonSet', '', 1],
  ['StatefulSet', '', 0],
  ['Pod', '', 0],
  ['Deployment', 'hostname: queue', 0],
  ['DaemonSet', 'hostNetwork: true', 0],
])('checks whether the host name of a %s with {%s} is stable', (kind, pod, count) => {
  expect(messagesOf('stable-host-name', broker(kind, pod))).toHaveLength(count);
});

test('leaves a server without a claim to another rule', () => {
  const withoutClaim = broker('Deployment').replace(volume, 'emptyDir: {}');
  expect(messagesOf('stable-host-name', withoutClaim)).toEqual([]);
  expect(messagesOf('state-on-claim', withoutClaim)).toHaveLength(1);
});

test.each([
  ['{name: RABBITMQ_NODENAME, value: rabbit@localhost}', 0],
  ['{name: RABBITMQ_NODENAME, value: rabbit@$(HOSTNAME)}', 1],
  [
    '{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, {name: RABBITMQ_NODENAME, value: rabbit@$(POD)}',
    1,
  ],
  [
    '{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}, {name: RABBITMQ_NODENAME, value: rabbit@$(NODE)}',
    0,
  ],
])('checks whether the variables [%s] contain the name of the pod', (variables, count) => {
  const named = broker('Deployment').replace('name: app,', `name: app, env: [${variables}],`);
  expect(messagesOf('stable-host-name', named)).toHaveLength(count);
});

test.each([
  ['Deployment', 'metadata.name', 1],
  ['Deployment', 'spec.nodeName', 0],
  ['StatefulSet', 'metadata.name', 0],
])('checks a %s whose data is at a sub path with the field %s', (kind, field, count) => {
  const env = `env: [{name: ID, valueFrom: {fieldRef: {fieldPath: ${field}}}}]`;
  const pod = podOfKind(kind, { volume: 'persistentVolumeClaim: {claimName: data}', container: env })
    .replace('acme/app:1', 'redis:8.2.1')
    .replace('mountPath: /data', 'mountPath: /data, subPathExpr: redis/$(ID)');
  expect(messagesOf('stable-host-name', pod)).toEqual(
    Array.from({ length: count }, () => expect.stringMatching(/in a sub path with the name of its pod/)),
  );
});
