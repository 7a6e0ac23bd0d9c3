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
