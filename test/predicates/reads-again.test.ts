import { messagesOf } from '../safety/rules/fixtures';

interface Options {
  readonly container?: string;
  readonly image?: string;
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
}

const FILES = { 'a.yaml': 'a: b' };

const manifest = ({ container, image = 'acme/app:1.0.0', path = '/conf', files = FILES }: Options) => {
  const fields = container === undefined ? '' : `${container}, `;
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      containers:
        - {${fields}name: app, image: "${image}", volumeMounts: [{name: conf, mountPath: ${path}}]}
      volumes: [{name: conf, configMap: {name: conf}}]
---
${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf' }, data: files })}
`;
};

test.each<[string, Options]>([
  ['an option to reload', { container: 'args: [--config.reload-interval=30s]' }],
  ['an option to refresh a file', { container: 'args: [receive, --receive.hashrings-file-refresh-interval=1m]' }],
  ['an option to watch', { container: 'args: [run, --watch]' }],
  ['an option in a script', { container: 'command: [sh, -c, "exec app --watch-config"]' }],
  ['a variable', { container: 'env: [{name: VECTOR_WATCH_CONFIG, value: "true"}]' }],
  ['a web server', { path: '/usr/share/nginx/html' }],
  ['a program with another image', { container: 'command: [/local-path-provisioner, start]', image: 'lpp:v0.0.1' }],
  ['an image with a longer name', { image: 'acme/local-path-provisioner-distroless:1.0.0' }],
  ['an image that watches its files', { image: 'quay.io/acme/config-reloader:1.0.0' }],
  [
    'the file of the hashrings',
    { container: 'args: [--receive.hashrings-file=/conf/h.json]', files: { 'h.json': '[]' } },
  ],
  [
    'the runtime file of an option',
    { container: 'args: [-runtime-config.file=/conf/o.yaml]', files: { 'o.yaml': '{}' } },
  ],
  ['the hosts that SSH knows', { files: { ssh_known_hosts: 'git.example.com ssh-ed25519 AAAA' } }],
  ['a setting of Log4j', { files: { 'log4j2.properties': 'monitorInterval = 30' } }],
  ['a plugin of CoreDNS', { files: { Corefile: '.:53 {\n  errors\n  reload\n}' } }],
  ['a script that only a probe runs', { container: 'livenessProbe: {exec: {command: [sh, -c, /conf/a.yaml]}}' }],
])('accepts files that the app reads again because of %s', (_, options) => {
  expect(messagesOf('config-change-rolls-pods', manifest(options))).toEqual([]);
});

test.each<[string, Options]>([
  ['nothing', {}],
  ['an option that is off', { container: 'args: [--reload=false]' }],
  ['an option that watches a namespace', { container: 'args: [--watch-namespace=shop]' }],
  ['an endpoint that nothing calls', { container: 'args: [--web.enable-lifecycle]' }],
  ['a variable that is off', { container: 'env: [{name: VECTOR_WATCH_CONFIG, value: "false"}]' }],
  [
    'one runtime file next to a file that is read once',
    { container: 'args: [-runtime-config.file=/conf/o.yaml]', files: { 'o.yaml': '{}', 'main.yaml': '{}' } },
  ],
  [
    'a script that the app runs too',
    { container: 'command: [/conf/a.yaml], livenessProbe: {exec: {command: [/conf/a.yaml]}}' },
  ],
])('reports files with %s', (_, options) => {
  expect(messagesOf('config-change-rolls-pods', manifest(options))).toHaveLength(1);
});

test('a mount with subPath never shows changes', () => {
  const options = { container: 'args: [--watch]', path: '/conf/a.yaml, subPath: a.yaml' };
  expect(messagesOf('no-sub-path-config', manifest(options))).toHaveLength(1);
});
