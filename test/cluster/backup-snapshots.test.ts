import { Chart, Size } from 'cdk8s';
import { BackupNamespace, JobResult, NEVER } from './backups';
import { eventually, report } from './cluster';
import { ask, ENGINE_CASES, EngineCase, showRoutines, write } from './engine-cases';
import { CREDENTIALS, LITTLE_CPU } from './postgres';
import {
  BackupDestination,
  DatabaseBackup,
  DatabaseEngine,
  DatabaseStorage,
  PostgresVersion,
  StatefulDatabase,
  VolumeDataSource,
} from '../../src';

const POSTGRES: EngineCase = {
  id: 'postgres',
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  memory: Size.mebibytes(256),
  client: 'psql -U app -v ON_ERROR_STOP=1 -XAtqc "$1"',
  data:
    'create table history (id bigserial primary key, note text); create sequence calls; ' +
    "insert into history (note) select 'row ' || i from generate_series(1, 20000) i; " +
    "select lo_from_bytea(0, 'large'), nextval('calls')",
  load: seconds =>
    `do $$ declare last timestamptz := clock_timestamp() + interval '${seconds} s'; begin ` +
    "while clock_timestamp() < last loop insert into history (note) values ('load'); perform nextval('calls'); " +
    'if random() < 0.1 then delete from history where id % 1000 = 1; end if; commit; end loop; end $$',
  count: 'select count(*) from history',
};

const CASES = [POSTGRES, ...ENGINE_CASES];

/** Classes of the driver of the default one. `TEST_CLUSTER_SNAPSHOT_CLASS` is another one. */
const CLASS = process.env.TEST_CLUSTER_SNAPSHOT_CLASS ?? 'standard';
const RETAIN = 'storage-patterns-retain';
const DELETE = 'storage-patterns-delete';

let backups: BackupNamespace;

beforeAll(() => {
  backups = new BackupNamespace('snapshots');
  const { driver } = backups.namespace.get('volumesnapshotclass', CLASS);
  const group = 'snapshot.storage.k8s.io/v1';
  backups.namespace.applyObjects(
    Object.entries({ [RETAIN]: 'Retain', [DELETE]: 'Delete' }).map(([name, deletionPolicy]) => ({
      apiVersion: group,
      kind: 'VolumeSnapshotClass',
      metadata: { name },
      driver,
      deletionPolicy,
    })),
  );
  backups.namespace.apply(chart => CASES.forEach(engineCase => define(chart, engineCase)));
  CASES.forEach(({ id }) => backups.namespace.rolledOut(`statefulset/test-${id}`, 300));
  CASES.forEach(engineCase => ask(backups.namespace, engineCase, engineCase.data));
  CASES.forEach(engineCase => showRoutines(backups.namespace, engineCase));
});
afterAll(() => {
  const owned = ['clusterrolebinding', 'clusterrole']
    .flatMap(kind => backups.namespace.kubectl('get', kind, '-o', 'name').split('\n'))
    .filter(name => name.includes(`/${backups.namespace.name}-`));
  backups.namespace.kubectl('delete', ...owned);
  backups.delete();
});

function database(chart: Chart, { id, engine, memory }: EngineCase, dataSource?: VolumeDataSource): StatefulDatabase {
  return new StatefulDatabase(chart, id, {
    engine,
    storage: DatabaseStorage.provisioned(Size.gibibytes(2), { dataSource }),
    memory,
    credentials: CREDENTIALS,
    cpu: LITTLE_CPU,
  });
}

function define(chart: Chart, engineCase: EngineCase, snapshotClassName = RETAIN): void {
  new DatabaseBackup(chart, `${engineCase.id}-backup`, {
    database: database(chart, engineCase),
    destination: BackupDestination.volumeSnapshot({ snapshotClassName }),
    schedule: NEVER,
    retention: { keepLast: 2 },
    trial: { schedule: NEVER },
    events: true,
  });
}

const back = ({ id }: EngineCase): Promise<JobResult> => backups.run(`test-${id}-backup`);
/** Runs a trial, and deletes its pod, which would keep the claim. */
async function tryOut({ id }: EngineCase): Promise<JobResult> {
  const result = await backups.run(`test-${id}-backup-trial`);
  backups.discard(result);
  return result;
}

