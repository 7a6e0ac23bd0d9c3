import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import { Cpu, Pods } from 'cdk8s-plus-28';
import {
  PodExtensionContext,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  IPodExtension,
  InitScripts,
  MariadbVersion,
  MysqlVersion,
  ProvisionedStorageOptions,
  PodAdditions,
  PodVolume,
  PostgresVersion,
  RedisVersion,
  SecretSource,
  StatefulDatabaseProps,
  ValkeyVersion,
  Waiver,
  VolumeDataSource,
  ReloadTargetKind,
} from '../../../src';
import { kind, synth } from '../../synth';
import { configOf, database, ENGINES, server, statefulSet } from '../fixtures';

const made = (props: Partial<StatefulDatabaseProps> = {}) =>
  synth(chart => {
    database(chart, props);
  });
const bad = (props: Partial<StatefulDatabaseProps>) => () => made(props);
const redis = DatabaseEngine.redis({ version: RedisVersion.V8 });

test('the smallest use', () => {
  expect(made()).toMatchSnapshot();
});

test('keeps its volumes when the StatefulSet goes or shrinks', () => {
  expect(statefulSet(made()).spec).toMatchObject({
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    podManagementPolicy: 'Parallel',
    serviceName: 'test-orders-headless',
  });
});

test('provisions as it is told', () => {
  const storage = DatabaseStorage.provisioned(Size.gibibytes(5), {
    storageClassName: 'fast',
    accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD,
    selector: { tier: 'db' },
    dataSource: VolumeDataSource.fromSnapshotName('last-night'),
    metadata: { labels: { team: 'shop' } },
  });
  expect(statefulSet(made({ storage })).spec.volumeClaimTemplates).toEqual([
    expect.objectContaining({
      metadata: { name: 'data', labels: expect.objectContaining({ team: 'shop' }) },
      spec: {
        accessModes: ['ReadWriteOncePod'],
        volumeMode: 'Filesystem',
        storageClassName: 'fast',
        selector: { matchLabels: { tier: 'db' } },
        dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'last-night' },
        resources: { requests: { storage: '5Gi' } },
      },
    }),
  ]);
  expect(
    bad({
      storage: DatabaseStorage.provisioned(Size.gibibytes(5), {
        accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
      }),
    }),
  ).toThrow(
    "[test/orders] 'accessMode' is ReadWriteMany, with which several servers could write to the same files and " +
      "destroy them. Choose 'ReadWriteOnce' or 'ReadWriteOncePod'",
  );
});

test('refuses a volume that the engine does not fit in', () => {
  expect(bad({ storage: DatabaseStorage.provisioned(Size.mebibytes(100)) })).toThrow(
    '[test/orders] Its storage is 100Mi, less than the 1Gi that postgresql needs. Make it larger',
  );
});

test('holds names and labels of volumes to what the API takes', () => {
  const volume = (options: ProvisionedStorageOptions) =>
    bad({ storage: DatabaseStorage.provisioned(Size.gibibytes(5), options) });
  expect(volume({ storageClassName: 'Fast Disk' })).toThrow(
    "[test/orders] The storage class 'Fast Disk' is not an object's name.",
  );
  expect(volume({ dataSource: VolumeDataSource.fromSnapshotName('Last Night') })).toThrow(
    "[test/orders] The VolumeSnapshot of 'dataSource' 'Last Night' is not an object's name.",
  );
  expect(volume({ selector: { tier: 'd b' } })).toThrow(
    "[test/orders] The label of 'selector' 'tier' has the value 'd b'.",
  );
  expect(volume({ metadata: { labels: { team: 's hop' } } })).toThrow(
    "[test/orders] The label 'team' has the value 's hop'.",
  );
  expect(bad({ metrics: { serviceMonitor: true, serviceMonitorLabels: { a: 'b c' } } })).toThrow(
    "[test/orders] The label of the ServiceMonitor 'a' has the value 'b c'.",
  );
});

