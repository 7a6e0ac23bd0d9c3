import { Duration, Size } from 'cdk8s';
import {
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  InitScripts,
  MongodbVersion,
  MysqlVersion,
  PostgresVersion,
  RedisVersion,
  SecretSource,
} from '../../../src';
import { kind, synth, workload } from '../../synth';
import { configOf, database, ENGINES, server, statefulSet } from '../fixtures';

// the ways in which databases on Kubernetes have lost data, or did not come back: each cannot be written, or is refused
const bad = (props: Parameters<typeof database>[1]) => () =>
  synth(chart => {
    database(chart, props);
  });
const of = (tag: string) => DatabaseEngine.postgres({ version: PostgresVersion.of(tag) });
const env = (objects: any[], name: string) =>
  server(objects).env.find((variable: any) => variable.name === name)?.value;

test('postgres data on an anonymous volume: up to 17 the claim is mounted exactly at the volume of the image', () => {
  for (const [name, engine] of ENGINES.filter(([each]) => /postgres V1[4-7]/.test(each))) {
    const objects = synth(chart => {
      database(chart, { engine });
    });
    const data = server(objects).volumeMounts.find((mount: any) => mount.name === 'data');
    expect([name, data.mountPath, data.subPath]).toEqual([name, '/var/lib/postgresql/data', undefined]);
  }
  const facts = DatabaseEngine.postgres({ version: PostgresVersion.V17 })._spec(undefined as any);
  expect(bad({ engine: DatabaseEngine.custom({ ...facts, mountPath: '/var/lib/postgresql' }) })).toThrow(
    "[test/orders] The engine's image declares a volume at '/var/lib/postgresql/data', which neither the claim " +
      "at '/var/lib/postgresql' nor a scratch directory covers, and what is written there would be lost. Mount " +
      'one of them exactly there',
  );
});

test(
  'the path of postgres 18 has changed: mount and data directory follow the major, and an unknown major is ' +
    'refused',
  () => {
    const objects = synth(chart => {
      database(chart, { engine: of('18.6-trixie') });
    });
    expect(server(objects).volumeMounts.find((mount: any) => mount.name === 'data').mountPath).toBe(
      '/var/lib/postgresql',
    );
    expect(env(objects, 'PGDATA')).toBe('/var/lib/postgresql/18/docker');
    expect(bad({ engine: of('19.1-trixie') })).toThrow(
      "[test/orders] Version '19.1-trixie' of postgres is none whose paths are known: '14', '15', '16', '17' or " +
        "'18'. Take one of them, or describe the image with 'DatabaseEngine.custom'",
    );
  },
);

test('lost+found and a root-owned mount: the data directory is below the mount, or a directory of the claim', () => {
  expect(
    env(
      synth(chart => {
        database(chart);
      }),
      'PGDATA',
    ),
  ).toBe('/var/lib/postgresql/data/pgdata');
  const mysql = synth(chart => {
    database(chart, { engine: DatabaseEngine.mysql({ version: MysqlVersion.V8_4 }) });
  });
  expect(server(mysql).volumeMounts.find((mount: any) => mount.name === 'data')).toEqual({
    name: 'data',
    mountPath: '/var/lib/mysql',
    subPath: 'mysql',
  });
});

test('fsGroup rewrites the modes of the data directory: only where the root of the volume does not match', () => {
  for (const [, engine] of ENGINES) {
    expect(
      statefulSet(
        synth(chart => {
          database(chart, { engine });
        }),
      ).spec.template.spec.securityContext.fsGroupChangePolicy,
    ).toBe('OnRootMismatch');
  }
});

test('a Secret that changes without its database: no password is made at synth or hashed into the pod', () => {
  const generated = () =>
    synth(chart => {
      database(chart, { credentials: DatabaseCredentials.fromGeneratedSecret() });
    });
  expect(generated()).toEqual(generated());
  expect(generated().filter(object => object.kind === 'Secret')).toEqual([]);
  const credentials = (secret: string) => DatabaseCredentials.fromSecret(SecretSource.fromName(secret));
  const named = (secret: string) =>
    statefulSet(
      synth(chart => {
        database(chart, { credentials: credentials(secret) });
      }),
    );
  expect(named('one').spec.template.metadata).toEqual(named('two').spec.template.metadata);
});

