import { Size } from 'cdk8s';
import { DatabaseEngine, DatabaseStorage, PostgresEngineOptions, PostgresVersion } from '../../../src';
import {
  configOf,
  creating,
  ENGINES,
  MARIADB,
  mountOf,
  objectsOf,
  podSpec,
  postgres,
  server,
  specOf,
  statefulSet,
  variable,
  volume,
} from '../fixtures';

describe.each(ENGINES)('%s', (_, engine) => {
  const objects = objectsOf({ engine });
  const pod = podSpec(objects);
  const container = server(objects);
  const spec = specOf(engine);

  test('pins its image to the patch release and the base', () => {
    expect(container.image).toMatch(/^docker\.io\/[a-z/]+:\d+(\.\d+)+-[a-z0-9.]+(@sha256:[0-9a-f]{64})?$/);
  });

  test('keeps its data on the claim, in a directory below the root if the server needs an empty one', () => {
    const { mountPath, subPath } = mountOf(objects, 'data');
    expect(mountPath).toBe(spec.mountPath);
    expect(subPath).toBe(/mysql|mariadb/.test(container.image) ? 'mysql' : undefined);
    expect(statefulSet(objects).spec.volumeClaimTemplates.map(({ metadata }: any) => metadata.name)).toEqual(['data']);
    expect((variable(objects, 'PGDATA') ?? `${mountPath}/`).startsWith(`${mountPath}/`)).toBe(true);
  });

  test('runs as a numeric user whose group owns the volume, without a change of modes at each start', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: spec.runAsUser,
      runAsGroup: spec.runAsGroup,
      fsGroup: spec.runAsGroup,
      fsGroupChangePolicy: 'OnRootMismatch',
    });
    expect(Number.isInteger(spec.runAsUser) && spec.runAsUser > 0).toBe(true);
  });

  test('meets the standard "restricted" with a read-only root filesystem', () => {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(pod.securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
  });

  test('limits the size of every directory that it can write to', () => {
    const directories = pod.volumes.filter(({ emptyDir }: any) => emptyDir);
    directories.forEach(({ emptyDir }: any) => expect(emptyDir.sizeLimit).toMatch(/^\d+[KMG]i$/));
    expect(directories.map(({ name }: any) => name)).toContain('scratch-tmp');
    expect(mountOf(objects, 'scratch-tmp')).toEqual({ name: 'scratch-tmp', mountPath: '/tmp' });
  });

  test('reads the password from a file that only its group can read, and never from a variable', () => {
    expect(volume(objects, 'credentials').secret).toEqual({
      secretName: 'orders-db',
      defaultMode: 0o440,
      items: [{ key: 'password', path: 'password' }],
    });
    const variables = container.env ?? [];
    expect(variables.filter(({ valueFrom }: any) => valueFrom?.secretKeyRef)).toEqual([]);
    expect(JSON.stringify([variables, container.command])).toContain('/run/secrets/database/password');
  });

  test('requests as much memory as its limit', () => {
    expect(container.resources.limits.memory).toBe('1Gi');
    expect(container.resources.requests.memory).toBe('1Gi');
  });

  test('has time to start, to recover and to stop', () => {
    const { startupProbe, livenessProbe } = container;
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBe(3600);
    expect(livenessProbe.periodSeconds * livenessProbe.failureThreshold).toBe(120);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(60);
    expect(container.lifecycle).toBeUndefined();
  });

  test('is probed over TCP, on which the temporary server of the first start does not listen', () => {
    for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      expect(JSON.stringify(probe)).toMatch(/-h 127\.0\.0\.1|"-h","127\.0\.0\.1"|POD_IP|tcpSocket/);
    }
  });

  test('leaves no placeholder in the manifests', () => {
    expect(JSON.stringify(objects)).not.toMatch(/(?<!\$)\{(data|mount|port|podIp|user|database|config|password|run)\}/);
  });

  test('accepts its minimum memory, and no less', () => {
    const { minimumMemory } = spec;
    expect(creating({ engine, memory: minimumMemory })).not.toThrow();
    expect(creating({ engine, memory: Size.mebibytes(minimumMemory.toMebibytes() - 1) })).toThrow(
      /'memory' is \d+Mi, less than the \d+[MG]i that [a-z]+ needs\. Set it to \d+[MG]i or more\.$/,
    );
  });

  test.each([1, 2, 4, 16, 64])('derives settings that fit into %dGi', gibibytes => {
    const storage = DatabaseStorage.provisioned(Size.gibibytes(100));
    expect(creating({ engine, storage, memory: Size.gibibytes(gibibytes) })).not.toThrow();
  });

  test('detects an interrupted first start if its image runs init scripts', () => {
    const runsScripts = spec.initDirectory !== undefined;
    expect(container.command.join(' ').includes('half-initialized')).toBe(runsScripts);
    expect(JSON.stringify(container.startupProbe).includes('half-initialized')).toBe(runsScripts);
    expect(mountOf(objects, 'init')?.mountPath).toBe(runsScripts ? '/docker-entrypoint-initdb.d' : undefined);
  });
});

test('runs Alpine images of PostgreSQL as their user', () => {
  const { runAsUser, runAsGroup } = podSpec(objectsOf({ engine: postgres('17.11-alpine3.24') })).securityContext;
  expect([runAsUser, runAsGroup]).toEqual([70, 70]);
});

