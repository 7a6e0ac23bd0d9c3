import { messagesOf } from './fixtures';

const agent = (kind: string, state: string) => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: agent, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: agent
          image: fluent/fluent-bit:4.1.1
          args: [--config, /etc/agent/fluent-bit.yaml]
          volumeMounts:
            - {name: logs, mountPath: /var/log, readOnly: true}
            - {name: state, mountPath: /var/lib/agent}
            - {name: config, mountPath: /etc/agent, readOnly: true}
      volumes:
        - {name: logs, hostPath: {path: /var/log}}
        - {name: state, ${state}}
        - {name: config, configMap: {name: agent}}
`;
const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: shop}
data:
  fluent-bit.yaml: |
    pipeline: {inputs: [{name: tail, path: /var/log/containers/*.log, db: /var/lib/agent/pos.db}]}
`;

test('an agent of the node keeps its offsets on the node', () => {
  expect(messagesOf('collector-keeps-offsets', agent('DaemonSet', 'emptyDir: {sizeLimit: 1Mi}'), CONFIG)).toEqual([
    "The source 'tail' of container 'agent' keeps its offsets at '/var/lib/agent/pos.db', which is deleted with the " +
      'pod, but the files of the node remain.',
  ]);
  const onNode = agent('DaemonSet', 'hostPath: {path: /var/lib/agent}');
  expect(messagesOf('collector-keeps-offsets', onNode, CONFIG)).toEqual([]);
});

test('a collector whose files are deleted with its pod can keep its offsets there', () => {
  const emptyDir = agent('DaemonSet', 'emptyDir: {sizeLimit: 1Mi}').replace(
    'hostPath: {path: /var/log}',
    'emptyDir: {sizeLimit: 1Mi}',
  );
  expect(messagesOf('collector-keeps-offsets', emptyDir, CONFIG)).toEqual([]);
});
