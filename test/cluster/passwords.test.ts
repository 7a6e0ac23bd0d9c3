import { readFileSync } from 'fs';
import { report, TestNamespace } from './cluster';
import { DIALECTS } from './dialects';
import { DatabaseEngine, MariadbVersion, MysqlVersion, PostgresVersion, RedisVersion, ValkeyVersion } from '../../src';
import { objectsOf } from '../database/fixtures';
import { ODD_PASSWORDS, REFUSED_PASSWORDS } from '../odd-passwords';
import { podOf } from '../synth';

// on a cluster that cannot pull every image, TEST_CLUSTER_ENGINES is a regular expression of the engines to test, and
// TEST_CLUSTER_EXPORTERS one of those with an image of their exporter;
// TEST_CLUSTER_MYSQL_ENTRYPOINT is the file of the official entrypoint, for an image that has another one
const {
  TEST_CLUSTER_ENGINES: wanted = '.',
  TEST_CLUSTER_EXPORTERS: withExporter = '.',
  TEST_CLUSTER_MYSQL_ENTRYPOINT: mysqlEntrypoint,
} = process.env;

interface Case {
  readonly engine: DatabaseEngine;
  readonly type: string;
  /** A command that succeeds if the server accepts the password in the file `$1`. */
  readonly accepts: string;
  /** The program of the exporter, whose image starts it without naming it. */
  readonly exporter: string;
}

const MYSQL_CLIENT =
  'MYSQL_PWD="$(cat "$1")" $(command -v mariadb || echo mysql) --no-defaults -h 127.0.0.1 -u app app -e "select 1"';
const REDIS_CLIENT =
  '[ "$(REDISCLI_AUTH="$(cat "$1")" $(command -v valkey-cli || echo redis-cli) -h 127.0.0.1 ping)" = PONG ]';

const CASES: Record<string, Case> = {
  postgres: {
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    type: 'postgresql',
    accepts: 'PGPASSWORD="$(cat "$1")" psql -h 127.0.0.1 -U app -c "select 1" app',
    exporter: 'postgres_exporter',
  },
  mysql: {
    engine: DatabaseEngine.mysql({ version: MysqlVersion.V9 }),
    type: 'mysql',
    accepts: MYSQL_CLIENT,
    exporter: 'mysqld_exporter',
  },
  mariadb: {
    engine: DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
    type: 'mysql',
    accepts: MYSQL_CLIENT,
    exporter: 'mysqld_exporter',
  },
  redis: {
    engine: DatabaseEngine.redis({ version: RedisVersion.V7 }),
    type: 'redis',
    accepts: REDIS_CLIENT,
    exporter: 'redis_exporter',
  },
  valkey: {
    engine: DatabaseEngine.valkey({ version: ValkeyVersion.V8 }),
    type: 'redis',
    accepts: REDIS_CLIENT,
    exporter: 'redis_exporter',
  },
};

/** Waits until the exporter has reached the server with the same password. */
const exporterCheck = (port: number, type: string) => `
    touch /sync/start-$name
    result="$result, exporter down"
    for i in $(seq 50); do
      if exec 3<> /dev/tcp/127.0.0.1/${port} && printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3 &&
        grep -qx '${DIALECTS[type].up}' <&3; then result="\${result%,*}"; break; fi
      sleep 0.4
    done 2> /dev/null
    touch /sync/stop-$name`;

/** Starts the server with each password, and prints whether clients and the exporter can use it. */
const loop = ({ accepts, type }: Case, port: number | undefined, mountPath: string) => `
accepts() { ${accepts} > /dev/null 2>&1; }
printf wrong > /tmp/wrong
for file in /passwords/*; do
  name=$(basename "$file")
  find ${mountPath} -mindepth 1 -delete
  cat "$file" > /run/secrets/database/password
  "$@" > /tmp/log 2>&1 &
  server=$!
  result=refused
  for i in $(seq 400); do
    if accepts "$file"; then result=accepted; break; fi
    kill -0 $server 2> /dev/null || break
    sleep 0.4
  done
  if [ $result = accepted ]; then
    accepts /tmp/wrong && result=open
${port === undefined ? '' : exporterCheck(port, type)}
  fi
  if [ -s "$file" ] && [ $(wc -c < "$file") -gt 5 ] && grep -qF -f "$file" /tmp/log; then result="$result, printed"; fi
  [ "$result" = accepted ] || [ "$result" = refused ] || tail -5 /tmp/log
  echo "RESULT $name $result: $(grep -m 1 "key 'password' of the Secret" /tmp/log)"
  kill -TERM $server 2> /dev/null
  wait $server
done
touch /sync/end
echo END`;

/** Starts the exporter with the password of the server. */
const exporterLoop = (variable: string) => `
until [ -e /sync/end ]; do
  for file in /passwords/*; do
    name=$(basename "$file")
    if [ -e /sync/start-$name ] && [ ! -e /sync/stop-$name ]; then
      export ${variable}="$(cat "$file")"
      "$@" > /dev/null 2>&1 &
      until [ -e /sync/stop-$name ]; do sleep 0.2; done
      kill $!
      wait $!
    fi
  done
  sleep 0.2
done`;

