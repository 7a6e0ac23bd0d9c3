import { Duration } from 'cdk8s';
import { DatabaseEngine, DatabaseEngineSpec, HealthCheck } from '../../../src';
import { creating, CUSTOM_SPEC, objectsOf, server } from '../fixtures';

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

describe('a health check of the engine', () => {
  const probesWith = (facts: Partial<DatabaseEngineSpec>) =>
    server(objectsOf({ engine: DatabaseEngine.custom({ ...CUSTOM_SPEC, ...facts }) }));

  test('asks the server over HTTPS, and spares one that recovers', () => {
    const healthCheck = HealthCheck.http('/ready', { https: true, livenessPath: '/live', portName: 'database' });
    const { startupProbe, readinessProbe, livenessProbe } = probesWith({ healthCheck });
    const request = (path: string) => ({ httpGet: { path, port: 'database', scheme: 'HTTPS' } });
    expect(startupProbe).toEqual({ ...request('/live'), periodSeconds: 3, timeoutSeconds: 10, failureThreshold: 1200 });
    expect(readinessProbe).toEqual({ ...request('/ready'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 });
    expect(livenessProbe).toEqual({ ...request('/live'), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 });
  });

  test('asks the server over gRPC at another port', () => {
    const { readinessProbe, livenessProbe } = probesWith({ healthCheck: HealthCheck.grpc({ port: 8001 }) });
    expect([readinessProbe.grpc, livenessProbe.tcpSocket]).toEqual([{ port: 8001 }, { port: 8001 }]);
  });

  test('decides the timing', () => {
    const { readinessProbe, livenessProbe } = probesWith({
      healthCheck: HealthCheck.tcp({ period: Duration.seconds(30), failureThreshold: 4 }),
    });
    expect(readinessProbe).toMatchObject({ periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 4 });
    expect(livenessProbe).toMatchObject({ periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 4 });
  });

  test('gives way to a command of the engine', () => {
    const { startupProbe, readinessProbe, livenessProbe } = probesWith({
      healthCheck: HealthCheck.http('/ready'),
      startupCommand: ['started', '--port', '{port}'],
    });
    expect(startupProbe.exec.command).toEqual(['started', '--port', '8000']);
    expect([readinessProbe.httpGet, livenessProbe.tcpSocket]).toEqual([{ path: '/ready', port: 8000 }, { port: 8000 }]);
  });
});
