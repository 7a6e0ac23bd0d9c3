import { report, sleep, TestNamespace } from './cluster';
import {
  exporterLoop,
  keyOf,
  objectsOf,
  PasswordCase,
  PasswordObjects,
  PASSWORDS,
  serverLoop,
} from './password-matrix';
import { DatabaseEngine, MariadbVersion, MysqlVersion, PostgresVersion, RedisVersion, ValkeyVersion } from '../../src';
import { CONNECTION_DIRECTORY } from '../../src/backup/engine-backup';
import { ODD_PASSWORDS, REFUSED_PASSWORDS } from '../odd-passwords';

// on a cluster that cannot pull every image, TEST_CLUSTER_ENGINES is a regular expression of the engines to test, and
// TEST_CLUSTER_EXPORTERS one of those with an image of their exporter
const { TEST_CLUSTER_ENGINES: wanted = '.', TEST_CLUSTER_EXPORTERS: withExporter = '.' } = process.env;

const MYSQL_CLIENT =
  'MYSQL_PWD="$(cat "$1")" $(command -v mariadb || echo mysql) --no-defaults -h 127.0.0.1 -u app app -e "select 1"';
const REDIS_CLIENT =
  '[ "$(REDISCLI_AUTH="$(cat "$1")" $(command -v valkey-cli || echo redis-cli) -h 127.0.0.1 ping)" = PONG ]';
const REDIS_URL_CLIENT = '[ "$($(command -v valkey-cli || echo redis-cli) -u "$1" ping)" = PONG ]';

const CASES: Record<string, PasswordCase> = {
  postgres: {
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    type: 'postgresql',
    provider: 'postgresql',
    accepts: 'PGPASSWORD="$(cat "$1")" psql -h 127.0.0.1 -U app -c "select 1" app',
    acceptsUrl: 'psql "$1" -c "select 1"',
    query: 'select 1',
    exporter: 'postgres_exporter',
    // without it, the image admits clients of the same pod with any password
    edit: server =>
      server.env
        .filter(({ name }: any) => name === 'POSTGRES_INITDB_ARGS')
        .forEach((variable: any) => (variable.value += ' --auth-host=scram-sha-256')),
  },
  mysql: {
    engine: DatabaseEngine.mysql({ version: MysqlVersion.V9 }),
    type: 'mysql',
    provider: 'mysql',
    accepts: MYSQL_CLIENT,
    query: 'select 1',
    exporter: 'mysqld_exporter',
    edit: server => server.env.push({ name: 'MYSQL_INITDB_SKIP_TZINFO', value: '1' }),
  },
  mariadb: {
    engine: DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
    type: 'mysql',
    provider: 'mariadb',
    accepts: MYSQL_CLIENT,
    query: 'select 1',
    exporter: 'mysqld_exporter',
    edit: server => server.env.push({ name: 'MARIADB_INITDB_SKIP_TZINFO', value: '1' }),
  },
  redis: {
    engine: DatabaseEngine.redis({ version: RedisVersion.V7 }),
    type: 'redis',
    provider: 'redis',
    accepts: REDIS_CLIENT,
    acceptsUrl: REDIS_URL_CLIENT,
    query: 'PING',
    exporter: 'redis_exporter',
  },
  valkey: {
    engine: DatabaseEngine.valkey({ version: ValkeyVersion.V8 }),
    type: 'redis',
    provider: 'valkey',
    accepts: REDIS_CLIENT,
    acceptsUrl: REDIS_URL_CLIENT,
    query: 'PING',
    exporter: 'redis_exporter',
  },
};

function withoutProbes(container: any): any {
  const { startupProbe: _, readinessProbe: __, livenessProbe: ___, lifecycle: ____, ...rest } = container;
  return { ...rest, resources: { requests: { cpu: '300m' } } };
}

