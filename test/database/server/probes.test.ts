import { Duration } from 'cdk8s';
import { creating, objectsOf, server } from '../fixtures';

test('the liveness probe of PostgreSQL succeeds while the server rejects connections', () => {
  const { startupProbe, livenessProbe, readinessProbe } = server(objectsOf());
  expect(livenessProbe.exec.command).toEqual([
    'sh',
    '-c',
    'pg_isready -q -h 127.0.0.1 -p 5432 -U app -d postgres; test $? -le 1',
  ]);
  expect(startupProbe.exec.command.slice(-1)).toEqual(livenessProbe.exec.command.slice(-1));
  expect(readinessProbe.exec.command[0]).toBe('pg_isready');
});

test('the startup probe fails while the data is being initialized', () => {
  expect(server(objectsOf()).startupProbe.exec.command[2]).toMatch(
    /^if \[ -e \/var\/lib\/postgresql\/data\/\.initialising \]; then/,
  );
});

test('allows the startup timeout', () => {
  const { periodSeconds, failureThreshold } = server(objectsOf({ startupTimeout: Duration.minutes(5) })).startupProbe;
  expect(periodSeconds * failureThreshold).toBe(300);
});

test('refuses a startup timeout that is too short for a recovery', () => {
  expect(creating({ startupTimeout: Duration.seconds(30) })).toThrow(
    "[test/orders] 'startupTimeout' of 30 seconds is too short for a database to recover. Use 60 seconds or more.",
  );
});
