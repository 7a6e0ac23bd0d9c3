import { BackupNamespace } from './backups';
import { eventually, report } from './cluster';
import { DatabaseEngine, PostgresVersion, StatefulDatabaseProps } from '../../src';

/** The versions whose images a cluster has. Versions without an image here are skipped by the variable. */
const VERSIONS: Readonly<Record<string, PostgresVersion>> = {
  15: PostgresVersion.V15,
  17: PostgresVersion.V17,
  18: PostgresVersion.V18,
};

const SCHEMA = `create extension hstore;
create role reader;
create table orders (id bigint generated always as identity primary key, item text, attributes hstore,
  total numeric generated always as (length(item) * 2) stored);
insert into orders (item, attributes) select 'item ' || i, 'k=>v' from generate_series(1, 50000) i;
create view totals as select sum(total) from orders;
create function next_of(int) returns int language sql as 'select $1 + 1';
create materialized view sums as select count(*) from orders;
create table part (id int, k text) partition by range (id);
create table part0 partition of part for values from (0) to (100);
insert into part select i, 'k' from generate_series(0, 99) i;
grant select on orders to reader;
select lo_from_bytea(0, 'content');`;

let backups: BackupNamespace;

function engine(version: string): Partial<StatefulDatabaseProps> {
  return { engine: DatabaseEngine.postgres({ version: VERSIONS[version] }) };
}

beforeAll(() => {
  backups = new BackupNamespace('versions');
  backups.namespace.apply(chart => {
    Object.keys(VERSIONS).forEach(version =>
      backups.backup(chart, backups.database(chart, `v${version}`, engine(version)), `backup-${version}`),
    );
    backups.rclone(chart);
  });
  Object.keys(VERSIONS).forEach(version => {
    backups.namespace.rolledOut(`statefulset/test-v${version}`);
    backups.sql(`test-v${version}`, SCHEMA);
  });
  backups.namespace.rolledOut('deployment/test-rclone');
});
afterAll(() => backups.delete());

test.each(Object.keys(VERSIONS))('a backup of PostgreSQL %s restores equal', async version => {
  expect(await backups.run(`test-backup-${version}`)).toMatchObject({ succeeded: true });
  const { succeeded, log } = await backups.run(`test-backup-${version}-trial`);
  expect([succeeded, log]).toEqual([true, expect.stringContaining('found it equal')]);
  report(backups.sql(`test-v${version}`, 'select version()'));
});

test.each([
  ['15', '18'],
  ['17', '18'],
])('a backup of PostgreSQL %s restores into a new server of PostgreSQL %s', async (from, to) => {
  const name = `from-${from}`;
  const restoreFrom = { destination: backups.destination(), path: `backup-${from}` };
  backups.namespace.apply(chart => backups.database(chart, name, { ...engine(to), restoreFrom }));
  backups.namespace.rolledOut(`statefulset/test-${name}`);
  const log = () => backups.namespace.kubectl('logs', `test-${name}-0`, '-c', 'database');
  await eventually('the backup is compared', () => log().includes('found it equal'));
  expect(backups.sql(`test-${name}`, 'select count(*) from orders')).toBe('50000');
});
