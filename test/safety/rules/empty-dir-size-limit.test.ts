import { podOfKind, severitiesOf } from './fixtures';

const withPath = (path: string, image = 'acme/app:1') =>
  podOfKind('Deployment', { volume: 'emptyDir: {}' }).replace('/data', path).replace('acme/app:1', image);

test.each([
  ['/var/cache/nginx', 'info'],
  ['/srv/cache', 'warning'],
  ['/var/log', 'warning'],
  ['/app/uploads', 'warning'],
  ['/tmp', 'info'],
  ['/etc/app', 'info'],
  ['/var/jenkins_cache', 'info'],
  ['/home/node/.cache', 'info'],
])('an emptyDir without a limit at %s has the severity %s', (path, severity) => {
  expect(severitiesOf('empty-dir-size-limit', withPath(path))).toEqual([severity]);
});

test('a volume with the state of a server is a finding of the rule on state', () => {
  const server = withPath('/var/lib/redis-dump', 'redis:8').replace(
    'name: app,',
    'name: app, args: [--dir, /var/lib/redis-dump],',
  );
  expect(severitiesOf('empty-dir-size-limit', server)).toEqual(['info']);
});

test.each([
  ['/data', 'info'],
  ['/srv', 'warning'],
])('a directory of logs within %s has the severity %s if the app has its files in /data', (parent, severity) => {
  const mounts = `[{name: data, mountPath: ${parent}/logs}, {name: files, mountPath: /data}]`;
  const pod = podOfKind('Deployment', { volume: 'emptyDir: {}' })
    .replace(/\[\{name: data, mountPath: [^\]]*\]/, mounts)
    .replace('volumes: [', 'volumes: [{name: files, persistentVolumeClaim: {claimName: files}}, ');
  expect(severitiesOf('empty-dir-size-limit', pod)).toEqual([severity]);
});

test('the cache directory of a web server only contains temporary files', () => {
  const pod = withPath('/var/cache/nginx').replace(/\bname: data\b/g, 'name: nginx-cache');
  expect(severitiesOf('empty-dir-size-limit', pod)).toEqual(['info']);
});