test('refuses a name with which no pod could be labelled', () => {
  expect(bad({ metadata: { name: 'a'.repeat(52) } })).not.toThrow();
  expect(bad({ metadata: { name: 'a'.repeat(53) } })).toThrow(
    `[test/orders] Its name '${'a'.repeat(53)}' has 53 characters, more than the 52 that leave room for the ` +
      `labels of its pods. Give it a shorter one: 'metadata: { name: ... }'`,
  );
});

describe('on a claim from elsewhere', () => {
  const on = (directory?: string) => made({ storage: DatabaseStorage.fromClaimName('my-db-pvc', { directory }) });

  test('mounts it, and makes none', () => {
    const { spec } = statefulSet(on());
    expect(spec.volumeClaimTemplates).toBeUndefined();
    expect(spec.template.spec.volumes).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'my-db-pvc' },
    });
  });

  test('takes data at its root or in another directory', () => {
    const pgdata = (objects: any[]) => server(objects).env.find(({ name }: any) => name === 'PGDATA').value;
    expect([pgdata(on()), pgdata(on('.')), pgdata(on('old/main'))]).toEqual([
      '/var/lib/postgresql/data/pgdata',
      '/var/lib/postgresql/data',
      '/var/lib/postgresql/data/old/main',
    ]);
    const mysql = made({
      engine: DatabaseEngine.mysql({ version: MysqlVersion.V9 }),
      storage: DatabaseStorage.fromClaimName('my-db-pvc', { directory: '.' }),
    });
    expect(server(mysql).volumeMounts.find(({ name }: any) => name === 'data').subPath).toBeUndefined();
  });

  test('does not make a database beside one that is there', () => {
    expect(server(on()).command[2]).toContain('elif [ -e /var/lib/postgresql/data/PG_VERSION ]; then');
    expect(server(on('.')).command[2]).not.toContain('elif');
    expect(server(on('.')).command[2]).toContain(
      'the claim holds no database at its root, which is no place for a new one',
    );
    expect(server(on()).command[2]).not.toContain('no place for a new one');
  });

  test.each(['/data', '../data', 'a/', ''])('refuses the directory %j', directory => {
    expect(() => on(directory)).toThrow(
      `[test/orders] The directory '${directory}' is not one below the claim's root. Write it without '/' at its ` +
        `ends and without '..', or '.' for the root`,
    );
  });
});

test('names users and databases so that nothing has to be quoted', () => {
  expect(bad({ user: "o'neill" })).toThrow(
    "[test/orders] 'user' is 'o'neill', which would need quotes somewhere. Use at most 32 letters, digits and " +
      "'_', not beginning with a digit",
  );
  expect(bad({ database: 'a-b' })).toThrow(
    "[test/orders] 'database' is 'a-b', which would need quotes somewhere. Use at most 63 letters, digits and " +
      "'_', not beginning with a digit",
  );
  expect(bad({ user: 'root', engine: DatabaseEngine.mysql({ version: MysqlVersion.V9 }) })).toThrow(
    "[test/orders] 'user' is 'root', which the image has already and lets in from its own container alone. Take " +
      'another',
  );
  expect(bad({ user: 'me', engine: redis })).toThrow(
    "[test/orders] 'user' is 'me', but redis has the user 'default' alone. leave it out",
  );
  expect(bad({ database: 'me', engine: redis })).toThrow(
    "[test/orders] 'database' is 'me', but redis makes none by name. leave it out",
  );
});

test("takes the user's name from the Secret too", () => {
  const objects = made({
    credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('s'), {
      usernameKey: 'user',
      passwordKey: 'pass',
    }),
  });
  const variables = server(objects).env.map(({ name, value }: any) => `${name}=${value}`);
  expect(variables).toContain('POSTGRES_USER_FILE=/run/secrets/database/username');
  expect(variables.join()).not.toContain('POSTGRES_USER=');
  expect(
    statefulSet(objects).spec.template.spec.volumes.find(({ name }: any) => name === 'credentials').secret.items,
  ).toEqual([
    { key: 'pass', path: 'password' },
    { key: 'user', path: 'username' },
  ]);
});

