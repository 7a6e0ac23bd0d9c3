import { Chart, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { AppWorkload, ConfigFiles, ConfigSource, ConfiguredApp, HealthCheck, PodVolume } from 'cdk8s-storage-patterns';
import { report, TestNamespace } from './cluster';
import { BUSYBOX, SMALL } from './log-writers';
import { createSecret, postgres } from './postgres';

let namespace: TestNamespace;

beforeAll(() => {
  namespace = TestNamespace.create('init-containers');
  createSecret(namespace);
});
afterAll(() => namespace.delete());

const PSQL =
  'PATH=$PATH:/usr/lib/postgresql/17/bin; PGPASSWORD=$DB_PASSWORD PGCONNECT_TIMEOUT=3 ' +
  'psql -v ON_ERROR_STOP=1 -h "$DB_HOST" -p "$DB_PORT" -U "$DB_USER" -d "$DB_DATABASE" -Atqc';

/** An app whose init containers are named in the reverse of their order. */
function web(chart: Chart): void {
  const database = postgres(chart, 'db', { memory: Size.mebibytes(256) });
  const data = PodVolume.newClaim('data', { size: Size.mebibytes(10) });
  const app = new ConfiguredApp(chart, 'web', {
    image: 'docker.io/library/postgres:17.11-trixie',
    command: ['sleep', 'infinity'],
    env: { GREETING: EnvValue.fromValue('hello') },
    resources: SMALL,
    healthCheck: HealthCheck.command(['true']),
    config: new ConfigFiles({ mountPath: '/etc/web', sources: [ConfigSource.text('web.conf', 'from a file')] }),
  });
  app
    .addInitContainer({
      name: 'z-migrate',
      likeApp: true,
      command: [
        'sh',
        '-ec',
        `${PSQL} "create table greetings (who text)"; echo "$GREETING $(cat /etc/web/web.conf)" > /tmp/greeting; ` +
          'echo migrate >> /var/lib/web/order; id -u >> /var/lib/web/order',
      ],
    })
    .addInitContainer({
      name: 'm-plain',
      image: BUSYBOX,
      command: ['sh', '-ec', 'echo "plain [$GREETING]" >> /data/order'],
      mounts: [{ path: '/data', volume: data }],
    })
    .addInitContainer({
      name: 'a-seed',
      likeApp: true,
      env: { GREETING: EnvValue.fromValue('good morning') },
      command: [
        'sh',
        '-ec',
        `${PSQL} "insert into greetings values ('$GREETING')"; echo seed >> /var/lib/web/order; ! touch /usr/x`,
      ],
    })
    .mount('/var/lib/web', data)
    .add(database.client());
}

test('init containers run after the wait for the database, in the order of the calls, with what the app has', () => {
  namespace.apply(web);
  namespace.rolledOut('statefulset/test-db', 300);
  namespace.rolledOut('deployment/test-web', 300);
  const [{ metadata, status }] = namespace.get('pods', '-l', 'app.kubernetes.io/name=web').items;
  const containers = status.initContainerStatuses.map(({ name, restartCount, state }: any) => ({
    name,
    restartCount,
    ...state.terminated,
  }));
  expect(containers.map(({ name, restartCount, exitCode }: any) => [name, restartCount, exitCode])).toEqual([
    ['wait-for-db-db', 0, 0],
    ['z-migrate', 0, 0],
    ['m-plain', 0, 0],
    ['a-seed', 0, 0],
  ]);
  const [wait] = containers;
  const waited = (Date.parse(wait.finishedAt) - Date.parse(wait.startedAt)) / 1000;
  report(`waited ${waited} s for the database`);
  expect(namespace.kubectl('logs', metadata.name, '-c', wait.name)).toContain('waiting for test-db');

  const sh = (script: string) => namespace.kubectl('exec', metadata.name, '-c', 'app', '--', 'sh', '-c', script).trim();
  expect(sh('cat /var/lib/web/order').split('\n')).toEqual(['migrate', '10001', 'plain []', 'seed']);
  expect(sh('cat /tmp/greeting')).toBe('hello from a file');
  expect(sh(`${PSQL} "select who from greetings"`)).toBe('good morning');
});

test('a writable directory starts with the files of the image, which the app can change', () => {
  namespace.apply(chart => {
    new AppWorkload(chart, 'copy', {
      image: BUSYBOX,
      command: ['sleep', 'infinity'],
      replicas: 1,
      writableDirectories: [{ path: '/etc', sizeLimit: Size.mebibytes(1), copyFromImage: true }],
      resources: SMALL,
      healthCheck: HealthCheck.command(['true']),
    });
  });
  namespace.rolledOut('deployment/test-copy');
  const shell = (script: string) =>
    namespace.kubectl('exec', 'deployment/test-copy', '-c', 'app', '--', 'sh', '-ec', script).trim();
  expect(shell('grep -c root /etc/passwd; stat -c %u /etc/passwd')).toBe('1\n10001');
  expect(shell('echo changed > /etc/passwd; rm /etc/group; cat /etc/passwd; ls /etc/group || true')).toBe('changed');
});
