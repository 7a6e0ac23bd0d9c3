import { Size } from 'cdk8s';
import {
  DatabaseEngine,
  DatabaseStorage,
  InitScripts,
  MariadbVersion,
  MongodbVersion,
  MysqlVersion,
  PostgresVersion,
  RedisVersion,
  ValkeyVersion,
} from '../../../src';
import { synth } from '../../synth';
import { configOf, database, ENGINES, server, statefulSet } from '../fixtures';

describe.each(ENGINES)('%s', (_, engine) => {
  const objects = synth(chart => {
    database(chart, { engine });
  });
  const pod = statefulSet(objects).spec.template.spec;
  const container = server(objects);
  const mount = (path: string) => container.volumeMounts.find(({ mountPath }: any) => mountPath === path);
  const env = Object.fromEntries((container.env ?? []).map(({ name, value }: any) => [name, value]));

  test('has an image that is pinned to its patch and its base', () => {
    expect(container.image).toMatch(/^docker\.io\/[a-z/]+:\d+(\.\d+)+-[a-z0-9.]+$/);
  });

  test('keeps its data on the claim, below the root of the volume or in a directory that the server may clean', () => {
    const data = container.volumeMounts.find(({ name }: any) => name === 'data');
    expect(data).toBeDefined();
    expect(env.PGDATA === undefined || env.PGDATA.startsWith(`${data.mountPath}/`)).toBe(true);
    expect(/mysql|mariadb/.test(container.image)).toBe(data.subPath !== undefined);
  });

  test('runs as a user with a number, who owns the volume, without a rewrite of every file at each start', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, fsGroupChangePolicy: 'OnRootMismatch' });
    expect(pod.securityContext.runAsUser).toBeGreaterThan(0);
    expect(pod.securityContext.fsGroup).toBe(pod.securityContext.runAsGroup);
  });

  test('satisfies "restricted" with a read-only root, and bounds every directory it may write to', () => {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(pod.securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
    pod.volumes
      .filter(({ emptyDir }: any) => emptyDir)
      .forEach(({ emptyDir }: any) => expect(emptyDir.sizeLimit).toMatch(/^\d+[KMG]i$/));
    expect(mount('/tmp')).toBeDefined();
  });

  test('reads the password from a file that only its group may read, never from a variable', () => {
    expect(pod.volumes.find(({ name }: any) => name === 'credentials').secret).toEqual({
      secretName: 'orders-db',
      defaultMode: 0o440,
      items: [{ key: 'password', path: 'password' }],
    });
    expect(container.env?.filter(({ valueFrom }: any) => valueFrom?.secretKeyRef) ?? []).toEqual([]);
    expect(JSON.stringify([env, container.command])).toContain('/run/secrets/database/password');
  });

  test('may take as much memory as it is given, and no more', () => {
    expect(container.resources.limits.memory).toBe('1Gi');
    expect(container.resources.requests.memory).toBe('1Gi');
  });

  test('has time to start, recover and stop', () => {
    const {
      startupProbe: { periodSeconds, failureThreshold },
      livenessProbe,
    } = container;
    expect(periodSeconds * failureThreshold).toBe(3600);
    expect(livenessProbe.periodSeconds * livenessProbe.failureThreshold).toBe(120);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(60);
    expect(container.lifecycle).toBeUndefined();
  });

  test('is looked at over TCP, where the temporary server of the first start is not', () => {
    for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      expect(JSON.stringify(probe)).toMatch(/-h 127\.0\.0\.1|"-h","127\.0\.0\.1"|POD_IP|tcpSocket/);
    }
  });

  test('leaves no placeholder of its data unfilled', () => {
    expect(JSON.stringify(objects)).not.toMatch(/\{(data|mount|port|user|database|config|password|run)\}/);
  });

  test('can be told its least memory and storage, and no less', () => {
    const spec = engine._spec(undefined as any);
    const plan = (memory: Size) => () =>
      synth(chart => {
        database(chart, { engine, memory });
      });
    expect(plan(spec.minimumMemory)).not.toThrow();
    expect(plan(Size.mebibytes(spec.minimumMemory.toMebibytes() - 1))).toThrow(
      /less than the .*i that .* needs\. raise it/,
    );
  });

  test.each([1, 2, 4, 16, 64])('derives settings for %dGi that add up to no more', gibibytes => {
    const storage = DatabaseStorage.provisioned(Size.gibibytes(100));
    expect(() =>
      synth(chart => {
        database(chart, { engine, storage, memory: Size.gibibytes(gibibytes) });
      }),
    ).not.toThrow();
  });

  test('recognises a first start that was cut short, if its image has one', () => {
    const { initDirectory } = engine._spec(undefined as any);
    const start = container.command.join(' ');
    expect(start.includes('half-initialised')).toBe(initDirectory !== undefined);
    expect(JSON.stringify(container.startupProbe).includes('half-initialised')).toBe(initDirectory !== undefined);
    expect(mount('/docker-entrypoint-initdb.d') !== undefined).toBe(initDirectory !== undefined);
  });
});