describe('settings', () => {
  test('of the user win, and change the name of the ConfigMap, so that the pod rolls', () => {
    const name = (objects: any[]) =>
      objects.find(({ kind: each, metadata }) => each === 'ConfigMap' && metadata.name.includes('-config-')).metadata
        .name;
    const objects = made({ settings: { Work_Mem: '512kB', log_line_prefix: "%m 'q' " } });
    expect(configOf(objects)).toMatch(/log_line_prefix = '%m ''q'' '\n/);
    expect(configOf(objects)).toMatch(/work_mem = '512kB'\n/);
    expect(name(objects)).not.toBe(name(made()));
  });

  test.each([
    [
      { port: '1' },
      "The setting 'port' is not yours to set, for paths, probes or credentials depend on it. Leave it out",
    ],
    [{ a: 'b\nc' }, "The setting 'a' has more than one line. Write it as one"],
    [{ 'a b': 'c' }, "'settings' has 'a b', which is no name of a setting. Use letters, digits, '_', '-' and '.'"],
    [{ jit: 'on', JIT: 'off' }, "'settings' has 'jit' twice, written in two ways. Keep one"],
    [{ max_connections: 'many' }, "The setting 'max_connections' is 'many'. Give a whole number"],
    [{ work_mem: 'much' }, "The setting 'work_mem' is 'much', which is not a size. Write it like '128MB'"],
    [
      { work_mem: '1 parsec' },
      "The setting 'work_mem' is '1 parsec', in a unit that is not known. Write it like '128MB'",
    ],
  ])('refuses %j', (settings, sentence) => {
    expect(bad({ settings: settings as any })).toThrow(`[test/orders] ${sentence}`);
  });

  test.each<[DatabaseEngine, Record<string, string>, string]>([
    [
      DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
      { innodb_buffer_pool_size: '128MB' },
      "The setting 'innodb_buffer_pool_size' is '128MB', in a unit that is not known. Write it like '128M'",
    ],
    [
      DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
      { innodb_buffer_pool_size: '0.5G' },
      "The setting 'innodb_buffer_pool_size' is '0.5G', which is not a size. Write it like '128M'",
    ],
    [
      DatabaseEngine.valkey({ version: ValkeyVersion.V8 }),
      { maxmemory: '64 mb' },
      "The setting 'maxmemory' is '64 mb', which is not a size. Write it like '128mb'",
    ],
    [
      DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
      { shared_buffers: '64mb' },
      "The setting 'shared_buffers' is '64mb', in a unit that is not known. Write it like '128MB'",
    ],
  ])('are sizes as the engine reads them: %#', (engine, settings, sentence) => {
    expect(bad({ engine, settings })).toThrow(`[test/orders] ${sentence}`);
  });

  test('count as much as the server makes of them, where it rounds up', () => {
    const engine = DatabaseEngine.mysql({ version: MysqlVersion.V9 });
    // 641M are taken as 768M
    expect(bad({ engine, settings: { innodb_buffer_pool_size: '641M' } })).toThrow(/innodb_buffer_pool_size 768Mi/);
    expect(configOf(made({ engine }))).toContain('innodb_buffer_pool_size = 256M\n');
  });

  test('count a number without a unit as the engine does', () => {
    // 65536 pages of 8kB are 512MB, of which half of the limit is left
    expect(bad({ settings: { shared_buffers: '65536' } })).toThrow(/shared_buffers 512Mi/);
    expect(bad({ settings: { shared_buffers: '32768' } })).not.toThrow();
  });
});

test('refuses init scripts that an engine does not run', () => {
  expect(bad({ engine: redis, initScripts: InitScripts.fromInline({ 'a.sh': 'b' }) })).toThrow(
    "[test/orders] It has init scripts, but the image of redis runs none. Leave 'initScripts' out",
  );
  expect(bad({ initScripts: InitScripts.fromInline({}) })).toThrow(
    "[test/orders] Its init scripts are none. Add one, or leave 'initScripts' out",
  );
  expect(bad({ initScripts: InitScripts.fromInline({ 'a/b.sql': 'c' }) })).toThrow(
    "[test/orders] The init script 'a/b.sql' is not in the directory itself, or its name cannot be a key. " +
      'Postgresql runs only files of one directory, so move or rename it',
  );
  expect(bad({ initScripts: InitScripts.fromInline({ 'a.sql': '' }) })).toThrow(
    "[test/orders] The init script 'a.sql' is empty. fill it, or leave it out",
  );
});

