import { Chart, Size } from 'cdk8s';
import { BackupNamespace, Edit, JobResult, script } from './backups';
import { eventually, report, sleep } from './cluster';
import { TABLES } from './mysql-tables';
import { CREDENTIALS, LITTLE_CPU } from './postgres';
import {
  BackupDestination,
  DatabaseEngine,
  DatabaseStorage,
  MariadbVersion,
  MysqlVersion,
  RedisVersion,
  StatefulDatabase,
  StatefulDatabaseProps,
  ValkeyVersion,
} from '../../src';

/** An engine with data of many kinds, a load of writes, and a question about its data. */
interface EngineCase {
  readonly id: string;
  readonly engine: DatabaseEngine;
  readonly memory: Size;
  /** A script that runs next to the server; its input is a parameter. */
  readonly client: string;
  readonly data: string;
  /** Input that writes for the given number of seconds. */
  readonly load: (seconds: number) => string;
  readonly count: string;
}

const sqlCase = (id: string, engine: DatabaseEngine, client: string, more = ''): EngineCase => ({
  id,
  engine,
  memory: Size.mebibytes(512),
  client:
    `export MYSQL_PWD="$(cat "$${id.toUpperCase()}_ROOT_PASSWORD_FILE")"; ` +
    `printf '%s' "$1" | ${client} -N -u root app`,
  data: TABLES + more,
  load: seconds => `call work(${seconds});`,
  count: 'select count(*) from history;',
});

const keyCase = (id: string, engine: DatabaseEngine, client: string): EngineCase => ({
  id,
  engine,
  memory: Size.mebibytes(256),
  client: `export REDISCLI_AUTH="$(cat /run/secrets/database/password)"; cli() { ${client} -e "$@"; }; eval "$1"`,
  data: `for database in 0 3; do
  cli -n $database eval "for i = 1, 2000 do
    redis.call('set', 's' .. i, string.rep('x', 100)) redis.call('hset', 'h' .. i, 'a', 1, 'b', i)
    redis.call('rpush', 'l' .. i, 1, 2, 3) redis.call('zadd', 'z' .. i, 1, 'a', 2.5, 'b')
    redis.call('sadd', 't' .. i, 'a', 'b') redis.call('xadd', 'x' .. i, '*', 'f', 'v')
    redis.call('set', 'e' .. i, i, 'EX', 1000 + i) redis.call('set', 'q' .. i, i, 'PX', 20000)
  end return 1" 0
done
cli set 'an odd "key"
of two lines' v
cli function load "#!lua name=lib
redis.register_function('f1', function(keys, args) return 1 end)"`,
  load: seconds => `end=$(($(date +%s) + ${seconds}))
while [ $(date +%s) -lt $end ]; do
  cli eval "for i = 1, 100 do
    redis.call('set', 'r' .. math.random(1000000), 1) redis.call('del', 's' .. math.random(2000))
  end return 1" 0 > /dev/null
done`,
  count: 'cli dbsize',
});

const CASES: readonly EngineCase[] = [
  sqlCase('mysql', DatabaseEngine.mysql({ version: MysqlVersion.V9 }), 'mysql'),
  sqlCase(
    'mariadb',
    DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
    'mariadb',
    `create table versioned (id int primary key, v int) with system versioning;
insert into versioned values (1, 1); update versioned set v = 2; delete from versioned;
create sequence numbers; select nextval(numbers), nextval(numbers);`,
  ),
  keyCase('redis', DatabaseEngine.redis({ version: RedisVersion.V7 }), 'redis-cli'),
  keyCase('valkey', DatabaseEngine.valkey({ version: ValkeyVersion.V8 }), 'valkey-cli'),
].filter(({ id }) => (process.env.TEST_BACKUP_ENGINES ?? id).split(' ').includes(id));

let backups: BackupNamespace;

beforeAll(() => {
  backups = new BackupNamespace('engines');
  backups.namespace.applyObjects([claim()]);
  backups.namespace.apply(chart => CASES.forEach(engineCase => define(chart, engineCase)));
  CASES.forEach(({ id }) => backups.namespace.rolledOut(`statefulset/test-${id}`, 300));
  CASES.forEach(engineCase => ask(engineCase, engineCase.data));
  CASES.forEach(showRoutines);
});
afterAll(() => backups.delete());