test('mounts the claim of PostgreSQL up to 17 exactly at the volume of the image', () => {
  for (const tag of ['14.24-trixie', '15.19-trixie', '16.15-trixie', '17.11-trixie']) {
    const objects = objectsOf({ engine: postgres(tag) });
    expect(mountOf(objects, 'data')).toEqual({ name: 'data', mountPath: '/var/lib/postgresql/data' });
    expect(variable(objects, 'PGDATA')).toBe('/var/lib/postgresql/data/pgdata');
  }
});

test('mounts the claim of PostgreSQL 18 at the parent of its data directory', () => {
  const objects = objectsOf({ engine: postgres('18.6-trixie') });
  expect(mountOf(objects, 'data').mountPath).toBe('/var/lib/postgresql');
  expect(variable(objects, 'PGDATA')).toBe('/var/lib/postgresql/18/docker');
});

test('initializes PostgreSQL with passwords and checksums, and without huge pages if initdb has an option', () => {
  const initArguments = (tag: string) => variable(objectsOf({ engine: postgres(tag) }), 'POSTGRES_INITDB_ARGS');
  expect(initArguments('15.19-trixie')).toBe('--auth-host=scram-sha-256 --data-checksums');
  expect(initArguments('16.15-trixie')).toBe('--auth-host=scram-sha-256 --data-checksums --set huge_pages=off');
  expect(initArguments('18.6-trixie')).toBe('--auth-host=scram-sha-256 --set huge_pages=off');
});

test('mounts the configuration as one file, next to the files of the image', () => {
  expect(mountOf(objectsOf({ engine: MARIADB }), 'config')).toEqual({
    name: 'config',
    mountPath: '/etc/mysql/mariadb.conf.d/zz-storage-patterns.cnf',
    subPath: 'zz-storage-patterns.cnf',
    readOnly: true,
  });
});

test('pulls the image from another repository, also by digest', () => {
  const version = PostgresVersion.of(`17.11-trixie@sha256:${'a'.repeat(64)}`);
  const engine = DatabaseEngine.postgres({ version, repository: 'mirror.example.com/postgres' });
  expect(server(objectsOf({ engine })).image).toBe(`mirror.example.com/postgres:17.11-trixie@sha256:${'a'.repeat(64)}`);
});

test('pulls an image that is built on the official one, with its paths and user', () => {
  const image = 'docker.io/postgis/postgis:17-3.5-alpine';
  const engine = DatabaseEngine.postgres({ version: PostgresVersion.of('17.11-alpine3.24'), image });
  const objects = objectsOf({ engine });
  expect(server(objects).image).toBe(image);
  expect(mountOf(objects, 'data').mountPath).toBe('/var/lib/postgresql/data');
  expect(podSpec(objects).securityContext).toMatchObject({ runAsUser: 70, runAsGroup: 70 });
});

test.each<[Partial<PostgresEngineOptions>, string]>([
  [
    { image: 'pgvector/pgvector:0.8.1-pg16-trixie' },
    "'image' is 'pgvector/pgvector:0.8.1-pg16-trixie', which contains version 16, but 'version' is '17.11-trixie'. " +
      'Set both to the same major version.',
  ],
  [
    { image: 'acme/postgres:17.11', repository: 'acme/postgres' },
    "'repository' and 'image' are both set, but 'image' contains a repository. Omit 'repository'.",
  ],
  [{ image: 'pgvector' }, "Image 'pgvector' has no tag or digest."],
  [{ image: 'a b' }, "Invalid image reference 'a b'."],
  [
    { version: PostgresVersion.of('pg17-trixie'), repository: 'docker.io/pgvector/pgvector' },
    "Version 'pg17-trixie' of postgres does not name the patch release and the base of the image. Such a tag moves, " +
      "and a new release could fail to read the data. Use a full tag, for example '17.11-trixie', or set 'image' to " +
      'an image that is built on the official one.',
  ],
])('refuses the options %j', (options, error) =>
  expect(() => objectsOf({ engine: DatabaseEngine.postgres({ version: PostgresVersion.V17, ...options }) })).toThrow(
    error,
  ),
);

test('MariaDB does not get the memory and volume settings of MySQL', () => {
  const config = configOf(objectsOf({ engine: MARIADB, memory: Size.mebibytes(512) }));
  expect(config).not.toMatch(/binlog|performance_schema|innodb_buffer_pool_instances/);
});

test('writes the configuration of each engine in the format of the engine', () => {
  const configs = ENGINES.filter(([name]) => /V17|V8_4|V11_8|mongodb V8|redis V8|valkey V8/.test(name)).map(
    ([name, engine]) => `${name}\n${configOf(objectsOf({ engine }))}`,
  );
  expect(configs.join('\n')).toMatchSnapshot();
});

test('refuses missing and misspelled options of plain JavaScript', () => {
  expect(() => DatabaseEngine.mysql({} as any)).toThrow(
    "[DatabaseEngine.mysql] Required prop 'version' is missing. Set it, for example 'version: " +
      "MysqlVersion.of('8.4.11-oraclelinux9')'.",
  );
  expect(() => DatabaseEngine.custom({ ...specOf(MARIADB), mountpath: '/data' } as any)).toThrow(
    "[DatabaseEngine.custom] Unknown prop 'mountpath'. Did you mean 'mountPath'?",
  );
});
