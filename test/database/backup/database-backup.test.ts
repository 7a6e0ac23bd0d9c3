import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import { backup, backupObjects, containerNamed, cronJob, egressOf, externalBackup, S3 } from './fixtures';
import {
  BackupDestination,
  DatabaseBackupProps,
  DatabaseEngine,
  InitScripts,
  KubernetesVersion,
  SecretSource,
  StatefulDatabase,
} from '../../../src';
import { API_SERVER_PORTS } from '../../../src/facts/network';
import { kind, synth } from '../../synth';
import { CUSTOM_SPEC, database, POSTGRES, specOf } from '../fixtures';

const creating = (props: Partial<DatabaseBackupProps>) => () => backupObjects(props);

/** Objects without the scripts, which other tests run. */
function withoutScripts(objects: any[]): any[] {
  return JSON.parse(
    JSON.stringify(objects, (_, value) => (typeof value === 'string' && value.includes('\nproblem()') ? '...' : value)),
  );
}

test('renders the smallest backup', () => {
  const objects = backupObjects().filter(({ metadata }) => metadata.name.startsWith('test-backup'));
  expect(withoutScripts(objects)).toMatchSnapshot();
});

test('dumps with the image of the server, as its user, and uploads in a container without the password', () => {
  const { spec, pod } = cronJob(backupObjects(), 'test-backup');
  expect(spec).toMatchObject({ concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 3600 });
  expect(spec.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 6 * 3600, backoffLimit: 2 });
  const dump = containerNamed(pod, 'dump');
  const upload = containerNamed(pod, 'app');
  expect(dump.image).toBe(specOf(POSTGRES).image);
  expect(pod.securityContext).toMatchObject({ runAsUser: 999, runAsGroup: 999 });
  const paths = (container: any) => container.volumeMounts.map(({ mountPath }: any) => mountPath).sort();
  expect(paths(dump)).toEqual(['/backup', '/run/connection', '/tmp']);
  expect(paths(upload)).toEqual(['/backup', '/run/secrets/destination', '/tmp']);
  expect(upload.volumeMounts.find(({ mountPath }: any) => mountPath === '/backup').readOnly).toBe(true);
});

test('opens the database and the destination only, and neither for the trial', () => {
  const objects = backupObjects({
    destination: BackupDestination.s3({ ...S3, endpoint: 'https://s3.storage.svc:9000' }),
  });
  const destination = {
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'storage' } } }],
    ports: [{ port: 9000, protocol: 'TCP' }],
  };
  const orders = {
    to: [{ podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/name': 'orders' }) } }],
    ports: [{ port: 5432, protocol: 'TCP' }],
  };
  expect(egressOf(objects, 'backup')).toEqual(expect.arrayContaining([destination, orders]));
  expect(egressOf(objects, 'backup')).toHaveLength(2);
  expect(egressOf(objects, 'restore')).toHaveLength(2);
  expect(egressOf(objects, 'trial')).toEqual([destination]);
});

test('tries a backup in a server with the settings of the database, that archives and sends nothing', () => {
  const objects = synth(chart => backup(chart, {}, { settings: { archive_mode: 'on', deadlock_timeout: '7s' } }));
  const { spec, pod } = cronJob(objects, 'test-backup-trial');
  expect(spec.schedule).toBe('0 4 * * 0');
  const server = containerNamed(pod, 'server');
  expect(server).toMatchObject({
    image: specOf(POSTGRES).image,
    restartPolicy: 'Always',
    resources: { limits: { memory: '1Gi' } },
  });
  const text = server.command.join(' ');
  ['archive_mode=off', 'listen_addresses=127.0.0.1', 'max_wal_senders=0'].forEach(setting =>
    expect(text).toContain(`-c ${setting}`),
  );
  const config = objects.find(({ metadata }) => metadata.name.startsWith('test-backup-trial-config'));
  expect(config.data['postgresql.conf']).toContain("deadlock_timeout = '7s'");
  const volumes = Object.fromEntries(pod.volumes.map(({ name, ...source }: any) => [name, source]));
  expect(volumes.data).toMatchObject({ ephemeral: { volumeClaimTemplate: {} } });
  expect(JSON.stringify(volumes)).not.toContain('orders-db');
  // the server starts before the restore, and the proof is recorded last
  expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['server', 'fetch', 'restore']);
});