test('claim templates are immutable: nothing in them changes with the version, the memory or the settings', () => {
  const template = (props: any) =>
    statefulSet(
      synth(chart => {
        database(chart, props);
      }),
    ).spec.volumeClaimTemplates;
  expect(
    template({ engine: of('17.10-trixie'), memory: Size.gibibytes(4), settings: { jit: 'on' }, replicas: 0 }),
  ).toEqual(template({}));
  expect(template({})[0].metadata.labels).toEqual({
    'app.kubernetes.io/name': 'orders',
    'app.kubernetes.io/instance': 'test-orders',
  });
});

test('a major version by a bump of the tag: a tag without patch and base is refused', () => {
  expect(bad({ engine: of('17') })).toThrow(
    "[test/orders] Version '17' of postgres does not say patch and base, and would change under the data. Write " +
      "it as the image's tag, for example '17.11-trixie'",
  );
});

test('the base of the operating system moves under the tag: a tag without a base is refused', () => {
  expect(bad({ engine: of('17.11') })).toThrow(/version '17\.11' of postgres does not say patch and base/);
  expect(
    server(
      synth(chart => {
        database(chart);
      }),
    ).image,
  ).toBe('docker.io/library/postgres:17.11-trixie');
});

test('/dev/shm of 64Mi: it follows from the memory limit, and counts in its sum', () => {
  const volumes = (memory: Size) =>
    statefulSet(
      synth(chart => {
        database(chart, { memory });
      }),
    ).spec.template.spec.volumes;
  const shm = (memory: Size) => volumes(memory).find(({ name }: any) => name === 'scratch-dev-shm').emptyDir;
  expect(shm(Size.gibibytes(1))).toEqual({ medium: 'Memory', sizeLimit: '64Mi' });
  expect(shm(Size.gibibytes(8))).toEqual({ medium: 'Memory', sizeLimit: '512Mi' });
});

test('killed for memory by defaults that ignore the limit: settings that break the budget are refused with the sum', () => {
  expect(bad({ settings: { shared_buffers: '900MB' } })).toThrow(
    '[test/orders] Its server may take 1446Mi of memory, more than the limit of 1Gi, and would be killed: the ' +
      'server itself 51Mi + shared_buffers 900Mi + /dev/shm 64Mi + maintenance_work_mem 64Mi + ' +
      'autovacuum_work_mem 16Mi × 3 autovacuum_max_workers + 3Mi for a connection or worker 3Mi × (100 ' +
      'max_connections + 2 max_parallel_workers) + work_mem 64Ki × 2 × (100 max_connections + 2 ' +
      "max_parallel_workers). Lower 'shared_buffers' in 'settings', or raise 'memory'",
  );
  expect(bad({ settings: { max_connections: '500' } })).toThrow(
    /lower 'max_connections' in 'settings', or raise 'memory'$/,
  );
});

test('liveness kills a recovery: a server that rejects connections is alive, and an hour is given to start', () => {
  const { startupProbe, livenessProbe, readinessProbe } = server(
    synth(chart => {
      database(chart);
    }),
  );
  expect(livenessProbe.exec.command).toEqual([
    'sh',
    '-c',
    'pg_isready -q -h 127.0.0.1 -p 5432 -U app -d postgres; test $? -le 1',
  ]);
  expect(startupProbe.exec.command.slice(-1)).toEqual(livenessProbe.exec.command.slice(-1));
  expect(readinessProbe.exec.command[0]).toBe('pg_isready');
  expect(bad({ startupTimeout: Duration.seconds(30) })).toThrow(
    "[test/orders] 'startupTimeout' is 30 seconds, in which hardly a database recovers. Give it a minute or more",
  );
});