test.each([
  ['postgres', () => DatabaseEngine.postgres({ version: PostgresVersion.of('latest') }), '17.11-trixie'],
  ['mysql', () => DatabaseEngine.mysql({ version: MysqlVersion.of('latest') }), '8.4.11-oraclelinux9'],
  ['mariadb', () => DatabaseEngine.mariadb({ version: MariadbVersion.of('latest') }), '11.8.8-noble'],
  ['mongodb', () => DatabaseEngine.mongodb({ version: MongodbVersion.of('latest') }), '8.0.29-noble'],
  ['redis', () => DatabaseEngine.redis({ version: RedisVersion.of('latest') }), '8.2.9-bookworm'],
  ['valkey', () => DatabaseEngine.valkey({ version: ValkeyVersion.of('latest') }), '8.1.11-trixie'],
])('refuses the tag latest of %s', (name, engine, example) => {
  expect(() =>
    synth(chart => {
      database(chart, { engine: engine() });
    }),
  ).toThrow(
    `[test/orders] Version 'latest' of ${name} does not say patch and base, and would change under the data. ` +
      `Write it as the image's tag, for example '${example}'`,
  );
});

test('knows the user of Alpine images, which differs', () => {
  const uid = (engine: DatabaseEngine) => {
    const { runAsUser, runAsGroup } = statefulSet(
      synth(chart => {
        database(chart, { engine });
      }),
    ).spec.template.spec.securityContext;
    return [runAsUser, runAsGroup];
  };
  expect(uid(DatabaseEngine.postgres({ version: PostgresVersion.of('17.11-alpine3.24') }))).toEqual([70, 70]);
  expect(uid(DatabaseEngine.redis({ version: RedisVersion.of('8.2.9-alpine3.23') }))).toEqual([999, 1000]);
});

test.each([
  [
    DatabaseEngine.postgres({ version: PostgresVersion.of('17.11-ubi9') }),
    'postgres',
    '17.11-ubi9',
    'ubi9',
    "'bookworm', 'trixie' or 'alpine'",
  ],
  [DatabaseEngine.mariadb({ version: MariadbVersion.of('11.8.8-ubi9') }), 'mariadb', '11.8.8-ubi9', 'ubi9', "'noble'"],
  [
    DatabaseEngine.mongodb({ version: MongodbVersion.of('8.0.29-windowsservercore') }),
    'mongodb',
    '8.0.29-windowsservercore',
    'windowsservercore',
    "'jammy' or 'noble'",
  ],
])('refuses a base whose paths differ: %#', (engine, name, tag, base, known) => {
  expect(() =>
    synth(chart => {
      database(chart, { engine });
    }),
  ).toThrow(
    `[test/orders] Version '${tag}' of ${name} has the base '${base}', whose paths and users are not known: ` +
      `${known}. Take one of them, or describe the image with 'DatabaseEngine.custom'`,
  );
});

test('mounts the configuration as one file, after those of the image, and hides none of them', () => {
  const mariadb = server(
    synth(chart => {
      database(chart, { engine: DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }) });
    }),
  );
  expect(mariadb.volumeMounts).toContainEqual({
    name: 'config',
    mountPath: '/etc/mysql/mariadb.conf.d/zz-storage-patterns.cnf',
    subPath: 'zz-storage-patterns.cnf',
    readOnly: true,
  });
});

