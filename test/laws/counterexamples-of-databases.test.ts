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

// what generated programs have shown to come out as no error of ours, or as a manifest that no server could be run from
test('a database elsewhere whose certificate has no name to be found by is refused', () => {
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
  ).toThrow("[test/orders] The Secret of 'caCertificate' '' is not an object's name");
});

describe("an engine of the user's own", () => {
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
  const made = (more: Partial<DatabaseEngineSpec>, props: Partial<StatefulDatabaseProps> = {}) =>
    synth(chart => {
      database(chart, { engine: DatabaseEngine.custom({ ...spec, ...more }), ...props });
    });
  const line = { description: 'cache', setting: 'cache' };

  test.each<[string, Partial<DatabaseEngineSpec>, string]>([
    [
      'a user that is no number',
      { runAsUser: NaN },
      "The engine's 'runAsUser' is NaN. Give a whole number from 1 to 2147483647",
    ],
    ['a group that does not fit in an int32', { runAsGroup: 2 ** 31 }, "The engine's 'runAsGroup' is 2147483648"],
    ['no storage at least', { minimumStorage: Size.kibibytes(0) }, "The engine's 'minimumStorage' is 0Ki"],
    ['no program', { command: [] }, "The engine's 'command' is empty. Give it a program"],
    [
      'a probe without a program',
      { readinessCommand: [] },
      "The engine's 'readinessCommand' is empty. Give it a program, or leave it out",
    ],
    [
      'a data directory that leads out of its mount',
      { dataPath: '/data/../etc' },
      "The engine's 'dataPath' '/data/../etc' is not an absolute path",
    ],
    [
      'a mount path that a shell would read as two words',
      { mountPath: '/da ta' },
      "The engine's 'mountPath' is '/da ta', which a shell would not read as one word",
    ],
    [
      'a configuration file without a name',
      { configPath: '/' },
      "The engine's 'configPath' is '/', which is no file. Give it a name",
    ],
    [
      'a configuration file whose name begins with two dots',
      { configPath: '/etc/..a' },
      "'..a' is not a path below the mount",
    ],
    [
      'settings and no file for them',
      { configPath: undefined, settings: { a: 'b' } },
      "The engine has the setting 'a', but no 'configPath' to write it to. Give it one",
    ],
    ['a setting of two lines', { settings: { a: 'b\nc' } }, "The setting 'a' has more than one line"],
    [
      'a setting that JavaScript has a part of that name for',
      { settings: { constructor: 'b' } as any },
      "'settings' has 'constructor', which is no name of a setting",
    ],
    [
      'a share that is no number',
      { memoryBudget: [{ ...line, share: NaN }] },
      "'share' of 'cache' of 'memoryBudget' is NaN. Give a number from 0 to 1",
    ],
    [
      'steps of nothing',
      { memoryBudget: [{ ...line, granularityMib: 0 }] },
      "'granularityMib' of 'cache' of 'memoryBudget' is 0",
    ],
    [
      'a count that there is not',
      { memoryBudget: [{ ...line, multiplyBy: ['connections'] }] },
      "'cache' of 'memoryBudget' is multiplied by 'connections', which is none of the 'concurrencyLimits'. Add it there",
    ],
    [
      'a count of half a connection',
      { concurrencyLimits: [{ setting: 'connections', min: 0.5, max: 9 }] },
      "'min' of 'connections' of 'concurrencyLimits' is 0.5",
    ],
    [
      'a count with more at least than at most',
      { concurrencyLimits: [{ setting: 'connections', min: 9, max: 5 }] },
      "'max' of 'connections' of 'concurrencyLimits' is 5. Give a whole number from 9",
    ],
    [
      'two lines that take the rest',
      {
        memoryBudget: [
          { ...line, takesRemainder: true },
          { description: 'more', takesRemainder: true },
        ],
      },
      "'more' of 'memoryBudget' is the second item with 'takesRemainder'. Leave it to one",
    ],
    [
      'a share of the volume beyond it',
      { volumeBudget: [{ setting: 'log', share: 2 }] },
      "'share' of 'log' of 'volumeBudget' is 2. Give a number from 0 to 1",
    ],
    ['storage for memory without end', { storagePerMemory: Infinity }, "'storagePerMemory' of the engine is Infinity"],
    [
      'a first start that nothing would ever end',
      { initializedMarker: 'VERSION' },
      "The engine has an 'initializedMarker', but runs no '.sh' of an 'initDirectory'",
    ],
    [
      'a first start that no script of its kind would end',
      { initializedMarker: 'VERSION', initDirectory: '/init.d', initExtensions: ['.sql'] },
      "The engine has an 'initializedMarker', but runs no '.sh'",
    ],
    [
      'a mark of data that a shell would read as two words',
      { initializedMarker: 'a b', initDirectory: '/init.d' },
      "The engine's 'initializedMarker' is 'a b', which is no path below its data",
    ],
  ])('with %s is refused', (_, more, message) => {
    expect(() => made(more)).toThrow(`[test/orders] ${message}`);
  });

  test('keeps what looks like a placeholder and is a part of JavaScript', () => {
    expect(server(made({ command: ['server', '{constructor}', '{data}'] })).command).toEqual([
      'server',
      '{constructor}',
      '/data',
    ]);
  });

  test('keeps a variable whose name is a part of JavaScript', () => {
    expect(server(made({ passwordFileVariables: ['__proto__'] })).env).toEqual([
      { name: '__proto__', value: '/run/secrets/database/password' },
    ]);
  });

  test('has a setting that takes the rest for nobody, and is no number without end', () => {
    const rest = made({
      memoryBudget: [{ ...line, takesRemainder: true, multiplyBy: ['connections'] }],
      concurrencyLimits: [{ setting: 'connections', min: 0, max: 0 }],
    });
    expect(configOf(rest)).toBe('cache 1024MB\nconnections 0\n');
  });

  test('has no setting beside another that is a part of it', () => {
    const yaml = { configFormat: ConfigFormat.YAML, settings: { cache: '5' } };
    expect(() => made(yaml, { settings: { 'cache.size': '5' } })).toThrow(
      "[test/orders] The settings 'cache' and 'cache.size' cannot both be, for the second is a part of the " +
        'first. Leave one out',
    );
  });

  test('has a setting that begins with 0 as it is, and not as a number', () => {
    expect(configOf(made({ configFormat: ConfigFormat.YAML, settings: { mode: '010', port: '10' } }))).toBe(
      'mode: "010"\nport: 10\n',
    );
  });
});

