import { Chart, Cron, Size, Testing, Yaml } from 'cdk8s';
import { auditWith, claim, messagesOf, podOfKind } from './fixtures';
import {
  BackupDestination,
  DatabaseBackup,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  PostgresVersion,
  SecretSource,
  StatefulDatabase,
} from '../../../src';

interface Server {
  readonly name?: string;
  readonly image?: string;
  readonly path?: string;
  readonly labels?: string;
  readonly annotations?: string;
  readonly template?: string;
  readonly container?: string;
  readonly more?: string;
}

const server = ({
  name = 'db',
  image = 'postgres:17',
  path = '/var/lib/postgresql/data',
  labels = `app: ${name}`,
  annotations = '',
  template = '',
  container = '',
  more = '',
}: Server = {}) => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}, namespace: shop}
spec:
  serviceName: ${name}-headless
  template:
    metadata: {labels: {${labels}}, annotations: {${annotations}}}
    spec:
      containers:
        - {name: server, image: "${image}", volumeMounts: [{name: data, mountPath: ${path}}]${container}}${more}
  volumeClaimTemplates: [{metadata: {name: data, ${template}}, spec: {resources: {requests: {storage: 1Gi}}}}]
`;
const service = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: db}}
`;
const job = (script: string, name = 'nightly') =>
  podOfKind('CronJob', { name, container: `command: [sh, -c, ${JSON.stringify(script)}]` });
