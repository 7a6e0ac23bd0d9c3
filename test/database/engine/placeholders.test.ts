import { Size } from 'cdk8s';
import { DatabaseEngine, DatabaseEngineSpec } from '../../../src';
import { configOf, creating, MONGODB, objectsOf, POSTGRES, server, specOf } from '../fixtures';

const engineWith = (facts: Partial<DatabaseEngineSpec>) => DatabaseEngine.custom({ ...specOf(POSTGRES), ...facts });

test('replaces every placeholder of the server', () => {
  const command = ['{data}', '{mount}', '{port}', '{user}', '{database}', '{config}', '{password}', '{run}'];
  const engine = engineWith({ command, exclusiveLock: false, initializedMarker: undefined });
  // a script in front of the command checks the password
  expect(server(objectsOf({ engine, user: 'alice', database: 'shop' })).command.slice(4)).toEqual([
    '/var/lib/postgresql/data/pgdata',
    '/var/lib/postgresql/data',
    '5432',
    'alice',
    'shop',
    '/etc/postgresql/postgresql.conf',
    '/run/secrets/database/password',
    '/run/database',
  ]);
});

test('sets POD_IP only for an engine that uses the IP address of the pod', () => {
  const podIp = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };
  expect(server(objectsOf({ engine: MONGODB })).env).toContainEqual(podIp);
  expect(server(objectsOf()).env.map(({ name }: any) => name)).not.toContain('POD_IP');
  for (const prop of ['livenessCommand', 'preStartCommands'] as const) {
    const engine = engineWith({ [prop]: ['sh', '-c', 'ask {podIp}'] });
    expect(server(objectsOf({ engine })).env).toContainEqual(podIp);
  }
});

test("does not replace placeholders in the user's settings", () => {
  const config = configOf(objectsOf({ settings: { log_line_prefix: '{data} ' } }));
  expect(config).toContain("log_line_prefix = '{data} '\n");
  expect(config).toContain("include '/var/lib/postgresql/data/pgdata/postgresql.conf'\n");
});

test('leaves the variables and blocks of a shell', () => {
  const engine = engineWith({ command: ['sh', '-c', 'a() { echo ${HOME}; }'], initializedMarker: undefined });
  expect(server(objectsOf({ engine })).command.slice(-1)).toEqual(['a() { echo ${HOME}; }']);
});

test.each<[string, Partial<DatabaseEngineSpec>]>([
  ['command', { command: ['start', '{constructor}', '{password}'] }],
  ['preStartCommands', { preStartCommands: ['touch {constructor}'] }],
  ['startupCommand', { startupCommand: ['{constructor}'] }],
  ['readinessCommand', { readinessCommand: ['{constructor}'] }],
  ['livenessCommand', { livenessCommand: ['{constructor}'] }],
  ['env', { env: { HOST: '{constructor}' } }],
  ['configPreamble', { configPreamble: ['include {constructor}'] }],
  ['settings', { settings: { jit: '{constructor}' } }],
  ['lowMemorySettings', { lowMemorySettings: { jit: '{constructor}' } }],
])("refuses an unknown placeholder in '%s'", (prop, facts) => {
  expect(creating({ engine: engineWith(facts), memory: Size.gibibytes(1) })).toThrow(
    `[test/orders] The engine's '${prop}' contains the unknown placeholder '{constructor}'. Use '{config}', ` +
      "'{data}', '{database}', '{mount}', '{password}', '{podIp}', '{port}', '{run}' or '{user}', or write a " +
      "space after '{' if it is not a placeholder.",
  );
});

test('refuses placeholders of the server in the arguments of the exporter', () => {
  const exporter = { image: 'acme/exporter:1', port: 9100, args: ['{password}'] };
  expect(creating({ engine: engineWith({ exporter }) })).toThrow(
    "[test/orders] The engine's 'exporter.args' contains the unknown placeholder '{password}'. Use '{port}' or " +
      "'{user}'",
  );
});

test.each(['waitCommand', 'tlsWaitCommand'])("refuses every placeholder in '%s', which runs in another pod", prop => {
  expect(creating({ engine: engineWith({ [prop]: ['ask', '{port}'] }) })).toThrow(
    `[test/orders] The engine's '${prop}' contains the unknown placeholder '{port}'. Use the variables 'DB_HOST' ` +
      "and 'DB_PORT' instead.",
  );
});
