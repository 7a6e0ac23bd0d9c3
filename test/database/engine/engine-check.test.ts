import { Duration } from 'cdk8s';
import { DatabaseEngine, DatabaseEngineSpec, HealthCheck } from '../../../src';
import { creating, CUSTOM_SPEC, objectsOf, POSTGRES, server, specOf } from '../fixtures';

const engineWith = (facts: Partial<DatabaseEngineSpec>) => DatabaseEngine.custom({ ...CUSTOM_SPEC, ...facts });

test('runs a custom engine from its facts', () => {
  const container = server(objectsOf({ engine: engineWith({}) }));
  expect(container.command.slice(4)).toEqual([
    'start',
    '--password-file',
    '/run/secrets/database/password',
    '--port',
    '8000',
  ]);
  expect(container.readinessProbe.tcpSocket).toEqual({ port: 8000 });
});

test.each(['/data;id', '/data $HOME', '/$(id)', '/`id`', '/a\nb', "/a'b", '/a"b', '/a\\b', '/a*', '/a&b', '/a|b'])(
  'refuses the path %j, which a shell would not read as one word',
  path => {
    expect(creating({ engine: engineWith({ mountPath: path }) })).toThrow("'mountPath'");
    expect(creating({ engine: engineWith({ dataPath: `/data${path}` }) })).toThrow("'dataPath'");
  },
);

test.each<[string, Partial<DatabaseEngineSpec>, string]>([
  [
    'an anonymous volume',
    { declaredVolumes: ['/data/db'] },
    "The engine's 'declaredVolumes' contains '/data/db', which is neither its 'mountPath' '/data' nor one of its " +
      "'writableDirectories'. Data there would be lost. Set 'mountPath' to '/data/db', or add it to " +
      "'writableDirectories'.",
  ],
  [
    'a data directory outside of the claim',
    { dataPath: '/var/lib/data' },
    "The engine's 'dataPath' is '/var/lib/data', outside of its 'mountPath' '/data'. The data would not be on the " +
      "claim. Set 'mountPath' to the data directory or a parent of it.",
  ],
  [
    'a server that gets no password',
    { command: ['start'] },
    "The engine does not get a password, and would admit every client. Set 'passwordFileVariables', or use " +
      "'{password}' in 'command' or 'preStartCommands'.",
  ],
  [
    'a password placeholder that the shell would expand',
    { command: ['sh', '-c', 'start ${password}'] },
    'The engine does not get a password',
  ],
  [
    'a health check that is not one',
    { healthCheck: {} as never },
    "The engine's 'healthCheck' is not a HealthCheck. Use one, for example 'HealthCheck.tcp()'.",
  ],
  [
    'a health check without a startup and readiness probe',
    { healthCheck: HealthCheck.tcp().restartOnly() },
    "The engine's 'healthCheck' only restarts the server. Remove '.restartOnly()'.",
  ],
  [
    'a startup timeout of the engine',
    { healthCheck: HealthCheck.tcp({ startupTimeout: Duration.hours(2) }) },
    "The engine's 'healthCheck' sets 'startupTimeout', but the time that a recovery takes depends on the data. Set " +
      "'startupTimeout' of the database instead.",
  ],
  [
    'a health check by command',
    { healthCheck: HealthCheck.command(['ready']) },
    "The engine's 'healthCheck' is a command. Set 'readinessCommand' instead, which can contain placeholders.",
  ],
  [
    'an invalid health check',
    { healthCheck: HealthCheck.http('ready') },
    "'path' of the health check is 'ready'. Start it with '/'.",
  ],
  [
    'a health check that misses half-initialized data',
    { healthCheck: HealthCheck.http('/ready'), initializedMarker: 'VERSION', initDirectory: '/init' },
    "The engine has an 'initializedMarker', which its 'healthCheck' cannot look for. A server that is being " +
      "initialized would receive clients. Set 'startupCommand' in addition, or omit 'initializedMarker'.",
  ],
])('refuses %s', (_, facts, message) => {
  expect(creating({ engine: engineWith(facts) })).toThrow(`[test/orders] ${message}`);
});

test('refuses to mount the claim of PostgreSQL 17 at the parent of the volume of its image', () => {
  const engine = DatabaseEngine.custom({ ...specOf(POSTGRES), mountPath: '/var/lib/postgresql' });
  expect(creating({ engine })).toThrow(
    "[test/orders] The engine's 'declaredVolumes' contains '/var/lib/postgresql/data', which is neither its " +
      "'mountPath' '/var/lib/postgresql' nor one of its 'writableDirectories'.",
  );
});
