import { Size } from 'cdk8s';
import { BackupNamespace, script } from './backups';
import { report } from './cluster';
import { PodVolume } from '../../src';

const MEBIBYTES = 1024;

/** Rows of text of which a compressor removes about half. */
const FILL = `create table filler (id bigint primary key, note text);
insert into filler select i, md5(i::text) || md5((-i)::text) || md5((i * 7)::text) from generate_series(1, 6500000) i;
analyze filler;`;

/** Dumps and restores without figures, checks and uploads, and prints the seconds of both. */
const PLAIN = `
begun=$(date +%s)
pg_dump --format=custom --file=plain.dump app
dumped=$(date +%s)
psql -XqAtc 'create database plain'
pg_restore --dbname=plain plain.dump
echo "plain: $((dumped - begun)) $(($(date +%s) - dumped))"
exit 1
`;

let backups: BackupNamespace;

beforeAll(() => {
  backups = new BackupNamespace('figures');
  backups.namespace.apply(chart => {
    const orders = backups.database(chart, 'orders', { memory: Size.gibibytes(1) });
    const workVolume = PodVolume.emptyDir('dump', { sizeLimit: Size.gibibytes(4) });
    backups.backup(chart, orders, 'bench', { workVolume, databases: ['app'] });
  });
  backups.namespace.rolledOut('statefulset/test-orders');
  backups.sql('test-orders', FILL);
  report(`data: ${backups.sql('test-orders', "select pg_size_pretty(pg_database_size('app'))")}`);
});
afterAll(() => backups.delete());

/** The seconds that a container of a Job took. */
function secondsOf(job: string, container: string): number {
  const [{ status }] = backups.namespace.get('pods', '-l', `job-name=${job}`).items;
  const { state } = [...status.initContainerStatuses, ...status.containerStatuses].find(
    ({ name }: any) => name === container,
  );
  return (Date.parse(state.terminated.finishedAt) - Date.parse(state.terminated.startedAt)) / 1000;
}

test('a proven backup of 1 GiB takes at most 1.3 times as long as a dump and a restore without proof', async () => {
  const { log } = await backups.run('test-bench', script('\ndump\nfor file', `${PLAIN}\nfor file`));
  const [plainDump, plainRestore] = /plain: (\d+) (\d+)/.exec(log)!.slice(1).map(Number);
  backups.sql('test-orders', 'drop database plain');
  const backup = await backups.run('test-bench');
  expect(backup).toMatchObject({ succeeded: true });
  backups.sql('test-orders', 'drop table filler');
  const restore = await backups.run('test-bench-restore');
  expect(restore).toMatchObject({ succeeded: true });
  const dumped = secondsOf(backup.job, 'dump');
  const restored = secondsOf(restore.job, 'app');
  const ratio = (dumped + restored) / (plainDump + plainRestore);
  const speed = (seconds: number) => `${seconds} s (${Math.round(MEBIBYTES / seconds)} MiB/s)`;
  report(`plain: dump ${speed(plainDump)}, restore ${speed(plainRestore)}`);
  report(`proven: dump ${speed(dumped)}, restore and comparison ${speed(restored)}: ${ratio.toFixed(2)} times`);
  report(`upload ${secondsOf(backup.job, 'app')} s, download ${secondsOf(restore.job, 'fetch')} s`);
  expect(ratio).toBeLessThan(1.3);
});