test('takes the image from a mirror, by digest too', () => {
  const version = PostgresVersion.of(`17.11-trixie@sha256:${'a'.repeat(64)}`);
  const objects = synth(chart => {
    database(chart, { engine: DatabaseEngine.postgres({ version, repository: 'mirror.example.com/postgres' }) });
  });
  expect(server(objects).image).toBe(`mirror.example.com/postgres:17.11-trixie@sha256:${'a'.repeat(64)}`);
});

describe('an engine of your own', () => {
  const spec = {
    type: 'surreal',
    image: 'acme/surreal:2.1.0',
    port: 8000,
    runAsUser: 1000,
    runAsGroup: 1000,
    mountPath: '/data',
    command: ['start', '--password-file', '{password}', '--port', '{port}'],
    shutdownTimeout: ENGINES[0][1]._spec(undefined as any).shutdownTimeout,
    minimumMemory: Size.mebibytes(64),
    minimumStorage: Size.mebibytes(64),
  };
  const withSpec = (more: any) => () =>
    synth(chart => {
      database(chart, { engine: DatabaseEngine.custom({ ...spec, ...more }) });
    });

  test('runs from nothing but facts', () => {
    const container = server(withSpec({})());
    expect(container.command).toEqual(['start', '--password-file', '/run/secrets/database/password', '--port', '8000']);
    expect(container.readinessProbe.tcpSocket).toEqual({ port: 8000 });
  });

  test('has an exporter that reads the password from a file, if that is what it can', () => {
    const exporter = {
      image: 'acme/exporter:1',
      port: 9100,
      args: ['--user={user}'],
      passwordFileVariable: 'PASSWORD_FILE',
    };
    const objects = synth(chart => {
      database(chart, { engine: DatabaseEngine.custom({ ...spec, exporter }), metrics: {} });
    });
    const [container] = statefulSet(objects).spec.template.spec.initContainers;
    expect(container.env).toContainEqual({ name: 'PASSWORD_FILE', value: '/run/secrets/database/password' });
    expect(container.args).toEqual(['--user=$(DATABASE_USER)']);
    expect(container.volumeMounts).toEqual([
      { name: 'credentials', mountPath: '/run/secrets/database', readOnly: true },
    ]);
  });

  test('is refused where its image keeps data outside of the claim', () => {
    expect(withSpec({ declaredVolumes: ['/data/db'] })).toThrow(
      "[test/orders] The engine's image declares a volume at '/data/db', which neither the claim at '/data' nor " +
        'a scratch directory covers, and what is written there would be lost. Mount one of them exactly there',
    );
    expect(withSpec({ dataPath: '/var/lib/data' })).toThrow(
      "[test/orders] The engine keeps its data at '/var/lib/data', outside of '/data', where the claim is " +
        'mounted. Mount the claim there',
    );
  });

  test('is refused where nothing would tell it the password', () => {
    expect(withSpec({ command: ['start'] })).toThrow(
      "[test/orders] The engine's image is not told the password, and would be open to everybody. Give its spec " +
        "'passwordFileVariables', or '{password}' in 'command' or 'prepare'",
    );
  });

  test('has no settings and init scripts but those it has a place for', () => {
    expect(() =>
      synth(chart => {
        database(chart, { engine: DatabaseEngine.custom(spec), settings: { a: 'b' } });
      }),
    ).toThrow(
      "[test/orders] 'settings' has 'a', but nothing is known of a configuration file of surreal. Give the " +
        "engine a 'configPath'",
    );
    expect(() =>
      synth(chart => {
        database(chart, { engine: DatabaseEngine.custom(spec), initScripts: InitScripts.fromInline({ 'a.sh': 'b' }) });
      }),
    ).toThrow("[test/orders] It has init scripts, but the image of surreal runs none. Leave 'initScripts' out");
  });
});

test("writes each engine's configuration as that engine reads it", () => {
  const configs = ENGINES.filter(([name]) => /V17|V8_4|V11_8|mongodb V8|redis V8|valkey V8/.test(name)).map(
    ([name, engine]) =>
      `${name}\n${configOf(
        synth(chart => {
          database(chart, { engine });
        }),
      )}`,
  );
  expect(configs.join('\n')).toMatchSnapshot();
});
