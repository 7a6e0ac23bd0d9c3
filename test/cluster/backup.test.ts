import { BackupNamespace, script } from './backups';
import { report } from './cluster';
import { clientOf, Session } from './postgres';
import { SecretSource } from '../../src';

/** One of each kind of object, and values whose text depends on settings of a session. */
const SCHEMA = `
create extension hstore;
create role reader login password 'kept-by-the-target';
create role writer;
grant reader to writer;
create table orders (
  id bigint generated always as identity primary key, item text not null, price numeric(10, 2),
  at timestamptz default now(), took interval default '1 day 2 hours',
  total numeric generated always as (price * 2) stored,
  doc jsonb, raw bytea, ratio float8, tags text[], attributes hstore
);
insert into orders (item, price, doc, raw, ratio, tags, attributes)
select 'item ' || i, i / 3.0, jsonb_build_object('a', i), decode(md5(i::text), 'hex'), i / 7.0, array['x', i::text],
  'k=>v'
from generate_series(1, 2000) i;
create schema "odd name";
create table "odd name"."ta	b" ("select" text, t int);
insert into "odd name"."ta	b" values (null, 1), ('', 2);
create function next_of(int) returns int language sql as 'select $1 + 1';
create procedure nothing() language plpgsql as $$ begin null; end $$;
create view totals as select id, next_of(id::int) from orders;
create function keep() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger keep before insert on orders for each row execute function keep();
create type mood as enum ('good', 'bad');
create domain positive as int check (value > 0);
create table part (id int, k text) partition by hash (id);
create table part0 partition of part for values with (modulus 2, remainder 0);
create table part1 partition of part for values with (modulus 2, remainder 1);
insert into part select i, 'k' || i from generate_series(1, 100) i;
grant select on orders to reader;
alter default privileges grant select on tables to reader;
select lo_from_bytea(0, decode(repeat('ab', 5000), 'hex'));
alter table orders enable row level security;
create policy few on orders for select to reader using (price > 1);
create sequence down increment -1;
select nextval('down'), nextval('down');
comment on table orders is 'the orders';
alter database app set work_mem = '5MB';
`;

let backups: BackupNamespace;
let load: Session;

beforeAll(() => {
  backups = new BackupNamespace('postgres');
  backups.namespace.apply(chart => {
    const orders = backups.database(chart, 'orders');
    backups.backup(chart, orders, 'plain', { retention: { keepLast: 2 } });
    const encryptionKey = { secret: SecretSource.fromName('encryption'), key: 'key' };
    backups.backup(chart, orders, 'secret', { encryptionKey });
    backups.backup(chart, backups.database(chart, 'other'), 'other-backup', {
      path: 'plain',
      retention: { keepLast: 1 },
    });
    clientOf(chart, 'client', orders);
    backups.rclone(chart);
  });
  ['statefulset/test-orders', 'statefulset/test-other', 'deployment/test-client', 'deployment/test-rclone'].forEach(
    workload => backups.namespace.rolledOut(workload),
  );
  load = new Session(backups.namespace, 'test-client', 'ORDERS');
  backups.sql('test-orders', SCHEMA);
  backups.sql('test-orders', `create database "a 'database' = x"`);
  load.pgbench('-i', '-q', '-s', '2');
});
afterAll(() => backups.delete());

test('each backup under a load of writes restores equal, and retention keeps the last proven one', async () => {
  const runs = 5;
  const transactions = load.pgbenchAsync('-c', '4', '-T', '600', '-n', '-R', '200');
  const proven: string[] = [];
  for (let i = 0; i < runs; i++) {
    const { succeeded, log } = await backups.run('test-plain');
    expect([succeeded, log]).toEqual([true, expect.stringContaining('uploaded backup')]);
    if (i < 2) {
      const trial = await backups.run('test-plain-trial');
      expect([trial.succeeded, trial.log]).toEqual([true, expect.stringContaining('found it equal')]);
      proven.push(/backup (\S+) is proven/.exec(trial.log)![1]);
    }
  }
  const names = backups.backups('plain');
  expect(names.map(name => name.slice(0, 6))).toEqual(['000002', '000004', '000005']);
  expect(names[0]).toBe(proven[1]);
  // the newest backups have not been tried yet
  for (const name of names) {
    const edit = script('name="$(tail -n 1 /tmp/complete)"', `name=${name}`);
    const { succeeded, log } = await backups.run('test-plain-trial', edit);
    expect([name, succeeded, log]).toEqual([name, true, expect.stringContaining('found it equal')]);
  }
  const written = backups.sql('test-orders', 'select count(*) from pgbench_history');
  backups.namespace.kubectl('exec', 'deploy/test-client', '-c', 'app', '--', 'pkill', 'pgbench');
  await transactions;
  report(`${runs} of ${runs} backups restored equal, while ${written} transactions were written`);
});

