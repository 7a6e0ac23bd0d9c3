import { configMap, messagesOf, podOfKind } from './fixtures';

const RULE = 'mount-hides-image-files';

const collector = podOfKind('DaemonSet', { volume: 'configMap: {name: config}' })
  .replace('acme/app:1', 'fluent/fluent-bit:4.0.1')
  .replace('mountPath: /data', 'mountPath: /fluent-bit/etc');

const files = (data: string) => configMap('config').replace('data: {a: b}', `data: {${data}}`);

test.each([
  ['"fluent-bit.conf": "[OUTPUT]\\n    Name stdout\\n"', 0],
  ['"fluent-bit.conf": "[SERVICE]\\n    Parsers_File parsers.conf\\n"', 1],
  ['"fluent-bit.conf": "[SERVICE]\\n    Parsers_File parsers.conf\\n", "parsers.conf": "[PARSER]\\n"', 0],
  ['"fluent-bit.conf": "@INCLUDE /fluent-bit/etc/inputs.conf\\n"', 1],
  ['"fluent-bit.conf": "@INCLUDE /other/inputs.conf\\n"', 0],
])('checks whether the files {%s} replace the configuration of Fluent Bit', (data, count) => {
  expect(messagesOf(RULE, collector, files(data))).toHaveLength(count);
});

const gateway = podOfKind('Deployment', { volume: 'configMap: {name: config}' })
  .replace('acme/app:1', 'nginx:1.27.4')
  .replace('mountPath: /data', 'mountPath: /etc/nginx');

test.each([
  ['"nginx.conf": "http {\\n  proxy_pass http://app;\\n}\\n"', 0],
  ['"nginx.conf": "http {\\n  listen 8080;\\n}\\n"', 1],
  ['"nginx.conf": "http {\\n  include mime.types;\\n  proxy_pass http://app;\\n}\\n"', 1],
  ['"nginx.conf": "http {\\n  include /etc/nginx/mime.types;\\n  proxy_pass http://app;\\n}\\n"', 1],
  ['"nginx.conf": "include mime.types;\\nproxy_pass http://app;\\n", "mime.types": "types {}\\n"', 0],
  ['"nginx.conf": "include /etc/nginx/conf.d/*.conf;\\ngrpc_pass grpc://app;\\n"', 0],
  ['"default.conf": "proxy_pass http://app;\\n"', 1],
])('checks whether the files {%s} replace the configuration of nginx', (data, count) => {
  expect(messagesOf(RULE, gateway, files(data))).toHaveLength(count);
});

test('reports an emptyDir at a directory of configuration files', () => {
  expect(messagesOf(RULE, collector.replace('configMap: {name: config}', 'emptyDir: {}'))).toHaveLength(1);
});

test.each([
  ['/app', 'emptyDir: {}', '', 0],
  ['/app', 'configMap: {name: config}', '', 1],
  ['/app', 'configMap: {name: config}', 'command: [python, /app/main.py]', 0],
  ['/app', 'configMap: {name: config}', 'command: [sh, -c, "exec node /opt/main.js"]', 1],
  ['/opt', 'persistentVolumeClaim: {claimName: data}', 'args: ["--config=x; /opt/bin/run"]', 0],
  ['/root', 'configMap: {name: config}', '', 0],
  ['/usr/bin', 'emptyDir: {}', 'command: [/usr/bin/app]', 1],
])('checks a mount at %s of {%s} with {%s}', (path, volume, container, count) => {
  const pod = podOfKind('Deployment', { volume, container }).replace('mountPath: /data', `mountPath: ${path}`);
  expect(messagesOf(RULE, pod)).toHaveLength(count);
});