function snapshotsOf({ id }: EngineCase): any[] {
  return backups.namespace
    .get('volumesnapshot', '-l', `backup.cdk8s-storage-patterns/backup=test-${id}-backup`)
    .items.sort((a: any, b: any) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

describe.each(CASES.map(engineCase => [engineCase.id, engineCase] as const))('%s', (_, engineCase) => {
  test('each snapshot under a load of writes is equal, and retention frees old ones', async () => {
    const runs = 4;
    const load = write(backups.namespace, engineCase, 300).catch(() => '');
    const contents: string[] = [];
    const seconds: string[] = [];
    for (let i = 0; i < runs; i++) {
      const { succeeded, log } = await back(engineCase);
      expect([succeeded, log]).toEqual([true, expect.stringContaining('took snapshot')]);
      seconds.push(/took (\S+) seconds for the snapshot/.exec(log)![1]);
      contents.push(snapshotsOf(engineCase).at(-1).status.boundVolumeSnapshotContentName);
      if (i !== 1) {
        const trial = await tryOut(engineCase);
        expect([trial.succeeded, trial.log]).toEqual([true, expect.stringMatching(/snapshot \S+ is proven/)]);
      }
    }
    const numbers = snapshotsOf(engineCase).map(({ metadata }) => /-(\d{6})-/.exec(metadata.name)![1]);
    expect(numbers).toEqual(['000003', '000004']);
    await eventually('the contents of old snapshots are gone', () => {
      const left = backups.namespace.get('volumesnapshotcontent').items.map(({ metadata }: any) => metadata.name);
      return contents.slice(0, 2).every(name => !left.includes(name));
    });
    report(`${engineCase.id}: ${runs} snapshots, writes stopped for ${seconds.join(', ')} s in addition to the lock`);
    await load;
  }, 900_000);
});

test('a trial finds rows that are missing', async () => {
  const [newest] = snapshotsOf(POSTGRES).slice(-1);
  const key = 'backup.cdk8s-storage-patterns/figures';
  const figures = newest.metadata.annotations[key];
  ask(backups.namespace, POSTGRES, "insert into history (note) values ('one more')");
  expect(await back(POSTGRES)).toMatchObject({ succeeded: true });
  const [changed] = snapshotsOf(POSTGRES).slice(-1);
  backups.namespace.kubectl('annotate', '--overwrite', 'volumesnapshot', changed.metadata.name, `${key}=${figures}`);
  const { succeeded, log } = await tryOut(POSTGRES);
  expect([succeeded, log]).toEqual([false, expect.stringContaining('The restored data differs from the backup.')]);
});

test('unlogged tables, whose rows a snapshot loses, fail the backup', async () => {
  ask(backups.namespace, POSTGRES, 'create unlogged table cache (id int)');
  const { succeeded, log } = await back(POSTGRES);
  expect([succeeded, log]).toEqual([false, expect.stringContaining('unlogged tables: app: public.cache.')]);
  ask(backups.namespace, POSTGRES, 'drop table cache');
});

test('a class that deletes snapshots with their namespace is refused', async () => {
  backups.namespace.apply(chart => define(chart, POSTGRES, DELETE));
  const { succeeded, log } = await back(POSTGRES);
  expect([succeeded, log]).toEqual([false, expect.stringContaining("Use a class with 'deletionPolicy: Retain'")]);
  backups.namespace.apply(chart => define(chart, POSTGRES));
});

test('a storage system that takes no snapshot fails the backup, and writes go on', async () => {
  const run = backups.start('test-postgres-backup', spec =>
    JSON.parse(JSON.stringify(spec).replace('"data-test-postgres-0"', '"no-such-claim"')),
  );
  const { succeeded, log } = await backups.result(run);
  expect([succeeded, log]).toEqual([false, expect.stringContaining('The storage system took no snapshot')]);
  ask(backups.namespace, POSTGRES, "insert into history (note) values ('after the failure')");
  // the first one could be a run that has not ended for the second one
  for (const _ of [1, 2]) {
    expect(await back(POSTGRES)).toMatchObject({ succeeded: true });
  }
  const states = snapshotsOf(POSTGRES).map(({ metadata }) => metadata.labels['backup.cdk8s-storage-patterns/state']);
  expect(new Set(states)).toEqual(new Set(['complete']));
});

test('a database that was deleted with its claim comes back from a snapshot', async () => {
  const count = ask(backups.namespace, POSTGRES, POSTGRES.count);
  const name: string = snapshotsOf(POSTGRES).at(-1).metadata.name;
  backups.namespace.kubectl('delete', 'statefulset', 'test-postgres');
  await backups.namespace.deletePods(['test-postgres-0']).catch(() => undefined);
  backups.namespace.kubectl('delete', 'pvc', 'data-test-postgres-0');
  backups.namespace.apply(chart => database(chart, POSTGRES, VolumeDataSource.fromSnapshotName(name)));
  backups.namespace.rolledOut('statefulset/test-postgres', 300);
  expect(ask(backups.namespace, POSTGRES, POSTGRES.count)).toBe(count);
});
