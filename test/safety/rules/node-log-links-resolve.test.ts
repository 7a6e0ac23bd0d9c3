import { messagesOf } from './fixtures';

/** An agent that mounts host paths, each at a path of its container. */
const agent = (mounts: Readonly<Record<string, string>>, args = '', config = '') => {
  const entries = Object.entries(mounts);
  const volumeMounts = entries.map(([, path], i) => `{name: v${i}, mountPath: ${path}, readOnly: true}`);
  const volumes = entries.map(([path], i) => `{name: v${i}, hostPath: {path: ${path}}}`);
  return `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: agent
          image: acme/agent:1
          args: [${args}]
          volumeMounts: [${[...volumeMounts, '{name: config, mountPath: /etc/agent}'].join(', ')}]
      volumes: [${[...volumes, '{name: config, configMap: {name: agent}}'].join(', ')}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: shop}
data: {agent.conf: "${config}"}
`;
};
const checked = (...options: Parameters<typeof agent>) => messagesOf('node-log-links-resolve', agent(...options));
const LINKS = '/var/log/containers';

test.each<[string, Record<string, string>, string, string]>([
  ['only the links', { [LINKS]: LINKS }, '', ''],
  [
    'the links and the files of Docker',
    { [LINKS]: LINKS, '/var/lib/docker/containers': '/var/lib/docker/containers' },
    '',
    '',
  ],
  ['the directory at another path', { '/var/log': '/logs' }, '', 'path /logs/containers/*.log'],
  ['the directory at another path, by an argument', { '/var/log': '/logs' }, '"--path=/logs/containers/*.log"', ''],
  ['the node at another path', { '/': '/host' }, '', '/host/var/log/containers/*.log'],
  ['the files at another path', { [LINKS]: LINKS, '/var/log/pods': '/pods' }, '', ''],
])('reports an agent that mounts %s', (_, mounts, args, config) => {
  expect(checked(mounts, args, config)).toEqual([
    expect.stringMatching(/^Container 'agent' reads links to '\/var\/log\/pods' in '[\w/]+', but does not mount/),
  ]);
});

test.each<[string, Record<string, string>, string]>([
  ['the directory', { '/var/log': '/var/log' }, '/var/log/containers/*.log'],
  ['the links and the files', { [LINKS]: LINKS, '/var/log/pods': '/var/log/pods' }, ''],
  ['only the files', { '/var/log/pods': '/var/log/pods' }, ''],
  ['the directory at another path for other logs', { '/var/log': '/logs' }, '/logs/syslog'],
  ['the node, without reading the links', { '/': '/host' }, ''],
])('accepts an agent that mounts %s', (_, mounts, config) => {
  expect(checked(mounts, '', config)).toEqual([]);
});
