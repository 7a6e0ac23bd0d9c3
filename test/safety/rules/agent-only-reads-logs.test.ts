import { messagesOf, podOfKind } from './fixtures';

const agent = (image: string, path: string, kind = 'DaemonSet', container = '') =>
  podOfKind(kind, { volume: `hostPath: {path: ${path}}`, container })
    .replace('acme/app:1', image)
    .replace('mountPath: /data', `mountPath: ${path}`);
const checked = (...options: Parameters<typeof agent>) => messagesOf('agent-only-reads-logs', agent(...options));

test.each([
  ['fluent/fluentd:v1.18', '/var/log'],
  ['fluent/fluent-bit:4.1', '/var/lib/docker/containers'],
  ['grafana/promtail:3', '/var/log/pods'],
  ['timberio/vector:0.50', '/var/log/'],
  // its default offsets are elsewhere
  ['docker.elastic.co/beats/filebeat:9', '/var/log'],
])('reports %s with %s', (image, path) => {
  expect(checked(image, path)).toEqual([
    expect.stringMatching(/^Container 'app' only reads the logs in '\/[\w/]+' of the node, but can write there\.$/),
  ]);
});

test.each<Parameters<typeof agent>>([
  // the default configuration keeps its offsets there
  ['fluent/fluentd-kubernetes-daemonset:v1', '/var/log'],
  ['quay.io/fluentd_elasticsearch/fluentd:v2.5.2', '/var/log'],
  ['grafana/promtail:3', '/var/log'],
  ['grafana/promtail:3', '/var/log', 'DaemonSet', 'args: [-positions.file=/var/log/p.yaml]'],
  ['fluent/fluent-bit:4.1', '/var/log', 'DaemonSet', 'args: ["-p", "db=/var/log/pos.db"]'],
  ['fluent/fluent-bit:4.1', '/var/lib/agent'],
  ['acme/agent:1', '/var/log'],
  ['fluent/fluent-bit:4.1', '/var/log', 'Deployment'],
])('accepts %s with %s', (...options) => {
  expect(checked(...options)).toEqual([]);
});

test('accepts a read-only mount', () => {
  const readOnly = agent('fluent/fluent-bit:4.1', '/var/log').replace('/var/log}]', '/var/log, readOnly: true}]');
  expect(messagesOf('agent-only-reads-logs', readOnly)).toEqual([]);
});