test('passes the query and the memory of the trial', () => {
  const trial = {
    query: 'select true',
    memory: Size.gibibytes(2),
    schedule: Cron.daily(),
    storageSize: Size.gibibytes(9),
  };
  const { spec, pod } = cronJob(backupObjects({ trial }), 'test-backup-trial');
  expect(spec.schedule).toBe('0 0 * * *');
  expect(containerNamed(pod, 'restore').env).toContainEqual({ name: 'QUERY', value: 'select true' });
  expect(containerNamed(pod, 'server').resources.limits.memory).toBe('2Gi');
});

test('has no trial with a reason, and always a suspended CronJob that restores', () => {
  const objects = backupObjects({ trial: { disabledReason: 'another cluster tries them' } });
  const names = objects.filter(object => object.kind === 'CronJob').map(({ metadata }) => metadata.name);
  expect(names).toEqual(['test-backup', 'test-backup-restore']);
  expect(cronJob(objects, 'test-backup-restore').spec.suspend).toBe(true);
});

test('dumps all databases of its own server, and the named ones of another', () => {
  const databases = (objects: any[]) =>
    containerNamed(cronJob(objects, 'test-backup').pod, 'dump').env.find(({ name }: any) => name === 'DATABASES')
      ?.value;
  expect(databases(backupObjects())).toBeUndefined();
  expect(databases(synth(chart => externalBackup(chart)))).toBe('app');
  expect(databases(backupObjects({ databases: ['a', "b 'c'"] }))).toBe("a\nb 'c'");
});

test('the path is that of the namespace and the name', () => {
  const chart = new Chart(new App(), 'shop', { namespace: 'prod', disableResourceNameHashes: true });
  expect(backup(chart, { path: undefined }).path).toBe('prod/shop-backup');
});