test('a change of init scripts does not roll the pods', () => {
  const template = (text: string) =>
    statefulSet(made({ initScripts: InitScripts.fromInline({ 'a.sql': text }) })).spec.template;
  expect(template('select 1')).toEqual(template('select 2'));
});

test('refuses huge pages where they cannot be used', () => {
  expect(bad({ engine: redis, hugePages: Size.mebibytes(2) })).toThrow(
    "[test/orders] 'hugePages' is 2Mi, but redis is not known to use them. Leave it out",
  );
  expect(bad({ hugePages: Size.mebibytes(3) })).toThrow(
    "[test/orders] 'hugePages' is 3Mi, no multiple of the 2Mi of a huge page. Round it",
  );
  expect(bad({ hugePages: Size.mebibytes(64), settings: { shared_buffers: '100MB' } })).toThrow(
    "[test/orders] 'shared_buffers' is 100Mi, more than the 64Mi of 'hugePages'. Lower it, or raise 'hugePages'",
  );
});

test('a volume is locked while a server runs that would not notice another', () => {
  expect(server(made()).command[2]).toContain('flock -w 60 -E 75 9');
  expect(server(made({ engine: DatabaseEngine.mysql({ version: MysqlVersion.V9 }) })).command[2]).not.toContain(
    'flock',
  );
});

test('requests CPU without a limit, unless it is told', () => {
  expect(server(made()).resources.requests.cpu).toBe('250m');
  expect(server(made()).resources.limits.cpu).toBeUndefined();
  expect(server(made({ cpu: { request: Cpu.millis(500), limit: Cpu.units(2) } })).resources).toMatchObject({
    requests: { cpu: '500m' },
    limits: { cpu: '2' },
  });
});

describe('metrics', () => {
  test.each(ENGINES)('of %s come from an exporter beside it, with the same credentials', (_, engine) => {
    const objects = made({
      engine,
      metrics: { serviceMonitor: true, serviceMonitorLabels: { release: 'prometheus' } },
    });
    const [exporter] = statefulSet(objects).spec.template.spec.initContainers;
    expect(exporter).toMatchObject({
      name: 'exporter',
      restartPolicy: 'Always',
      securityContext: { readOnlyRootFilesystem: true },
    });
    expect(JSON.stringify(exporter)).toMatch(/orders-db|run\/secrets\/database\/password/);
    const headless = objects.find(({ metadata }) => metadata.name === 'test-orders-headless');
    expect(headless.spec.ports.map(({ name }: any) => name)).toEqual(['database', 'metrics']);
    expect(kind(objects, 'ServiceMonitor')).toMatchObject({
      metadata: { labels: { release: 'prometheus' } },
      spec: { endpoints: [{ port: 'metrics' }] },
    });
    expect(headless.metadata.labels).toMatchObject(kind(objects, 'ServiceMonitor').spec.selector.matchLabels);
  });

  test('are refused where nobody knows an exporter', () => {
    const { exporter: _, ...facts } = ENGINES[0][1]._spec(undefined as any);
    expect(bad({ engine: DatabaseEngine.custom(facts), metrics: {} })).toThrow(
      "[test/orders] It has 'metrics', but no exporter is known of postgresql. Give its spec an 'exporter'",
    );
  });
});

describe('generated credentials', () => {
  const objects = made({ credentials: DatabaseCredentials.fromGeneratedSecret() });

  test('are made by a Job that may create Secrets and nothing else', () => {
    expect(kind(objects, 'Role').rules).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }]);
    const job = kind(objects, 'Job').spec.template.spec;
    expect(job).toMatchObject({ serviceAccountName: 'test-orders-credentials', automountServiceAccountToken: false });
    // a token of its own that ends, in place of the one that all containers would get
    expect(job.volumes.find((volume: any) => volume.name === 'account').projected.sources[0]).toEqual({
      serviceAccountToken: { path: 'token', expirationSeconds: 1800 },
    });
    expect(JSON.stringify(kind(objects, 'Job'))).not.toMatch(/"(get|list|update|patch|PUT|PATCH)"/);
  });

  test("are made in the objects' own namespace, without an overlong or stale Job", () => {
    const job = (props: any) => kind(made({ credentials: DatabaseCredentials.fromGeneratedSecret(props) }), 'Job');
    expect(job({}).metadata.name).toMatch(/^test-orders-credentials-[0-9a-f]{10}$/);
    expect(job({ image: 'mirror.example.com/curl:8.16.0' }).metadata.name).not.toBe(job({}).metadata.name);
    expect(job({})).toEqual(job({}));
  });

  test('leave the database itself without a token', () => {
    expect(statefulSet(objects).spec.template.spec.automountServiceAccountToken).toBe(false);
  });
});

