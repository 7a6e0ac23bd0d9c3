import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { BackupNamespace, Edit, script } from './backups';
import { DatabaseBackupProps, PodVolume } from '../../src';

const DUMP = '--file="$FILE"; then';
const RESTORED = 'compare /backup\n';

/** Runs a statement on the restored server before it is compared. */
const afterRestore = (statement: string): Edit => script(RESTORED, `PGDATABASE=app pg -c "${statement}"\n${RESTORED}`);

let backups: BackupNamespace;

const variants: Record<string, (namespace: BackupNamespace) => Partial<DatabaseBackupProps>> = {
  'full': () => ({
    workVolume: PodVolume.emptyDir('dump', { sizeLimit: Size.kibibytes(256), medium: EmptyDirMedium.MEMORY }),
  }),
  'no-bucket': namespace => ({ destination: namespace.destination('s3', undefined, 'no-such-bucket') }),
  'away': namespace => ({ destination: namespace.destination('s3', 'http://s3.s3.svc.cluster.local:7071') }),
  'wrong-key': namespace => ({ destination: namespace.destination('wrong-key') }),
  'too-small': () => ({ minimumSize: Size.gibibytes(1) }),
  'false-query': () => ({ path: 'good', trial: { query: 'select count(*) > 2000 from orders' } }),
};

beforeAll(async () => {
  backups = new BackupNamespace('lies');
  backups.namespace.applyObjects([
    backups.secret('wrong-key', { 'access-key-id': 'backups', 'secret-access-key': 'a/b+c%d' }),
  ]);
  backups.namespace.apply(chart => {
    const orders = backups.database(chart, 'orders');
    backups.backup(chart, orders, 'good', { retention: { keepLast: 1 } });
    Object.entries(variants).forEach(([id, props]) => backups.backup(chart, orders, id, props(backups)));
    backups.rclone(chart);
  });
  backups.namespace.rolledOut('statefulset/test-orders');
  backups.namespace.rolledOut('deployment/test-rclone');
  backups.sql(
    'test-orders',
    `create extension hstore; create role reader; create sequence numbers; select nextval('numbers');
    create table orders (id int primary key, note text); create view few as select * from orders;
    insert into orders select i, md5(i::text) from generate_series(1, 2000) i;
    create table big as select md5(i::text) || md5((-i)::text) as a from generate_series(1, 20000) i;
    create function keep() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger keep before insert on orders for each row execute function keep();
    select lo_from_bytea(0, 'content');`,
  );
  expect(await backups.run('test-good')).toMatchObject({ succeeded: true });
});
afterAll(() => backups.delete());

describe('a backup fails, uploads nothing and deletes nothing if', () => {
  test.each<[string, string, RegExp, ...Edit[]]>([
    [
      'pg_dump fails',
      'good',
      /pg_dump of database 'app' failed/,
      script(DUMP, '--file="$FILE" --no-such-option; then'),
    ],
    ['pg_dump writes an empty file', 'good', /is not complete/, script(DUMP, '--file="$FILE" && : > "$FILE"; then')],
    ['pg_dump writes no file', 'good', /is not complete/, script(DUMP, '--file="$FILE" && rm "$FILE"; then')],
    [
      'the end of the dump is missing',
      'good',
      /is not complete/,
      script(DUMP, '--file="$FILE" && truncate -s -20000 "$FILE"; then'),
    ],
    [
      'a file changes after the dump',
      'good',
      /The backup is damaged/,
      script('cd /backup\ncheck_files', 'cp -r /backup /tmp/b; cd /tmp/b; echo x >> database-0.dump\ncheck_files'),
    ],
    [
      'the session of the snapshot ends',
      'good',
      /dumping database app/,
      script('\\setenv SNAPSHOT', '\\! kill $PPID\n\\setenv SNAPSHOT'),
    ],
    ['the volume is full', 'full', /No space left on device/],
    ['the backup is smaller than the minimum', 'too-small', /less than the minimum/],
    ['the destination is away', 'away', /Cannot list the backups/],
    ['the bucket does not exist', 'no-bucket', /Cannot (list|upload)/],
    ['the key of the destination is wrong', 'wrong-key', /SignatureDoesNotMatch|Cannot list/],
    [
      'the upload loses the end of a file',
      'good',
      /differ from the dump/,
      script(
        'rclone check --one-way --download --exclude',
        'rclone copyto manifest "$partial/figures"; rclone check --one-way --download --exclude',
      ),
    ],
    [
      'the rename loses a file',
      'good',
      /differ from the dump/,
      script(
        'rclone check --one-way --exclude',
        'rclone deletefile "$REMOTE/$name/figures"; rclone check --one-way --exclude',
      ),
    ],
  ])('%s', async (_, id, problem, ...edits) => {
    const before = backups.backups('good');
    const fast = script(
      'export LC_ALL=C',
      'export RCLONE_RETRIES=1 RCLONE_LOW_LEVEL_RETRIES=1 RCLONE_CONTIMEOUT=5s LC_ALL=C',
    );
    const { succeeded, log } = await backups.run(`test-${id}`, fast, ...edits);
    expect([succeeded, log]).toEqual([false, expect.stringMatching(problem)]);
    expect(backups.backups('good')).toEqual(before);
  });
});

