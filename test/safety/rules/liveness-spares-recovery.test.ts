import { messagesOf, podOfKind } from './fixtures';

const RULE = 'liveness-spares-recovery';
const probed = (image: string, command: string) =>
  podOfKind('StatefulSet', {
    container: `livenessProbe: {exec: {command: ${command}}, periodSeconds: 5, failureThreshold: 3}`,
  }).replace('acme/app:1', image);
const KILLS = 'kills a server that is still recovering or loading.';
const RESTARTS = 'is restarted if it does not recover within 15 seconds.';

test.each([
  ['redis:8.2.1', '[redis-cli, ping]', undefined],
  ['redis:8.2.1', '[sh, -c, "redis-cli ping | grep PONG"]', KILLS],
  ['redis:8.2.1', '[sh, -c, "redis-cli ping | grep -E \'PONG|LOADING\'"]', undefined],
  ['redis:8.2.1', '[ls, /data]', undefined],
  ['postgres:17.2', '[pg_isready]', KILLS],
  ['postgres:17.2', '[psql, -c, "SELECT 1"]', RESTARTS],
  ['postgres:17.2', '[pgrep, postgres]', undefined],
  ['postgres:17.2', '["test", "-d", "/var/lib/postgresql/data"]', undefined],
  ['mysql:8.4.3', '[mysqladmin, ping]', RESTARTS],
  ['mysql:8.4.3', '[sh, -c, "/usr/bin/mysqladmin ping"]', RESTARTS],
  ['mysql:8.4.3', '[bash, -c, "echo > /dev/tcp/127.0.0.1/3306"]', RESTARTS],
  ['mysql:8.4.3', '[/opt/health.sh]', undefined],
  ['mongo:8.0.1', '[mongo, --eval, "db.adminCommand(\'ping\')"]', RESTARTS],
])('judges a liveness probe of %s with %s', (image, command, message) => {
  expect(messagesOf(RULE, probed(image, command))).toEqual(
    message === undefined ? [] : [expect.stringContaining(message)],
  );
});

test('a startup probe that does not ask the server gives it no time', () => {
  const pod = probed('mysql:8.4.3', '[mysqladmin, ping]');
  const started = pod.replace('livenessProbe:', 'startupProbe: {tcpSocket: {port: 3306}}, livenessProbe:');
  expect(messagesOf(RULE, started)).toEqual([expect.stringContaining('within 30 seconds')]);
});