/** Returns a pod that runs the generated containers once for each password. */
function podOfPasswords(name: string, subject: Case, objects: any[]): any {
  const { containers, initContainers = [], volumes, ...spec } = podOf(objects);
  const [server] = containers;
  const exporter = [...initContainers, ...containers].find((container: any) => container.name === 'exporter');
  const shared = [
    { name: 'passwords', mountPath: '/passwords' },
    { name: 'sync', mountPath: '/sync' },
  ];
  const withoutProbes = ({ startupProbe: _, readinessProbe: __, livenessProbe: ___, lifecycle: ____, ...rest }: any) =>
    rest;
  const hasExporter = new RegExp(withExporter).test(name);
  const data = server.volumeMounts.find(({ name: volume }: any) => volume === 'data');
  const { valueFrom } = exporter.env.find(({ valueFrom: from }: any) => from?.secretKeyRef);
  const variable = exporter.env.find((candidate: any) => candidate.valueFrom === valueFrom).name;
  const entrypoint = { name: 'entrypoint', mountPath: '/usr/local/bin/docker-entrypoint.sh', subPath: 'entrypoint' };
  const replacesEntrypoint = name === 'mysql' && mysqlEntrypoint !== undefined;
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
        { name: 'data', emptyDir: {} },
        { name: 'sync', emptyDir: {} },
        { name: 'passwords', secret: { secretName: 'odd-passwords', items: itemsOf(), defaultMode: 0o444 } },
        ...(replacesEntrypoint ? [{ name: 'entrypoint', configMap: { name: 'entrypoint', defaultMode: 0o555 } }] : []),
      ],
      containers: [
        {
          ...withoutProbes(server),
          command: [
            'bash',
            '-c',
            loop(subject, hasExporter ? exporter.ports[0].containerPort : undefined, data.mountPath),
            'loop',
            ...server.command,
          ],
          resources: {},
          volumeMounts: [
            ...server.volumeMounts.map((mount: any) =>
              mount.name === 'credentials' ? { ...mount, readOnly: false } : mount,
            ),
            ...shared,
            ...(replacesEntrypoint ? [entrypoint] : []),
          ],
        },
        ...(!hasExporter
          ? []
          : [
              {
                ...withoutProbes(exporter),
                restartPolicy: undefined,
                command: ['sh', '-c', exporterLoop(variable), 'loop', subject.exporter],
                env: exporter.env.filter((candidate: any) => candidate.name !== variable),
                resources: {},
                volumeMounts: [...(exporter.volumeMounts ?? []), ...shared],
              },
            ]),
      ],
    },
  };
}

const ALL = [...ODD_PASSWORDS, ...REFUSED_PASSWORDS];
const keyOf = (index: number) => `p${String(index).padStart(2, '0')}`;
const itemsOf = () => ALL.map((_, i) => ({ key: keyOf(i), path: keyOf(i) }));

let namespace: TestNamespace;

beforeAll(() => {
  namespace = TestNamespace.create('passwords');
  namespace.applyObjects([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'odd-passwords' },
      data: Object.fromEntries(ALL.map((password, i) => [keyOf(i), Buffer.from(password).toString('base64')])),
    },
    ...(mysqlEntrypoint === undefined
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'entrypoint' },
            data: { entrypoint: readFileSync(mysqlEntrypoint, 'utf8') },
          },
        ]),
  ]);
});
afterAll(() => namespace.delete());

for (const [name, subject] of Object.entries(CASES)) {
  (new RegExp(wanted).test(name) ? test : test.skip)(
    `${name} and its exporter accept odd passwords unchanged, and refuse those that they cannot carry`,
    async () => {
      const objects = objectsOf({ engine: subject.engine, metrics: {} });
      namespace.applyObjects([
        ...objects
          .filter(({ kind }: any) => kind === 'ConfigMap')
          .map(({ metadata, ...rest }: any) => ({
            ...rest,
            metadata: { ...metadata, namespace: undefined },
          })),
        podOfPasswords(name, subject, objects),
      ]);
      const logs = () => {
        try {
          return namespace.kubectl('logs', `passwords-${name}`, '-c', 'database');
        } catch {
          return '';
        }
      };
      const deadline = Date.now() + 1_500_000;
      while (!/^END$/m.test(logs()) && Date.now() < deadline) {
        await new Promise(resolve => setTimeout(resolve, 3000));
      }
      const text = logs();
      const results = new Map(
        [...text.matchAll(/^RESULT (p\d+) ([^:]*): ?(.*)$/gm)].map(([, key, ...rest]) => [key, rest]),
      );
      const outcome = ALL.map((password, i) => [password, results.get(keyOf(i))?.[0] ?? 'not run']);
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
    1_600_000,
  );
}