test.each([NaN, Infinity])('a time to start of %d seconds is refused', time => {
  expect(() =>
    synth(chart => {
      database(chart, { startupTimeout: Duration.seconds(time) });
    }),
  ).toThrow(`[test/orders] 'startupTimeout' in seconds is ${time}. Give a whole number from 60 to 2592000`);
});

test('a size of a setting in a unit that is a part of JavaScript is refused', () => {
  expect(() =>
    synth(chart => {
      database(chart, { settings: { work_mem: '5constructor' } });
    }),
  ).toThrow("[test/orders] The setting 'work_mem' is '5constructor', in a unit that is not known");
});

describe("a database of the user's own making", () => {
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
    const own: IDatabase = { endpoint: { ...endpoint, ...more }, client: given => new DatabaseClient(own, given) };
    return synth(chart => workload(chart).add(own.client(options)));
  };

  test.each<[string, Partial<DatabaseEndpoint>, string]>([
    ['a port that is no number', { port: NaN }, "The database's port is NaN"],
    ['a Secret without a name', { secretName: '' }, "The Secret of the database '' is not an object's name"],
    ['a key that no Secret has', { passwordKey: 'a b' }, "'a b' cannot be a key of a Secret"],
    ['a protocol that no URL has', { type: '' }, "The database speaks '', with which no URL can begin"],
    ['a namespace that is no label', { namespace: 'a/b' }, "The namespace of the database 'a/b' is not a DNS label"],
    [
      'labels of all pods',
      { podLabels: {} },
      "The database has no labels in 'podLabels', which would select all pods there",
    ],
    ['a label that is none', { podLabels: { 'a b': 'c' } }, "The key of a label of 'podLabels' 'a b' is not one"],
    ['a block of addresses that is none', { cidrs: ['10.0.0.0/33'] }, "Its block of addresses '10.0.0.0/33' is none"],
    [
      'a certificate at a key that cannot be',
      { caCertificate: CaCertificate.fromConfigMapName('a', { key: 'b c' }) },
      "'caCertificate' has the key 'b c'",
    ],
    [
      'nothing to wait with',
      { waitImage: 'acme/wait:1', waitCommand: [] },
      'The command that waits for the database is empty',
    ],
    [
      'a name that no policy can have',
      { name: '', podLabels: { a: 'b' }, requiresNetworkPolicy: true },
      "The NetworkPolicy of the database '-from-test-app-db' is not an object's name",
    ],
  ])('with %s is refused', (_, more, message) => {
    expect(() => client(more, { id: 'db' })).toThrow(`[test/app/db] ${message}`);
  });

  test('may have labels without a prototype, as other programs make them', () => {
    const podLabels = Object.assign(Object.create(null), { a: 'b' });
    expect(JSON.stringify(client({ podLabels }))).toContain('"matchLabels":{"a":"b"}');
  });
});