test('a JSON patch reaches everything', () => {
  const chart = new Chart(new App(), 'test');
  const orders = database(chart);
  ApiObject.of(orders).addJsonPatch(
    JsonPatch.add('/spec/template/spec/priorityClassName', 'high'),
    JsonPatch.replace('/spec/volumeClaimTemplates/0/spec/resources/requests/storage', '30Gi'),
  );
  expect(statefulSet(chart.toJson()).spec.template.spec.priorityClassName).toBe('high');
});

test('several replicas have no common Service, for they have no common data', () => {
  const objects = made({ replicas: 2, independentReplicas: 'each shard its own' });
  expect(objects.filter(({ kind: each }) => each === 'Service').map(({ metadata }) => metadata.name)).toEqual([
    'test-orders-headless',
  ]);
});

test('lets in whom it is told, beside its clients', () => {
  const objects = synth(chart => {
    database(chart).allowFrom(Pods.all(chart, 'people', { namespaces: undefined }));
  });
  const policy = objects.find(({ metadata }) => metadata.name === 'test-orders-policy-0');
  expect(policy.spec.ingress[0].ports).toEqual([{ port: 5432, protocol: 'TCP' }]);
});

test('a waived network policy leaves it open to all', () => {
  expect(kind(made({ waivers: [Waiver.networkPolicy('the mesh has policies')] }), 'NetworkPolicy')).toBeUndefined();
});

describe('a part that is added', () => {
  const part = (
    id: string,
    contribution: PodAdditions,
    bound?: (options: PodExtensionContext) => void,
  ): IPodExtension => ({
    id,
    bind: (_, options) => {
      bound?.(options);
      return contribution;
    },
  });
  const sidecar = { name: 'uploads', image: 'acme/uploads:1.0.0' };

  test('is in the pods, whose server stays as it is', () => {
    const before = statefulSet(made());
    const after = statefulSet(
      synth(chart => {
        database(chart).add(part('uploads', { sidecars: [sidecar] }));
      }),
    );
    expect(after.spec.template.spec.containers[0]).toEqual(before.spec.template.spec.containers[0]);
    expect(after.spec.template.spec.initContainers[0]).toMatchObject({
      ...sidecar,
      securityContext: { readOnlyRootFilesystem: true },
    });
    expect(after.spec.volumeClaimTemplates).toEqual(before.spec.volumeClaimTemplates);
  });

  test('is told of the server', () => {
    let told: PodExtensionContext | undefined;
    synth(chart => {
      database(chart).add(
        part('uploads', {}, options => {
          told = options;
        }),
      );
    });
    expect(told).toMatchObject({ workloadName: 'test-orders', runAsUser: 999, runAsGroup: 999 });
  });

  test('is reloaded where it says so', () => {
    const set = statefulSet(
      synth(chart => {
        database(chart).add(part('conf', { reloadOn: [{ kind: ReloadTargetKind.CONFIG_MAP, name: 'conf' }] }));
      }),
    );
    expect(set.metadata.annotations).toMatchObject({ 'configmap.reloader.stakater.com/reload': 'conf' });
  });

  test('is refused where it claims what the server has', () => {
    const mounts = [{ path: '/tmp/mine', volume: PodVolume.emptyDir('data', { sizeLimit: Size.mebibytes(1) }) }];
    expect(() =>
      synth(chart => {
        database(chart).add(part('mine', { mounts }));
      }),
    ).toThrow("Extension 'mine' and the database both have a volume 'data', and the two differ");
  });
});