/** Returns a pod that runs the generated containers once for each password. */
function podOfPasswords(name: string, subject: PasswordCase, objects: PasswordObjects): any {
  const { containers, initContainers = [], volumes, ...spec } = objects.pod;
  const [server] = containers;
  subject.edit?.(server);
  const exporter = [...initContainers, ...containers].find((container: any) => container.name === 'exporter');
  const variable = exporter.env.find(({ valueFrom }: any) => valueFrom?.secretKeyRef).name;
  const port = new RegExp(withExporter).test(name) ? exporter.ports[0].containerPort : undefined;
  const shared = [
    { name: 'passwords', mountPath: '/passwords' },
    { name: 'sync', mountPath: '/sync' },
  ];
  const serverContainer = {
    ...withoutProbes(server),
    command: ['bash', '-c', serverLoop(subject, objects, port), 'loop', ...server.command],
    volumeMounts: [
      ...server.volumeMounts.map((mount: any) => ({
        ...mount,
        readOnly: mount.name !== 'credentials' && mount.readOnly,
      })),
      ...shared,
      { name: 'connection', mountPath: CONNECTION_DIRECTORY },
    ],
  };
  const exporterContainer = {
    ...withoutProbes(exporter),
    restartPolicy: undefined,
    command: ['sh', '-c', exporterLoop(variable), 'loop', subject.exporter],
    env: exporter.env.filter((candidate: any) => candidate.name !== variable),
    volumeMounts: [...(exporter.volumeMounts ?? []), ...shared],
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `passwords-${name}` },
    spec: {
      ...spec,
      serviceAccountName: undefined,
      restartPolicy: 'Never',
      volumes: [
        ...volumes.filter((volume: any) => !['credentials', 'data'].includes(volume.name)),
        { name: 'credentials', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
        { name: 'connection', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
        { name: 'data', emptyDir: { medium: 'Memory' } },
        { name: 'sync', emptyDir: {} },
        { name: 'passwords', secret: { secretName: 'odd-passwords', defaultMode: 0o444 } },
      ],
      containers: [serverContainer, ...(port === undefined ? [] : [exporterContainer])],
    },
  };
}

let namespace: TestNamespace;

beforeAll(() => {
  namespace = TestNamespace.create('passwords');
  namespace.applyObjects([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'odd-passwords' },
      data: Object.fromEntries(PASSWORDS.map((password, i) => [keyOf(i), Buffer.from(password).toString('base64')])),
    },
  ]);
});
afterAll(() => namespace.delete());

for (const [name, subject] of Object.entries(CASES)) {
  (new RegExp(wanted).test(name) ? test : test.skip)(
    `${name}, its probes, clients, backup and exporter use odd passwords unchanged, and refuse those they cannot carry`,
    async () => {
      const objects = objectsOf(subject);
      namespace.applyObjects([...objects.configMaps, podOfPasswords(name, subject, objects)]);
      const logs = () => {
        try {
          return namespace.kubectl('logs', `passwords-${name}`, '-c', 'database');
        } catch {
          return '';
        }
      };
      const deadline = Date.now() + 2_700_000;
      while (!/^END$/m.test(logs()) && Date.now() < deadline) {
        await sleep(3000);
      }
      const text = logs();
      const results = new Map(
        [...text.matchAll(/^RESULT (p\d+) ([^:]*): ?(.*)$/gm)].map(([, key, ...rest]) => [key, rest]),
      );
      const outcome = PASSWORDS.map((password, i) => [password, results.get(keyOf(i))?.[0] ?? 'not run']);
      report(`${name}: ${outcome.filter(([, result]) => result === 'accepted').length} passwords accepted`);
      expect(outcome).toEqual([
        ...ODD_PASSWORDS.map(password => [password, 'accepted']),
        ...REFUSED_PASSWORDS.map(password => [password, 'refused']),
      ]);
      const messages = REFUSED_PASSWORDS.map((_, i) => results.get(keyOf(ODD_PASSWORDS.length + i))?.[1] ?? '');
      expect(messages.filter(message => !/is missing or empty|contains a line break or a NUL/.test(message))).toEqual(
        [],
      );
    },
    2_800_000,
  );
}