describe('a trial fails if', () => {
  test.each<[string, RegExp, ...Edit[]]>([
    [
      'a row is missing',
      /table app: public.orders: 2000 rows.*1999 rows/,
      afterRestore('delete from orders where id = 1'),
    ],
    ['a value differs', /table app: public.orders/, afterRestore("update orders set note = 'x' where id = 1")],
    ['a table is missing', /table app: public.big is missing/, afterRestore('drop table big')],
    ['a table is added', /app: public.more is not in the backup/, afterRestore('create table more (a int)')],
    ['a routine is missing', /routine app: public.keep\(\) is missing/, afterRestore('drop function keep cascade')],
    [
      'a trigger is disabled',
      /trigger app: public.orders.keep/,
      afterRestore('alter table orders disable trigger keep'),
    ],
    [
      'a view differs',
      /relation app: public.few/,
      afterRestore('create or replace view few as select * from orders limit 1'),
    ],
    ['an extension is missing', /extension app: hstore is missing/, afterRestore('drop extension hstore')],
    ['a role is missing', /role reader is missing/, afterRestore('drop role reader')],
    ['a sequence starts again', /sequence app: public.numbers/, afterRestore("select setval('numbers', 1, false)")],
    ['a large object is missing', /large objects/, afterRestore('select lo_unlink(oid) from pg_largeobject_metadata')],
    ['the restore changes nothing', /is missing in the restored server/, script('\nrestore /backup\n', '\n')],
    [
      'the restore ignores an error',
      /is missing in the restored server/,
      script('pg_restore --exit-on-error', 'PGOPTIONS="-c default_transaction_read_only=on" pg_restore'),
      script('.dump" < /dev/null\n    restore_properties', '.dump" < /dev/null || true\n    restore_properties'),
    ],
    [
      'the restore reports an error',
      /pg_restore: error/,
      script(
        'pg_restore --exit-on-error',
        'PGOPTIONS="-c default_transaction_read_only=on" pg_restore --exit-on-error',
      ),
    ],
    [
      'the restore verifies nothing',
      /has no figures/,
      script('compare() {', 'compare() {\n  cp -r "$1" /tmp/b; : > /tmp/b/figures; set -- /tmp/b'),
    ],
    [
      'a file is missing',
      /The backup is damaged/,
      script('\ncheck_files\nchmod', '\nrm database-0.dump\ncheck_files\nchmod'),
    ],
    [
      'a byte of a file differs',
      /The backup is damaged/,
      script(
        '\ncheck_files\nchmod',
        '\nprintf x | dd of=database-0.dump bs=1 seek=5000 conv=notrunc 2>/dev/null\ncheck_files\nchmod',
      ),
    ],
    ['there is no backup', /There is no complete backup/, script('name="$(tail -n 1 /tmp/complete)"', 'name=')],
  ])('%s', async (_, problem, ...edits) => {
    const proven = () => backups.remote('rclone lsf "$ROOT/good/proven" || [ $? = 3 ]');
    const before = proven();
    const { succeeded, log } = await backups.run('test-good-trial', ...edits);
    expect([succeeded, log]).toEqual([false, expect.stringMatching(problem)]);
    expect(proven()).toBe(before);
  });

  test('the query of the user returns false', async () => {
    const { succeeded, log } = await backups.run('test-false-query-trial');
    expect([succeeded, log]).toEqual([false, expect.stringContaining('returned another value than true')]);
  });
});

test('the order of backups does not depend on the clock', async () => {
  const before = backups.backups('good');
  const { succeeded, log } = await backups.run('test-good', script('date -u +%Y%m%dT%H%M%SZ', 'echo 19991231T235959Z'));
  const [, name] = /uploaded backup (\S+)/.exec(log) ?? [];
  expect([succeeded, name]).toEqual([true, expect.stringContaining('-19991231T235959Z-')]);
  expect(backups.backups('good')).toEqual([name]);
  expect(before).not.toContain(name);
});

test('a run that is killed at any step leaves no backup that is not complete', async () => {
  for (const step of [
    'backups > /tmp/before',
    'rclone check --one-way --download',
    'rclone move',
    'rclone copyto manifest',
  ]) {
    const before = backups.backups('good');
    const { succeeded } = await backups.run('test-good', script(step, `exit 137; ${step}`));
    expect([step, succeeded, backups.backups('good')]).toEqual([step, false, before]);
  }
  // the next runs delete what the killed runs left
  expect(await backups.run('test-good')).toMatchObject({ succeeded: true });
  expect(await backups.run('test-good')).toMatchObject({ succeeded: true });
  expect(backups.remote('rclone lsf --dirs-only "$ROOT/good"')).not.toContain('.partial');
  expect(await backups.run('test-good-trial')).toMatchObject({ succeeded: true });
});