test('an encrypted backup restores equal, and cannot be read without its key', async () => {
  expect(await backups.run('test-secret')).toMatchObject({ succeeded: true });
  expect(await backups.run('test-secret-trial')).toMatchObject({ succeeded: true });
  expect(backups.remote('rclone cat "$ROOT/secret" --include "*.sql*"')).not.toContain('create database');
  const wrongKey = script('rclone obscure - <', 'echo wrong | rclone obscure - #');
  expect(await backups.run('test-secret-trial', wrongKey)).toMatchObject({ succeeded: false });
});

test('two databases in one path do not delete the backups of each other', async () => {
  const before = backups.backups('plain');
  expect(await backups.run('test-other-backup')).toMatchObject({ succeeded: true });
  const { log } = await backups.run('test-other-backup');
  expect(log).toContain(`kept ${before.length} backups of other servers in the same path`);
  const after = backups.backups('plain');
  expect(after).toEqual([...before, expect.any(String)]);
});

test('two runs at once both succeed, and each leaves a complete backup', async () => {
  const before = backups.backups('secret').length;
  const results = await Promise.all([backups.run('test-secret'), backups.run('test-secret')]);
  expect(results).toMatchObject([{ succeeded: true }, { succeeded: true }]);
  expect(backups.backups('secret')).toHaveLength(before + 2);
});

test('a database that was deleted with its claim comes back by restoreFrom, with its rows and roles', async () => {
  backups.sql('test-orders', "insert into orders (item, price) values ('the last order', 1)");
  expect(await backups.run('test-secret')).toMatchObject({ succeeded: true });
  const count = backups.sql('test-orders', 'select count(*) from orders');
  backups.namespace.kubectl('delete', 'statefulset', 'test-orders');
  await backups.namespace.deletePods(['test-orders-0']).catch(() => undefined);
  backups.namespace.kubectl('delete', 'pvc', 'data-test-orders-0');
  backups.namespace.apply(chart => {
    backups.database(chart, 'orders', {
      restoreFrom: {
        destination: backups.destination(),
        path: 'secret',
        encryptionKey: { secret: SecretSource.fromName('encryption'), key: 'key' },
      },
    });
  });
  backups.namespace.rolledOut('statefulset/test-orders');
  expect(backups.namespace.kubectl('logs', 'test-orders-0', '-c', 'database')).toContain('found it equal');
  expect(backups.sql('test-orders', 'select count(*) from orders')).toBe(count);
  expect(backups.sql('test-orders', "select item from orders where item = 'the last order'")).toBe('the last order');
  expect(backups.sql('test-orders', 'show work_mem')).toBe('5MB');
  // the app connects with the password of its Secret
  await load.answers();
  // a restart keeps the data, and downloads nothing
  await backups.namespace.deletePods(['test-orders-0']);
  backups.namespace.rolledOut('statefulset/test-orders');
  expect(backups.namespace.kubectl('logs', 'test-orders-0', '-c', 'fetch')).toContain('no backup is restored');
  expect(backups.sql('test-orders', 'select count(*) from orders')).toBe(count);
});

test('the restore Job refuses a database that is not empty, and restores into an empty one', async () => {
  const refused = await backups.run('test-secret-restore');
  expect([refused.succeeded, refused.log]).toEqual([false, expect.stringContaining("Database 'app' is not empty")]);
  for (const database of ['app', `"a 'database' = x"`]) {
    backups.namespace.kubectl(
      ...['exec', 'test-orders-0', '-c', 'database', '--', 'psql', '-U', 'app', '-d', 'postgres', '-c'],
      `drop database ${database} with (force)`,
    );
  }
  const restored = await backups.run('test-secret-restore');
  expect([restored.succeeded, restored.log]).toEqual([true, expect.stringContaining('found it equal')]);
});