/** Lets the user dump routines of root. Privileges are not part of a backup. */
function showRoutines(engineCase: EngineCase): void {
  if (engineCase.id === 'mysql') {
    ask(engineCase, "grant show_routine on *.* to 'app'@'%';");
  }
}

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

function ask({ id, client }: EngineCase, input: string): string {
  return backups.namespace
    .kubectl('exec', `test-${id}-0`, '-c', 'database', '--', 'sh', '-ec', client, 'ask', input)
    .trim();
}

function write({ id, client, load }: EngineCase, seconds: number): Promise<string> {
  const args = ['sh', '-ec', client, 'ask', load(seconds)];
  return backups.namespace.kubectlAsync('exec', `test-${id}-0`, '-c', 'database', '--', ...args);
}

const back = ({ id }: EngineCase, ...edits: Edit[]): Promise<JobResult> => backups.run(`test-${id}-backup`, ...edits);
const tryOut = ({ id }: EngineCase, ...edits: Edit[]): Promise<JobResult> =>
  backups.run(`test-${id}-backup-trial`, ...edits);

const success = (log: string) => ({ succeeded: true, log: expect.stringContaining(log) });
const failure = (log: string) => ({ succeeded: false, log: expect.stringContaining(log) });

describe.each(CASES.map(each => [each.id, each] as const))('%s', (id, engineCase) => {
  test('each backup under a load of writes restores equal', async () => {
    const runs = 3;
    const before = Number(ask(engineCase, engineCase.count));
    const loads = [write(engineCase, 90), write(engineCase, 90)];
    let seconds = 0;
    for (let i = 0; i < runs; i++) {
      const began = Date.now();
      expect(await back(engineCase)).toMatchObject(success('uploaded backup'));
      seconds += (Date.now() - began) / 1000;
      expect(await tryOut(engineCase)).toMatchObject(success('found it equal'));
    }
    const written = Number(ask(engineCase, engineCase.count)) - before;
    expect(written).not.toBe(0);
    await Promise.all(loads);
    report(
      `${id}: ${runs} of ${runs} backups under load restored equal, ${(seconds / runs).toFixed(1)} s for a backup`,
    );
  });

  test('a database that was deleted with its claim comes back', async () => {
    expect(await back(engineCase)).toMatchObject(success('uploaded backup'));
    const count = ask(engineCase, engineCase.count);
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
      showRoutines(engineCase);
    } else {
      expect(await backups.run(`test-${id}-backup-restore`)).toMatchObject(success('found it equal'));
      await backups.namespace.deletePods([`test-${id}-0`]);
      backups.namespace.rolledOut(`statefulset/test-${id}`, 300);
    }
    // keys can expire
    expect(Math.abs(Number(count) - Number(ask(engineCase, engineCase.count)))).toBeLessThanOrEqual(isSql ? 0 : 8000);
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

const SQL = CASES.filter(({ id }) => id === 'mysql' || id === 'mariadb').map(each => [each.id, each] as const);
const KEYS = CASES.filter(({ id }) => id === 'redis' || id === 'valkey').map(each => [each.id, each] as const);
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
      const load = write(engineCase, 60);
      const unlocked = script('cat /tmp/lock.sql >&3', `echo "SELECT 'locked';" >&3`);
      const late = script(`run dump ${DUMPED[id]}`, `sleep 2; run dump ${DUMPED[id]}`);
      expect(await back(engineCase, unlocked, late)).toMatchObject(success('uploaded backup'));
      expect(await tryOut(engineCase)).toMatchObject(failure('rows history'));
      await load;
    });

    test('a table without transactions, and a transaction that never ends, fail the backup', async () => {
      ask(engineCase, 'create table old (id int) engine=MyISAM;');
      expect(await back(engineCase)).toMatchObject(failure('old (MyISAM)'));
      ask(engineCase, 'drop table old;');
      const open = write(
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
