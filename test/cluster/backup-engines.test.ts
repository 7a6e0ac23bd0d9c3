import { Chart, Size } from 'cdk8s';
import { BackupNamespace, Edit, JobResult, script } from './backups';
import { eventually, report, sleep } from './cluster';
import { ask, ENGINE_CASES, EngineCase, showRoutines, write } from './engine-cases';
import { CREDENTIALS, LITTLE_CPU } from './postgres';
import { BackupDestination, DatabaseStorage, StatefulDatabase, StatefulDatabaseProps } from '../../src';

let backups: BackupNamespace;

beforeAll(() => {
  backups = new BackupNamespace('engines');
  backups.namespace.applyObjects([claim()]);
  backups.namespace.apply(chart => ENGINE_CASES.forEach(engineCase => define(chart, engineCase)));
  ENGINE_CASES.forEach(({ id }) => backups.namespace.rolledOut(`statefulset/test-${id}`, 300));
  ENGINE_CASES.forEach(engineCase => ask(backups.namespace, engineCase, engineCase.data));
  ENGINE_CASES.forEach(engineCase => showRoutines(backups.namespace, engineCase));
});
afterAll(() => backups.delete());

function claim(): any {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'backups' },
    spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '4Gi' } } },
  };
}

function define(chart: Chart, { id, engine, memory }: EngineCase, props: Partial<StatefulDatabaseProps> = {}): void {
  const database = new StatefulDatabase(chart, id, {
    engine,
    storage: DatabaseStorage.provisioned(Size.gibibytes(2)),
    memory,
    credentials: CREDENTIALS,
    cpu: LITTLE_CPU,
    ...props,
  });
  backups.backup(chart, database, `${id}-backup`, {
    destination: BackupDestination.claim({ claimName: 'backups' }),
    resources: { cpu: LITTLE_CPU, memory: { request: memory, limit: memory } },
  });
}

const back = ({ id }: EngineCase, ...edits: Edit[]): Promise<JobResult> => backups.run(`test-${id}-backup`, ...edits);
const tryOut = ({ id }: EngineCase, ...edits: Edit[]): Promise<JobResult> =>
  backups.run(`test-${id}-backup-trial`, ...edits);

const success = (log: string) => ({ succeeded: true, log: expect.stringContaining(log) });
const failure = (log: string) => ({ succeeded: false, log: expect.stringContaining(log) });

describe.each(ENGINE_CASES.map(each => [each.id, each] as const))('%s', (id, engineCase) => {
  test('each backup under a load of writes restores equal', async () => {
    const runs = 3;
    const before = Number(ask(backups.namespace, engineCase, engineCase.count));
    const loads = [write(backups.namespace, engineCase, 90), write(backups.namespace, engineCase, 90)];
    let seconds = 0;
    for (let i = 0; i < runs; i++) {
      const began = Date.now();
      expect(await back(engineCase)).toMatchObject(success('uploaded backup'));
      seconds += (Date.now() - began) / 1000;
      expect(await tryOut(engineCase)).toMatchObject(success('found it equal'));
    }
    const written = Number(ask(backups.namespace, engineCase, engineCase.count)) - before;
    expect(written).not.toBe(0);
    await Promise.all(loads);
    report(
      `${id}: ${runs} of ${runs} backups under load restored equal, ${(seconds / runs).toFixed(1)} s for a backup`,
    );
  });

  test('a database that was deleted with its claim comes back', async () => {
    expect(await back(engineCase)).toMatchObject(success('uploaded backup'));
    const count = ask(backups.namespace, engineCase, engineCase.count);
    const refused = await backups.run(`test-${id}-backup-restore`);
    expect(refused).toMatchObject(failure('is not empty'));
    backups.namespace.kubectl('delete', 'statefulset', `test-${id}`);
    await eventually('the pod is gone', () => !backups.namespace.kubectl('get', 'pods').includes(`test-${id}-0`), 180);
    backups.namespace.kubectl('delete', 'pvc', `data-test-${id}-0`);
    const isSql = id === 'mysql' || id === 'mariadb';
    const restoreFrom = {
      destination: BackupDestination.claim({ claimName: 'backups' }),
      path: `${id}-backup`,
    };
    backups.namespace.apply(chart => define(chart, engineCase, isSql ? { restoreFrom } : {}));
    backups.namespace.rolledOut(`statefulset/test-${id}`, 300);
    if (isSql) {
      expect(backups.namespace.kubectl('logs', `test-${id}-0`, '-c', 'database')).toContain('found it equal');
      showRoutines(backups.namespace, engineCase);
    } else {
      expect(await backups.run(`test-${id}-backup-restore`)).toMatchObject(success('found it equal'));
      await backups.namespace.deletePods([`test-${id}-0`]);
      backups.namespace.rolledOut(`statefulset/test-${id}`, 300);
    }
    // keys can expire
    expect(Math.abs(Number(count) - Number(ask(backups.namespace, engineCase, engineCase.count)))).toBeLessThanOrEqual(
      isSql ? 0 : 8000,
    );
  });

  test('the order of backups does not depend on the clock', async () => {
    const past = script('date -u +%Y%m%dT%H%M%SZ', 'echo 19991231T235959Z');
    expect(await back(engineCase, past)).toMatchObject(success('uploaded backup'));
    expect(await tryOut(engineCase)).toMatchObject(success('-19991231T235959Z-'));
    expect(await back(engineCase)).toMatchObject(success('uploaded backup'));
  });

  test('a restore that changes nothing fails the trial', async () => {
    const nothing = script('restore /backup\ncompare', 'compare');
    expect(await tryOut(engineCase, nothing)).toMatchObject(failure('The restored data differs from the backup.'));
  });
});

