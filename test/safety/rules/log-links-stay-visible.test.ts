import { configMap, messagesOf, podOfKind } from './fixtures';

const checked = (image: string, path: string, volume = 'emptyDir: {}', container = '', ...documents: string[]) =>
  messagesOf(
    'log-links-stay-visible',
    podOfKind('Deployment', { volume, container }).replace('/data', path).replace('acme/app:1', image),
    ...documents,
  );

test.each([
  ['nginx:1.27.4', '/var/log/nginx'],
  ['docker.io/library/nginx', '/var/log'],
  ['ghcr.io/acme/mirror/nginxinc/nginx-unprivileged:1.29', '/var/log/nginx'],
  ['registry.k8s.io/ingress-nginx/controller:v1.12.0', '/var/log/nginx'],
  ['openresty/openresty:1.27', '/usr/local/openresty/nginx/logs'],
  ['wordpress:6.8-php8.3-apache', '/var/log/apache2'],
  ['php:8.4.5-apache', '/var/log/apache2'],
])('reports an empty volume over the links of %s', (image, path) => {
  expect(checked(image, path)).toEqual([
    expect.stringMatching(/^The volume 'data' hides the links of the image to stdout in '\//),
  ]);
});

test.each([
  ['bitnami/nginx:1.29', '/var/log/nginx'],
  ['ghcr.io/acme/controller:1', '/var/log/nginx'],
  ['wordpress:6.8-fpm', '/var/log/apache2'],
  ['php:8.4.5', '/var/log/apache2'],
  ['php:8.4.5-fpm', '/var/log/apache2'],
  ['ghcr.io/acme/wordpress:1', '/var/log/apache2'],
  ['nginx:1.27.4', '/var/cache/nginx'],
  ['acme/app:1', '/var/log/nginx'],
])('accepts %s with a volume at %s', (image, path) => {
  expect(checked(image, path)).toEqual([]);
});

test('accepts a volume that keeps the files, and logs that go to stdout', () => {
  expect(checked('nginx:1', '/var/log/nginx', 'persistentVolumeClaim: {claimName: a}')).toEqual([]);
  expect(checked('nginx:1', '/var/log/nginx', 'hostPath: {path: /var/log/nginx}')).toEqual([]);
  expect(checked('nginx:1', '/var/log/nginx', undefined, 'args: ["-g", "access_log /dev/stdout;"]')).toEqual([]);
});

test('accepts files that another container reads, and a configuration that logs to stdout', () => {
  const pod = podOfKind('Deployment', { volume: 'emptyDir: {}' }).replace('/data', '/var/log/nginx');
  const app = '{name: app, image: "acme/app:1"';
  const nginx = pod.replace(app, '{name: app, image: "nginx:1"');
  const shipped = nginx.replace(
    'containers: [',
    'containers: [{name: s, image: a, volumeMounts: [{name: data, mountPath: /l}]}, ',
  );
  expect(messagesOf('log-links-stay-visible', nginx)).toHaveLength(1);
  expect(messagesOf('log-links-stay-visible', shipped)).toEqual([]);
  const configured = nginx
    .replace('volumeMounts: [', 'volumeMounts: [{name: conf, mountPath: /etc/nginx/conf.d}, ')
    .replace('volumes: [', 'volumes: [{name: conf, configMap: {name: m}}, ');
  const map = configMap('m').replace('{a: b}', '{a.conf: "access_log /dev/stdout;"}');
  expect(messagesOf('log-links-stay-visible', configured, configMap('m'))).toHaveLength(1);
  expect(messagesOf('log-links-stay-visible', configured, map)).toEqual([]);
});
