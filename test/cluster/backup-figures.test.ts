import { Size } from 'cdk8s';
import { BackupNamespace, script } from './backups';
import { report } from './cluster';
import { PodVolume } from '../../src';

const MEBIBYTES = 1024;

/** A table of about 1 GiB. */
const DATA: Readonly<Record<string, string>> = {
  // a compressor removes about half
  text: `create table filler (id bigint primary key, note text);
insert into filler select i, md5(i::text) || md5((-i)::text) || md5((i * 7)::text) from generate_series(1, 6500000) i;`,
  // a dump has two characters for each byte, which a compressor turns into a byte again
  random: `create extension pgcrypto; create table filler (id int primary key, raw bytea);
alter table filler alter raw set storage external;
insert into filler select i, gen_random_bytes(1000) from generate_series(1, 1000000) i;`,
};

/** Writes for a number of seconds, so that each moment has other rows. */
const load = (seconds: number) => `do $$ declare finish timestamptz = clock_timestamp() + interval '${seconds} s'; begin
  while clock_timestamp() < finish loop
    update filler set id = -id where id = 1 + floor(random() * 900000)::int;
    insert into written (at) values (clock_timestamp());
    commit;
  end loop;
end $$`;

/** Dumps and restores without figures, checks and uploads: by files, and by a pipe. Prints the seconds. */
const PLAIN = `
begun=$(date +%s)
pg_dump --format=custom --file=plain.dump app
dumped=$(date +%s)
psql -XqAtc 'create database plain'
pg_restore --dbname=plain plain.dump
restored=$(date +%s)
psql -XqAtc 'drop database plain' -c 'create database plain'
piped=$(date +%s)
pg_dump --format=custom app | pg_restore --dbname=plain
echo "plain: $((dumped - begun)) $((restored - dumped)) $(($(date +%s) - piped))"
psql -XqAtc 'drop database plain'
exit 1
`;

let backups: BackupNamespace;

beforeAll(() => {
  backups = new BackupNamespace('figures');
  backups.namespace.apply(chart => {
    const orders = backups.database(chart, 'orders', { memory: Size.gibibytes(1) });
    const workVolume = PodVolume.emptyDir('dump', { sizeLimit: Size.gibibytes(4) });
    backups.backup(chart, orders, 'bench', { workVolume, databases: ['app'], retention: { keepLast: 1 } });
    backups.rclone(chart);
  });
  ['statefulset/test-orders', 'deployment/test-rclone'].forEach(workload => backups.namespace.rolledOut(workload));
});
afterAll(() => backups.delete());

const speed = (seconds: number) => `${seconds} s (${Math.round(MEBIBYTES / seconds)} MiB/s)`;

describe.each(Object.entries(DATA))('1 GiB of %s', (kind, fill) => {
  beforeAll(() => {
    backups.sql('test-orders', fill);
    backups.sql('test-orders', 'analyze filler');
    report(`${kind}: ${backups.sql('test-orders', "select pg_size_pretty(pg_total_relation_size('filler'))")}`);
  });
  afterAll(() => backups.sql('test-orders', 'drop table if exists filler, written; drop extension if exists pgcrypto'));

  test('a proven backup takes at most 1.3 times as long as a dump and a restore without proof', async () => {
    const { log } = await backups.run('test-bench', script('\ndump\nfor file', `${PLAIN}\nfor file`));
    const [plainDump, plainRestore, pipe] = /plain: (\d+) (\d+) (\d+)/.exec(log)!.slice(1).map(Number);
    const backup = await backups.run('test-bench');
    expect(backup).toMatchObject({ succeeded: true });
    backups.sql('test-orders', 'drop table filler; drop extension if exists pgcrypto');
    const restore = await backups.run('test-bench-restore');
    expect(restore).toMatchObject({ succeeded: true });
    const [dumped, restored] = [backups.seconds(backup, 'dump'), backups.seconds(restore, 'app')];
    const ratio = (dumped + restored) / (plainDump + plainRestore);
    report(`${kind}, plain: dump ${speed(plainDump)}, restore ${speed(plainRestore)}; in a pipe ${speed(pipe)}`);
    report(`${kind}, proven: dump ${speed(dumped)}, restore and comparison ${speed(restored)}`);
    report(
      `${kind}: ${ratio.toFixed(2)} times as long as files, ${((dumped + restored) / pipe).toFixed(2)} as a pipe; ` +
        `upload ${backups.seconds(backup, 'app')} s, download ${backups.seconds(restore, 'fetch')} s`,
    );
    backups.discard(restore);
    expect(ratio).toBeLessThan(1.3);
  });

  test('each backup under a load of writes restores equal', async () => {
    const runs = 3;
    backups.sql('test-orders', 'create table if not exists written (id bigserial primary key, at timestamptz)');
    for (let i = 0; i < runs; i++) {
      const writes = backups.namespace.kubectlAsync(
        ...['exec', 'test-orders-0', '-c', 'database', '--', 'psql', '-U', 'app', '-XAtqc', load(20)],
      );
      expect(await backups.run('test-bench')).toMatchObject({ succeeded: true });
      await writes;
      const trial = await backups.run('test-bench-trial');
      expect([trial.succeeded, trial.log]).toEqual([true, expect.stringContaining('found it equal')]);
      backups.discard(trial);
    }
    const written = backups.sql('test-orders', 'select count(*) from written');
    report(`${kind}: ${runs} of ${runs} backups restored equal, while ${written} transactions were written`);
  }, 1_800_000);
});