const SQL = ENGINE_CASES.filter(({ id }) => id === 'mysql' || id === 'mariadb').map(each => [each.id, each] as const);
const KEYS = ENGINE_CASES.filter(({ id }) => id === 'redis' || id === 'valkey').map(each => [each.id, each] as const);
const DUMPED: Readonly<Record<string, string>> = { mysql: 'mysqldump', mariadb: 'mariadb-dump' };

SQL.forEach(([id, engineCase]) =>
  describe(`${id}: lies`, () => {
    test('a cut dump of a program that succeeds fails the backup', async () => {
      const cut = script(
        'tail -n 1 database.sql >',
        'head -c 3000 database.sql > /tmp/cut; cp /tmp/cut database.sql; tail -n 1 database.sql >',
      );
      expect(await back(engineCase, cut)).toMatchObject(failure('The dump is not complete.'));
    });

    test.each([
      ['--routines', '--skip-routines', 'routine'],
      ['--events', '--skip-events', 'event'],
      ['--triggers', '--skip-triggers', 'trigger'],
    ])('a dump without %s fails the trial', async (option, replacement, kind) => {
      const skip = replacement === '--skip-triggers' ? script(option, replacement) : script(`    ${option} \\\n`, '');
      expect(await back(engineCase, skip)).toMatchObject(success('uploaded backup'));
      expect(await tryOut(engineCase)).toMatchObject(failure(`${kind} `));
    });

    test('figures of another moment than that of the dump fail the trial', async () => {
      const load = write(backups.namespace, engineCase, 60);
      const unlocked = script('cat /tmp/lock.sql >&3', `echo "SELECT 'locked';" >&3`);
      const late = script(`run dump ${DUMPED[id]}`, `sleep 2; run dump ${DUMPED[id]}`);
      expect(await back(engineCase, unlocked, late)).toMatchObject(success('uploaded backup'));
      expect(await tryOut(engineCase)).toMatchObject(failure('rows history'));
      await load;
    });

    test('a table without transactions, and a transaction that never ends, fail the backup', async () => {
      ask(backups.namespace, engineCase, 'create table old (id int) engine=MyISAM;');
      expect(await back(engineCase)).toMatchObject(failure('old (MyISAM)'));
      ask(backups.namespace, engineCase, 'drop table old;');
      const open = write(
        backups.namespace,
        { ...engineCase, load: () => "begin; insert into other (v) values ('open'); do sleep(40);" },
        0,
      );
      await sleep(2000);
      const few = script('-lt 20 ]', '-lt 2 ]');
      expect(await back(engineCase, few)).toMatchObject(failure('Transactions that write are never shorter than'));
      await open;
      expect(await back(engineCase)).toMatchObject(success('uploaded backup'));
    });
  }),
);

KEYS.forEach(([id, engineCase]) =>
  describe(`${id}: lies`, () => {
    test('a cut snapshot, and a snapshot with fewer keys than the server stated, fail the backup', async () => {
      const check = `${id}-check-rdb data.rdb`;
      const cut = script(check, `head -c 3000 data.rdb > /tmp/cut; cp /tmp/cut data.rdb; ${check}`);
      expect(await back(engineCase, cut)).toMatchObject(failure('The snapshot is damaged.'));
      const fewer = script('total=$((total + keys))', 'total=$((total + keys + 1))');
      expect(await back(engineCase, fewer)).toMatchObject(failure('The server stated'));
    });

    test('a wrong password, and a missing database, fail', async () => {
      const wrong = script('REDISCLI_AUTH="$(cat /run/connection/password)"', 'REDISCLI_AUTH=wrong');
      const soon = script('wait_until_ready 60', 'wait_until_ready 3');
      expect(await back(engineCase, wrong, soon)).toMatchObject(failure('does not accept connections'));
      const missing = script('done < "$1/databases"', 'break; done < "$1/databases"');
      expect(await tryOut(engineCase, missing)).toMatchObject(failure('The restored data differs from the backup.'));
    });
  }),
);
