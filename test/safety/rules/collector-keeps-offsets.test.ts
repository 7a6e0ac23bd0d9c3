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

const shipper = (image: string, state: string, fields = '') =>
  agent('DaemonSet', state)
    .replace('fluent/fluent-bit:4.1.1', image)
    .replace('/var/lib/agent', fields || '/state');

test.each([
  ['docker.elastic.co/beats/filebeat:8.17.3', '/usr/share/filebeat/data', "source 'registry'"],
  ['grafana/promtail:3.5', '/var/log/positions', "source 'positions'"],
  ['grafana/alloy:v1.11', '/var/lib/alloy', "source 'positions'"],
])('%s keeps its registry on the node', (image, path, source) => {
  const onNode = shipper(image, 'hostPath: {path: /var/lib/state}', path);
  const config = CONFIG.replace('pipeline:', 'positions: {filename: /var/log/positions/a.yaml}\n    pipeline:');
  expect(messagesOf('collector-keeps-offsets', onNode, config)).toEqual([]);
  expect(messagesOf('collector-keeps-offsets', shipper(image, 'emptyDir: {}', path), config)).toEqual([
    expect.stringMatching(new RegExp(`^The ${source} of container 'agent' .*, which is deleted with the pod`)),
  ]);
});

test('reads the path of a registry from the command line', () => {
  const moved = shipper('grafana/alloy:v1.11', 'emptyDir: {}').replace('--config,', '--storage.path=/var/log/alloy,');
  expect(messagesOf('collector-keeps-offsets', moved)).toEqual([]);
});