test(
  'a half-initialised database: it is marked from the first write to the last script, and is neither started nor ' +
    'ready meanwhile',
  () => {
    const objects = synth(chart => {
      database(chart, { initScripts: InitScripts.fromInline({ '10-schema.sql': 'select 1' }) });
    });
    const scripts = objects.find(({ metadata }) => metadata.name === 'test-orders-init');
    expect(scripts.data).toEqual({
      '10-schema.sql': 'select 1',
      'zzzz-initialised.sh': '#!/bin/sh\nrm -f /var/lib/postgresql/data/.initialising\n',
    });
    // executed, not sourced: an `exit` ends the script alone
    expect(
      statefulSet(objects)
        .spec.template.spec.volumes.find(({ name }: any) => name === 'init')
        .configMap.items.map(({ mode }: any) => mode),
    ).toEqual([0o555, 0o555]);
    const [, , start] = server(objects).command;
    expect(start).toContain('touch /var/lib/postgresql/data/.initialising');
    expect(server(objects).startupProbe.exec.command[2]).toMatch(
      /^if \[ -e \/var\/lib\/postgresql\/data\/\.initialising \]; then/,
    );
    expect(bad({ initScripts: InitScripts.fromInline({ schema: 'select 1' }) })).toThrow(
      "[test/orders] The init script 'schema' would be passed over: postgresql runs files that end in '.sh', " +
        "'.sql', '.sql.gz', '.sql.xz' or '.sql.zst'. Rename it",
    );
    expect(bad({ initScripts: InitScripts.fromInline({ 'zzzzz.sql': 'select 1' }) })).toThrow(
      "[test/orders] The init script 'zzzzz.sql' would run after 'zzzz-initialised.sh', which notes that all have " +
        'run. Give it a name that sorts before',
    );
  },
);

test(
  'modes of key files with fsGroup: no key file can be given, and the settings that would name one are not the ' +
    "user's",
  () => {
    const engine = DatabaseEngine.mongodb({ version: MongodbVersion.V8 });
    expect(bad({ engine, settings: { 'security.keyFile': '/keys/key' } })).toThrow(
      "[test/orders] The setting 'security.keyFile' is not yours to set, for paths, probes or credentials depend " +
        'on it. Leave it out',
    );
    const secrets = statefulSet(
      synth(chart => {
        database(chart, { engine });
      }),
    ).spec.template.spec.volumes.filter(({ secret }: any) => secret);
    expect(secrets.map(({ secret }: any) => secret.items.map(({ path }: any) => path))).toEqual([['password']]);
  },
);

test(
  'huge pages end initdb with a bus error: they are off in the server and, from 16 on, in initdb, unless asked ' +
    'for',
  () => {
    const objects = synth(chart => {
      database(chart);
    });
    expect(configOf(objects)).toContain("huge_pages = 'off'");
    expect(env(objects, 'POSTGRES_INITDB_ARGS')).toBe('--data-checksums --set huge_pages=off');
    expect(bad({ settings: { huge_pages: 'on' } })).toThrow(/the setting 'huge_pages' is not yours to set/);
    const asked = synth(chart => {
      database(chart, { hugePages: Size.mebibytes(512) });
    });
    expect(configOf(asked)).toMatch(/huge_pages = 'on'[^]*shared_buffers = '471859kB'/);
    expect(server(asked).resources.limits['hugepages-2Mi']).toBe('512Mi');
  },
);

test('replicas that are no copies: more than one is refused, unless distinct data is meant', () => {
  expect(bad({ replicas: 3 })).toThrow(
    "[test/orders] 'replicas' is 3, but replicas of a database are not copies of it: each has a volume of its " +
      "own, and a client would find now one and now another. Leave it at 1, or say " +
      "why distinct data is meant with 'independentReplicas'",
  );
  expect(bad({ replicas: 3, independentReplicas: 'because' })).toThrow(
    "[test/orders] 'Replication.none' gives the reason 'because'. say why in at least three words",
  );
  expect(
    bad({
      replicas: 2,
      independentReplicas: 'each shard its own',
      storage: DatabaseStorage.fromClaimName('my-db-pvc'),
    }),
  ).toThrow(
    "[test/orders] 'replicas' is 2, but all would write to the one claim 'my-db-pvc' and destroy its data. " +
      'leave it at 1',
  );
});

test('a budget of disruptions blocks drains: one replica has none', () => {
  const kinds = (props: any) =>
    synth(chart => {
      database(chart, props);
    }).map(object => object.kind);
  expect(kinds({})).not.toContain('PodDisruptionBudget');
  expect(kinds({ replicas: 2, independentReplicas: 'each shard its own' })).toContain('PodDisruptionBudget');
});