describe('events', () => {
  const objects = backupObjects({ events: true });

  test.each(['test-backup', 'test-backup-trial'])('are recorded by a sidecar of %s, which alone has a token', name => {
    const { pod } = cronJob(objects, name);
    const mounts = ({ volumeMounts }: any) => volumeMounts.map(({ mountPath }: any) => mountPath);
    const withToken = [...pod.initContainers, ...pod.containers].filter(container =>
      mounts(container).includes('/run/secrets/account'),
    );
    expect(withToken.map(container => container.name)).toEqual(['recorder']);
    // the first container, so that it records the failure of each other one
    expect(pod.initContainers[0].name).toBe('recorder');
    expect(pod.initContainers[0].restartPolicy).toBe('Always');
    expect(mounts(containerNamed(pod, 'app'))).toContain('/run/result');
    expect(egressOf(objects, name.replace('test-', '').replace('backup-', ''))).toContainEqual({
      ports: API_SERVER_PORTS.map(port => ({ port, protocol: 'TCP' })),
    });
  });

  test('need permissions for one ConfigMap, for one CronJob, and for events', () => {
    const role = objects.find(({ kind: type, metadata }) => type === 'Role' && metadata.name === 'test-backup-trial');
    expect(role.rules).toEqual([
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['test-backup-status'], verbs: ['patch'] },
      { apiGroups: ['batch'], resources: ['cronjobs'], resourceNames: ['test-backup-trial'], verbs: ['get'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create'] },
    ]);
    expect(objects.find(({ metadata }) => metadata.name === 'test-backup-status').kind).toBe('ConfigMap');
  });

  test('are not recorded by default', () => {
    const kinds = backupObjects().map(object => object.kind);
    expect(kinds).not.toContain('Role');
  });
});

test('alerts on a missing and on a failed backup and trial', () => {
  const { spec } = kind(backupObjects({ prometheusRule: true, alertAfter: Duration.hours(2) }), 'PrometheusRule');
  const rules = spec.groups[0].rules;
  expect(rules.map(({ alert }: any) => alert)).toEqual([
    'DatabaseBackupMissing',
    'DatabaseBackupFailed',
    'DatabaseBackupNotProven',
    'DatabaseTrialFailed',
  ]);
  expect(rules[0].expr).toBe(
    'time() - (kube_cronjob_status_last_successful_time{cronjob="test-backup"} or ' +
      'kube_cronjob_created{cronjob="test-backup"}) > 7200',
  );
});

test.each<[string, Partial<DatabaseBackupProps>, string]>([
  ['no retention', { retention: { keepLast: 0 } }, "Invalid value 0 for 'retention.keepLast'."],
  ['a short reason', { trial: { disabledReason: 'no' } }, "The reason 'no' for 'trial.disabledReason' is too short."],
  ['a path with dots', { path: '../orders' }, "'path' is '../orders', which is not a relative path"],
  ['no percentage', { minimumPercentOfLast: 0 }, "Invalid value 0 for 'minimumPercentOfLast'."],
  ['no databases', { databases: [] }, "'databases' is empty."],
  ['a line break', { databases: ['a\nb'] }, "'databases' contains an empty name or a line break."],
  ['an unknown prop', { keepLast: 3 } as never, "Unknown prop 'keepLast'."],
  ['an unknown option', { trial: { cron: 3 } as never }, "Unknown prop 'cron' in 'trial'."],
  ['a custom database', { database: { endpoint: {} } as never }, "'database' is neither a StatefulDatabase nor"],
])('refuses %s', (_, props, problem) => {
  expect(creating(props)).toThrow(problem);
});

test('refuses an external database without sizes', () => {
  const of = (props: Partial<DatabaseBackupProps>) => () => synth(chart => externalBackup(chart, props));
  expect(of({ workVolume: undefined })).toThrow("'workVolume' is missing");
  expect(of({ trial: {} })).toThrow("'trial.storageSize' is missing");
  expect(of({ trial: { disabledReason: 'it has no space' } })).not.toThrow();
});

test('refuses a chart without a namespace if it has no path', () => {
  expect(creating({ path: undefined })).toThrow("'path' is missing, and the chart has no namespace");
});

test('refuses a trial on clusters without native sidecars', () => {
  expect(() => synth(chart => backup(chart), KubernetesVersion.V1_28)).toThrow("Sidecar 'server' never ends");
});

test('encrypts with a key that only rclone mounts', () => {
  const encryptionKey = { secret: SecretSource.fromName('backup-key'), key: 'key' };
  const { pod } = cronJob(backupObjects({ encryptionKey }), 'test-backup');
  const mounts = (name: string) => containerNamed(pod, name).volumeMounts.map(({ mountPath }: any) => mountPath);
  expect(mounts('app')).toContain('/run/secrets/encryption');
  expect(mounts('dump')).not.toContain('/run/secrets/encryption');
});

describe('restoreFrom', () => {
  const restoreFrom = { destination: BackupDestination.s3(S3), path: 'shop/orders' };
  const server = (define: (chart: Chart) => StatefulDatabase) => {
    const objects = synth(chart => void define(chart));
    return { objects, pod: objects.find(object => object.kind === 'StatefulSet').spec.template.spec };
  };

  test('downloads unless the volume has a database, and restores by an init script of the image', () => {
    const { objects, pod } = server(chart => database(chart, { engine: POSTGRES, restoreFrom }));
    const fetch = containerNamed(pod, 'fetch');
    expect(fetch.command[2]).toContain('[ ! -e /var/lib/postgresql/data/pgdata/PG_VERSION ]');
    const init = objects.find(({ metadata }) => metadata.name === 'test-orders-init');
    expect(Object.keys(init.data)).toEqual(['00-restore.sh', 'zzzz-initialised.sh']);
    expect(egressOf(objects, 'orders')).toEqual([{ ports: [{ port: 443, protocol: 'TCP' }] }]);
  });

  test('is refused with init scripts, and by an engine that cannot restore', () => {
    const initScripts = InitScripts.fromInline({ '10-schema.sql': 'create table orders ()' });
    expect(() => server(chart => database(chart, { restoreFrom, initScripts }))).toThrow(
      "'initScripts' and 'restoreFrom' are both set",
    );
    const engine = DatabaseEngine.custom(CUSTOM_SPEC);
    expect(() => server(chart => database(chart, { restoreFrom, engine }))).toThrow('surreal cannot restore a backup');
  });

  test.each([
    ['2026-01-01T02:00:00Z', /point-in-time recovery.*CloudNativePG/],
    ['orders.dump', /which is not the name of a backup/],
  ])('refuses the name %s of a backup', (backupName, problem) => {
    expect(() => server(chart => database(chart, { restoreFrom: { ...restoreFrom, backupName } }))).toThrow(problem);
  });
});
