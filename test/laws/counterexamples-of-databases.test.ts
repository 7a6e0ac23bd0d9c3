import { Duration, Size } from 'cdk8s';
import {
  ConfigFormat,
  DatabaseAddress,
  DatabaseClient,
  DatabaseClientOptions,
  DatabaseCredentials,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseEngineSpec,
  ExternalDatabase,
  IDatabase,
  PostgresVersion,
  SecretSource,
  StatefulDatabaseProps,
  CaCertificate,
} from '../../src';
import { configOf, database, server } from '../database/fixtures';
import { synth, workload } from '../synth';

// generated programs that failed without an error of the library, or rendered a manifest that no server can run from
test('refuses an external database whose CA certificate has no name', () => {
  expect(() =>
    synth(
      chart =>
        new ExternalDatabase(chart, 'orders', {
          engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
          address: DatabaseAddress.host('db.example.com', { cidrs: ['10.0.0.0/8'] }),
          credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders')),
          caCertificate: CaCertificate.fromSecret(SecretSource.fromName('')),
        }),
    ),
  ).toThrow("[test/orders] Invalid name '' for the Secret of 'caCertificate'.");
});

describe('a custom engine', () => {
  const spec: DatabaseEngineSpec = {
    type: 'surreal',
    image: 'acme/server:1',
    port: 8000,
    runAsUser: 999,
    runAsGroup: 999,
    mountPath: '/data',
    command: ['server'],
    passwordFileVariables: ['PASSWORD_FILE'],
    configPath: '/etc/server.conf',
    shutdownTimeout: Duration.seconds(30),
    minimumMemory: Size.mebibytes(64),
    minimumStorage: Size.gibibytes(1),
  };
  const render = (more: Partial<DatabaseEngineSpec>, props: Partial<StatefulDatabaseProps> = {}) =>
    synth(chart => {
      database(chart, { engine: DatabaseEngine.custom({ ...spec, ...more }), ...props });
    });
  const line = { description: 'cache', setting: 'cache' };

  test.each<[string, Partial<DatabaseEngineSpec>, string]>([
    ['a user that is not a number', { runAsUser: NaN }, "Invalid value NaN for the engine's 'runAsUser'."],
    [
      'a group that overflows an int32',
      { runAsGroup: 2 ** 31 },
      "Invalid value 2147483648 for the engine's 'runAsGroup'.",
    ],
    [
      'a minimum storage of zero',
      { minimumStorage: Size.kibibytes(0) },
      "Invalid size 0Ki for the engine's 'minimumStorage'.",
    ],
    ['an empty command', { command: [] }, "The engine's 'command' is empty."],
    ['an empty readiness command', { readinessCommand: [] }, "The engine's 'readinessCommand' is empty."],
    [
      'a data directory that leaves its mount',
      { dataPath: '/data/../etc' },
      "The engine's 'dataPath' is '/data/../etc', which is not an absolute path in a container.",
    ],
    [
      'a mount path with a space',
      { mountPath: '/da ta' },
      "The engine's 'mountPath' is '/da ta', which a shell does not read as one word.",
    ],
    [
      'a configuration file without a name',
      { configPath: '/' },
      "The engine's 'configPath' is '/', which is not a file.",
    ],
    [
      'a configuration file whose name starts with two dots',
      { configPath: '/etc/..a' },
      "'..a' is not a valid path below the mount.",
    ],
    [
      'settings without a configuration file',
      { configPath: undefined, settings: { a: 'b' } },
      "The engine has the setting 'a', but no configuration file to write it to.",
    ],
    ['a setting of two lines', { settings: { a: 'b\nc' } }, "Setting 'a' has a line break or a NUL character."],
    [
      'a setting named like a member of every JavaScript object',
      { settings: { constructor: 'b' } as any },
      "Invalid setting name 'constructor'.",
    ],
    [
      'a share that is not a number',
      { memoryBudget: [{ ...line, share: NaN }] },
      "Invalid value NaN for 'share' of 'cache' in 'memoryBudget'.",
    ],
    [
      'a granularity of zero',
      { memoryBudget: [{ ...line, granularityMib: 0 }] },
      "Invalid value 0 for 'granularityMib' of 'cache' in 'memoryBudget'.",
    ],
    [
      'a multiplier that is not a concurrency limit',
      { memoryBudget: [{ ...line, multiplyBy: ['connections'] }] },
      "'multiplyBy' of 'cache' in 'memoryBudget' contains 'connections', which 'concurrencyLimits' does not contain.",
    ],
    [
      'a fractional minimum',
      { concurrencyLimits: [{ setting: 'connections', min: 0.5, max: 9 }] },
      "Invalid value 0.5 for 'min' of 'connections' in 'concurrencyLimits'.",
    ],
    [
      'a minimum above the maximum',
      { concurrencyLimits: [{ setting: 'connections', min: 9, max: 5 }] },
      "Invalid value 5 for 'max' of 'connections' in 'concurrencyLimits'.",
    ],
    [
      'two items that take the remainder',
      {
        memoryBudget: [
          { ...line, takesRemainder: true },
          { description: 'more', takesRemainder: true },
        ],
      },
      "'memoryBudget' sets 'takesRemainder' for 'cache' and 'more'.",
    ],
    [
      'a share of the volume above 1',
      { volumeBudget: [{ setting: 'log', share: 2 }] },
      "Invalid value 2 for 'share' of 'log' in 'volumeBudget'.",
    ],
    [
      'an infinite ratio of storage to memory',
      { storagePerMemory: Infinity },
      "Invalid value Infinity for 'storagePerMemory' of the engine.",
    ],
    [
      'an initialized marker without an init directory',
      { initializedMarker: 'VERSION' },
      "The engine has an 'initializedMarker', but its image runs no '.sh' scripts of an 'initDirectory'.",
    ],
    [
      'an initialized marker without shell scripts',
      { initializedMarker: 'VERSION', initDirectory: '/init.d', initExtensions: ['.sql'] },
      "The engine has an 'initializedMarker', but its image runs no '.sh' scripts of an 'initDirectory'.",
    ],
    [
      'an initialized marker with a space',
      { initializedMarker: 'a b', initDirectory: '/init.d' },
      "The engine's 'initializedMarker' is 'a b', which is not a path below the data directory.",
    ],
  ])('refuses %s', (_, more, message) => {
    expect(() => render(more)).toThrow(`[test/orders] ${message}`);
  });

  test('refuses a placeholder named like a member of every JavaScript object', () => {
    expect(() => render({ command: ['server', '{constructor}', '{data}'] })).toThrow(
      "[test/orders] The engine's 'command' contains the unknown placeholder '{constructor}'.",
    );
  });

  test('keeps a variable named like a member of every JavaScript object', () => {
    expect(server(render({ passwordFileVariables: ['__proto__'] })).env).toEqual([
      { name: '__proto__', value: '/run/secrets/database/password' },
    ]);
  });

  test('gives the remainder to a setting whose multiplier is zero', () => {
    const objects = render({
      memoryBudget: [{ ...line, takesRemainder: true, multiplyBy: ['connections'] }],
      concurrencyLimits: [{ setting: 'connections', min: 0, max: 0 }],
    });
    expect(configOf(objects)).toBe('cache 1024MB\nconnections 0\n');
  });

  test('refuses a setting whose name is a prefix of another', () => {
    const yaml = { configFormat: ConfigFormat.YAML, settings: { cache: '5' } };
    expect(() => render(yaml, { settings: { 'cache.size': '5' } })).toThrow(
      "[test/orders] 'settings' contains 'cache' and 'cache.size', but the second is a part of the first.",
    );
  });

  test('writes a setting with a leading zero as a string', () => {
    expect(configOf(render({ configFormat: ConfigFormat.YAML, settings: { mode: '010', port: '10' } }))).toBe(
      'mode: "010"\nport: 10\n',
    );
  });
});