const object = (apiVersion: string, kind: string, spec = '{}', namespace = 'shop') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: ${namespace}}\nspec: ${spec}\n`;
const checked = (...documents: string[]) => messagesOf('database-is-backed-up', ...documents);

test.each([
  ['PostgreSQL', {}],
  ['MySQL', { image: 'mysql:8.4', path: '/var/lib/mysql' }],
  ['MongoDB', { image: 'docker.io/bitnami/mongodb:8.0', path: '/bitnami/mongodb' }],
  ['Redis', { image: 'redis:8', path: '/data' }],
])('reports %s on a claim, once and as information', (title, options) => {
  expect(auditWith('database-is-backed-up', server(options)).findings).toMatchObject([
    {
      severity: 'info',
      at: ['spec', 'volumeClaimTemplates', 0],
      message:
        `${title} in container 'server' keeps its data in the claim 'data', and nothing in the manifests ` +
        'backs it up.',
    },
  ]);
});

test('reports a claim of a Deployment, and no volume that ends with the pod', () => {
  const deployment = (volume: string) =>
    podOfKind('Deployment', { volume })
      .replace('acme/app:1', 'postgres:17')
      .replace('mountPath: /data', 'mountPath: /var/lib/postgresql/data');
  expect(checked(deployment('persistentVolumeClaim: {claimName: data}'), claim('data', 'ReadWriteOnce'))).toHaveLength(
    1,
  );
  expect(checked(deployment('emptyDir: {}'))).toEqual([]);
});

test('reports the primary and the replicas of one database once', () => {
  const labels = 'app.kubernetes.io/name: mysql, app.kubernetes.io/instance: shop';
  const options = { image: 'mysql:8.4', path: '/var/lib/mysql', labels };
  const [primary, secondary] = ['primary', 'secondary'].map(name => server({ ...options, name }));
  expect(checked(primary, secondary)).toHaveLength(1);
  expect(checked(primary, secondary, job('mysqldump -h secondary shop'))).toEqual([]);
  expect(checked(server({ name: 'one' }), server({ name: 'two' }))).toHaveLength(2);
});

test.each([
  ['the Service', 'pg_dump -h orders-db app > /backup/a'],
  ['a URL of the Service', 'psql postgresql://app@orders-db.shop.svc:5432/app'],
  ['the governing Service', 'pg_dump -h db-0.db-headless app'],
  ['the pod', 'kubectl exec db-0 -- pg_dump app'],
  ['the claim', 'tar c /claims/data-db-0'],
])('is silent if a CronJob mentions %s', (_, script) => {
  expect(checked(server(), service('orders-db'), job(script))).toEqual([]);
});

test('is silent if a CronJob reads the name of the host from a ConfigMap', () => {
  const config =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dump, namespace: shop}\ndata: {PGHOST: orders-db}\n';
  const container = 'envFrom: [{configMapRef: {name: dump}}]';
  expect(checked(server(), service('orders-db'), podOfKind('CronJob', { name: 'n', container }), config)).toEqual([]);
});

test('reports a database that a CronJob does not mention', () => {
  expect(checked(server(), job('pg_dump -h other app > /backup/a'))).toHaveLength(1);
  expect(checked(server(), job('pg_dump -h db-of-billing app > /backup/a'))).toHaveLength(1);
});

test('reads a name that is not valid', () => {
  const database = server().replace('name: db,', 'name: "{{ (db.*",');
  expect(checked(database, job('pg_dump -h other app'))).toHaveLength(1);
  expect(checked(database, job('kubectl exec {{ (db.*-0 -- pg_dump app'))).toEqual([]);
});

test.each([
  ['an annotation of Velero', { annotations: 'backup.velero.io/backup-volumes: data' }],
  ['an annotation of K8up', { template: 'annotations: {k8up.io/backup: "true"}' }],
  ['a label of Longhorn', { template: 'labels: {recurring-job.longhorn.io/daily: enabled}' }],
  ['a sidecar', { more: '\n        - {name: save, image: "prodrigestivill/postgres-backup-local:17"}' }],
  ['an archive of the log', { container: ", args: [-c, 'archive_command=wal-g wal-push %p']" }],
  ['a variable', { container: ', env: [{name: BACKUP_SCHEDULE, value: "0 2 * * *"}]' }],
])('is silent with %s', (_, options) => {
  expect(checked(server(options))).toEqual([]);
});

test.each([
  ['an excluded volume', { annotations: 'backup.velero.io/backup-volumes-excludes: data' }],
  ['an excluded claim', { template: 'labels: {velero.io/exclude-from-backup: "true"}' }],
  ['an annotation that is off', { annotations: 'k8up.io/backup: "false"' }],
  ['a variable that is off', { container: ', env: [{name: USE_WALG_BACKUP, value: "false"}]' }],
])('reports a database with %s', (_, options) => {
  expect(checked(server(options))).toHaveLength(1);
});

const VELERO = 'velero.io/v1';
const SNAPSHOT = 'snapshot.storage.k8s.io/v1';

test.each([
  [VELERO, 'Schedule', '{template: {}}', 'velero'],
  [VELERO, 'Schedule', '{template: {includedNamespaces: [shop, other]}}', 'velero'],
  [VELERO, 'Schedule', "{template: {includedNamespaces: ['*']}}", 'velero'],
  ['k8up.io/v1', 'Schedule', '{}', 'shop'],
  ['longhorn.io/v1beta2', 'RecurringJob', '{groups: [default]}', 'longhorn-system'],
  ['volsync.backube/v1alpha1', 'ReplicationSource', '{sourcePVC: data-db-0}', 'shop'],
  [SNAPSHOT, 'VolumeSnapshot', '{source: {persistentVolumeClaimName: data-db-0}}', 'shop'],
  ['snapscheduler.backube/v1', 'SnapshotSchedule', '{}', 'shop'],
])('is silent with %s %s %s', (apiVersion, kind, spec, namespace) => {
  expect(checked(server(), object(apiVersion, kind, spec, namespace))).toEqual([]);
});

test.each([
  [VELERO, 'Schedule', '{template: {includedNamespaces: [other]}}', 'velero'],
  [VELERO, 'BackupStorageLocation', '{}', 'velero'],
  ['k8up.io/v1', 'Schedule', '{}', 'other'],
  [SNAPSHOT, 'VolumeSnapshot', '{source: {persistentVolumeClaimName: data-other-0}}', 'shop'],
  [SNAPSHOT, 'VolumeSnapshotClass', '{}', 'shop'],
  ['longhorn.io/v1beta2', 'Setting', '{}', 'longhorn-system'],
])('reports a database with %s %s %s, which concerns another one', (apiVersion, kind, spec, namespace) => {
  expect(checked(server(), object(apiVersion, kind, spec, namespace))).toHaveLength(1);
});

test('accepts a StatefulDatabase with a DatabaseBackup, and reports it without one', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
  const database = new StatefulDatabase(chart, 'orders', {
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
    memory: Size.gibibytes(1),
    credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders')),
  });
  const rendered = () => Testing.synth(chart).map(each => Yaml.stringify(each));
  expect(checked(...rendered())).toHaveLength(1);
  new DatabaseBackup(chart, 'backup', {
    database,
    schedule: Cron.schedule({ minute: '0', hour: '2' }),
    destination: BackupDestination.claim({ claimName: 'backups' }),
  });
  expect(checked(...rendered())).toEqual([]);
});
