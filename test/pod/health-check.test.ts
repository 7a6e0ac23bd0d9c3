import { Duration } from 'cdk8s';
import { expectRefusal, extended, podWith } from './fixtures';
import { HealthCheck } from '../../src';
import { podOf } from '../synth';

const probesOf = (healthCheck: HealthCheck, port: number | undefined = 8080) =>
  podWith({ healthCheck, port }).containers[0];

test('http checks readiness by path, and liveness and startup by port', () => {
  const container = probesOf(HealthCheck.http('/ready'));
  expect(container.readinessProbe).toEqual({
    httpGet: { path: '/ready', port: 8080 },
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 3,
  });
  expect(container.livenessProbe).toEqual({
    ...container.readinessProbe,
    httpGet: undefined,
    tcpSocket: { port: 8080 },
  });
  expect(container.startupProbe).toEqual({
    tcpSocket: { port: 8080 },
    periodSeconds: 5,
    timeoutSeconds: 5,
    failureThreshold: 60,
  });
});

test('http uses the port, paths and timing of its options', () => {
  const container = probesOf(
    HealthCheck.http('/ready', {
      livenessPath: '/live',
      port: 9000,
      startupTimeout: Duration.minutes(20),
      period: Duration.seconds(2),
      timeout: Duration.seconds(1),
      failureThreshold: 5,
    }),
  );
  expect(container.livenessProbe).toEqual({
    httpGet: { path: '/live', port: 9000 },
    periodSeconds: 2,
    timeoutSeconds: 1,
    failureThreshold: 5,
  });
  expect(container.startupProbe).toMatchObject({ periodSeconds: 2, failureThreshold: 600 });
});

test('tcp opens the port for all probes', () => {
  const { startupProbe, readinessProbe, livenessProbe } = probesOf(HealthCheck.tcp());
  expect([startupProbe, readinessProbe, livenessProbe].map(({ tcpSocket }) => tcpSocket)).toEqual(
    Array(3).fill({ port: 8080 }),
  );
});

test('grpc checks readiness by the gRPC health protocol', () => {
  const container = probesOf(HealthCheck.grpc());
  expect(container.readinessProbe.grpc).toEqual({ port: 8080 });
  expect(container.livenessProbe.tcpSocket).toEqual({ port: 8080 });
});

test('command checks liveness by port, by its own command, or without a port by the same command', () => {
  const withPort = probesOf(HealthCheck.command(['ready']));
  expect([withPort.readinessProbe.exec, withPort.livenessProbe.tcpSocket]).toEqual([
    { command: ['ready'] },
    { port: 8080 },
  ]);
  const handlers = (check: HealthCheck) => {
    const { readinessProbe, livenessProbe } = podWith({ port: undefined, healthCheck: check }).containers[0];
    return [readinessProbe.exec.command, livenessProbe.exec.command];
  };
  expect(handlers(HealthCheck.command(['ready']))).toEqual([['ready'], ['ready']]);
  expect(handlers(HealthCheck.command(['ready'], { livenessCommand: ['live'] }))).toEqual([['ready'], ['live']]);
});

test('a command can differ for startup', () => {
  const { startupProbe, livenessProbe } = probesOf(HealthCheck.command(['ready'], { startupCommand: ['started'] }));
  expect([startupProbe.exec, livenessProbe.tcpSocket]).toEqual([{ command: ['started'] }, { port: 8080 }]);
});

test('restartOnly has only a liveness probe, which waits for the startup timeout', () => {
  const healthCheck = HealthCheck.http('/health', { port: 9000, startupTimeout: Duration.seconds(30) }).restartOnly();
  const [sidecar] = podOf(extended({ sidecars: [{ name: 'a', image: 'a:1', healthCheck }] })).initContainers;
  expect(sidecar).not.toHaveProperty('startupProbe');
  expect(sidecar).not.toHaveProperty('readinessProbe');
  expect(sidecar.livenessProbe).toEqual({
    httpGet: { path: '/health', port: 9000 },
    initialDelaySeconds: 30,
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 3,
  });
});

test.each<[string, HealthCheck, string]>([
  ['a relative path', HealthCheck.http('ready'), "'path' of the health check is 'ready'. Start it with '/'."],
  [
    'a relative liveness path',
    HealthCheck.http('/ready', { livenessPath: 'live' }),
    "'livenessPath' of the health check is 'live'. Start it with '/'.",
  ],
  [
    'an empty command',
    HealthCheck.command([]),
    "'command' of the health check is empty. Set the program and its arguments.",
  ],
  [
    'an empty liveness command',
    HealthCheck.command(['ready'], { livenessCommand: [] }),
    "'livenessCommand' of the health check is empty.",
  ],
  [
    'a period of 0',
    HealthCheck.tcp({ period: Duration.seconds(0) }),
    "Invalid value 0 for 'period' of the health check in seconds. Use a whole number from 1 to 3600.",
  ],
  [
    'a long startup',
    HealthCheck.tcp({ startupTimeout: Duration.days(2) }),
    "Invalid value 172800 for 'startupTimeout' of the health check in seconds. Use a whole number from 1 to 86400.",
  ],
  [
    'a threshold of 0',
    HealthCheck.tcp({ failureThreshold: 0 }),
    "Invalid value 0 for 'failureThreshold' of the health check. Use a whole number from 1 to 1000.",
  ],
  [
    'an invalid port',
    HealthCheck.tcp({ port: 70000 }),
    "Invalid value 70000 for 'port' of the health check. Use a whole number from 1 to 65535.",
  ],
])('refuses %s', (_, healthCheck, error) => expectRefusal({ healthCheck }, error));