test.each([NaN, Infinity])('refuses a startup timeout of %d seconds', seconds => {
  expect(() =>
    synth(chart => {
      database(chart, { startupTimeout: Duration.seconds(seconds) });
    }),
  ).toThrow(`[test/orders] Invalid value ${seconds} for 'startupTimeout' in seconds.`);
});

test('refuses a size whose unit is named like a member of every JavaScript object', () => {
  expect(() =>
    synth(chart => {
      database(chart, { settings: { work_mem: '5constructor' } });
    }),
  ).toThrow("[test/orders] Setting 'work_mem' is '5constructor', which the engine does not read as a size.");
});

describe('a custom database', () => {
  const endpoint: DatabaseEndpoint = {
    name: 'orders',
    type: 'postgresql',
    host: 'db',
    port: 5432,
    user: 'app',
    secretName: 'orders',
    passwordKey: 'password',
  };
  const client = (more: Partial<DatabaseEndpoint>, options: DatabaseClientOptions = {}) => {
    const custom: IDatabase = {
      endpoint: { ...endpoint, ...more },
      client: clientOptions => new DatabaseClient(custom, clientOptions),
    };
    return synth(chart => workload(chart).add(custom.client(options)));
  };

  test.each<[string, Partial<DatabaseEndpoint>, string]>([
    ['a port that is not a number', { port: NaN }, "Invalid value NaN for 'port' of the endpoint."],
    ['a Secret without a name', { secretName: '' }, "Invalid name '' for 'secretName' of the endpoint."],
    ['a key that a Secret cannot have', { passwordKey: 'a b' }, "Invalid key 'a b' of a Secret."],
    [
      'a protocol that a URL cannot have',
      { type: '' },
      "'type' of the database is '', which is not a valid scheme of a URL.",
    ],
    [
      'a namespace that is not a DNS label',
      { namespace: 'a/b' },
      "'namespace' of the endpoint 'a/b' is not a valid DNS label.",
    ],
    [
      'labels that select all pods',
      { podLabels: {} },
      "'podLabels' of the endpoint is empty, which selects all pods in the namespace.",
    ],
    ['an invalid label', { podLabels: { 'a b': 'c' } }, "Invalid key 'a b' of 'podLabels' of the endpoint."],
    [
      'an invalid CIDR block',
      { cidrs: ['10.0.0.0/33'] },
      "'cidrs' of the endpoint contains '10.0.0.0/33', which is not a CIDR block.",
    ],
    [
      'a CA certificate at a key that a ConfigMap cannot have',
      { caCertificate: CaCertificate.fromConfigMapName('a', { key: 'b c' }) },
      "Invalid key 'b c' of the ConfigMap of 'caCertificate'.",
    ],
    ['an empty wait command', { waitImage: 'acme/wait:1', waitCommand: [] }, "'waitCommand' is empty."],
    [
      'a name that a NetworkPolicy cannot have',
      { name: '', podLabels: { a: 'b' }, requiresNetworkPolicy: true },
      "Invalid name '-from-test-app-db' for the NetworkPolicy of the database.",
    ],
  ])('refuses %s', (_, more, message) => {
    expect(() => client(more, { id: 'db' })).toThrow(`[test/app/db] ${message}`);
  });

  test('accepts labels without a prototype', () => {
    const podLabels = Object.assign(Object.create(null), { a: 'b' });
    expect(JSON.stringify(client({ podLabels }))).toContain('"matchLabels":{"a":"b"}');
  });
});