test("write-ahead log that fills the volume: it follows from the volume's size, and what may fill it is refused", () => {
  const storage = DatabaseStorage.provisioned(Size.gibibytes(2));
  expect(
    configOf(
      synth(chart => {
        database(chart, { storage });
      }),
    ),
  ).toMatch(/max_slot_wal_keep_size = '512MB'\nmax_wal_size = '512MB'/);
  expect(bad({ storage, settings: { max_wal_size: '1.5GB' } })).toThrow(
    "[test/orders] The setting 'max_wal_size' lets 1536Mi pile up on a volume of 2Gi, more than half of it, and " +
      'a full volume stops the server. Lower it, or make the volume larger',
  );
  expect(bad({ storage, settings: { max_slot_wal_keep_size: '-1' } })).toThrow(
    "The setting 'max_slot_wal_keep_size' is '-1', which is not a size. Write it like '128MB'",
  );
  const mysql = DatabaseEngine.mysql({ version: MysqlVersion.V8_4 });
  expect(
    configOf(
      synth(chart => {
        database(chart, { storage, engine: mysql });
      }),
    ),
  ).toMatch(/binlog_expire_logs_seconds = 86400\n[^]*max_binlog_size = 102M\n/);
});

test('data in memory that outgrows the volume it is written to: the least storage follows from the memory', () => {
  const engine = DatabaseEngine.redis({ version: RedisVersion.V8 });
  expect(bad({ engine, memory: Size.gibibytes(4), storage: DatabaseStorage.provisioned(Size.gibibytes(5)) })).toThrow(
    '[test/orders] Its storage is 5Gi, less than the 6Gi that redis with 4Gi of memory needs. Make it larger',
  );
});

test('no number for runAsNonRoot: every engine names its user and its group by number', () => {
  for (const [, engine] of ENGINES) {
    const { runAsNonRoot, runAsUser, runAsGroup } = statefulSet(
      synth(chart => {
        database(chart, { engine });
      }),
    ).spec.template.spec.securityContext;
    expect([
      runAsNonRoot,
      Number.isInteger(runAsUser) && runAsUser > 0,
      Number.isInteger(runAsGroup) && runAsGroup > 0,
    ]).toEqual([true, true, true]);
  }
});

test("variables of the namespace's Services, such as REDIS_PORT: neither the server nor its clients get them", () => {
  const engine = DatabaseEngine.redis({ version: RedisVersion.V8 });
  const objects = synth(chart => {
    workload(chart).add(database(chart, { engine }, 'redis').client());
  });
  for (const controller of ['StatefulSet', 'Deployment']) {
    expect(kind(objects, controller).spec.template.spec.enableServiceLinks).toBe(false);
  }
});

test('special characters in a password: it is never part of a URL, a command line or a configuration file at synth', () => {
  expect(() =>
    synth(chart => {
      workload(chart).add(database(chart).client({ binding: DatabaseBinding.variables({ url: true }) }));
    }),
  ).toThrow(/a URL would hold the password of 'orders' as it is/);
  // what must be quoted for Redis is quoted when it starts
  const [, , start] = server(
    synth(chart => {
      database(chart, { engine: DatabaseEngine.redis({ version: RedisVersion.V8 }) });
    }),
  ).command;
  expect(start).toContain('requirepass "%s"\\n\' "$(sed \'s/[\\\\"]/\\\\&/g\' /run/secrets/database/password)"');
});

test(
  'a configuration file that must be writable: the one of Redis is in memory and includes the derived one, which ' +
    'no server can rewrite',
  () => {
    const container = server(
      synth(chart => {
        database(chart, { engine: DatabaseEngine.redis({ version: RedisVersion.V8 }) });
      }),
    );
    expect(container.command.slice(-1)).toEqual(['/run/database/redis.conf']);
    expect(container.volumeMounts.find(({ name }: any) => name === 'config')).toMatchObject({
      mountPath: '/etc/redis/redis.conf',
      readOnly: true,
    });
    expect(container.volumeMounts.find(({ mountPath }: any) => mountPath === '/run/database').readOnly).toBeUndefined();
  },
);
