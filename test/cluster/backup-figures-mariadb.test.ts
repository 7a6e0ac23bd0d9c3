import { Size } from 'cdk8s';
import { BackupNamespace } from './backups';
import { report } from './cluster';
import { CREDENTIALS, LITTLE_CPU } from './postgres';
import { DatabaseEngine, DatabaseStorage, MariadbVersion, StatefulDatabase } from '../../src';

const MEBIBYTES = 112;

/** A table of about 112 MiB. */
const DATA = `create table filler (id int primary key, note varchar(100));
insert into filler select seq, concat(md5(seq), md5(-seq), md5(seq * 7)) from seq_1_to_1000000;`;

/** Dumps and restores without figures, checks and uploads: by a file, and by a pipe. Prints the milliseconds. */
const PLAIN = `
now() { date +%s%3N; }
begun=$(now)
mariadb-dump -u root --single-transaction --quick app > /var/lib/mysql/plain.sql
dumped=$(now)
mariadb -u root -e 'create database plain'
mariadb -u root plain < /var/lib/mysql/plain.sql
restored=$(now)
mariadb -u root -e 'drop database plain; create database plain'
rm /var/lib/mysql/plain.sql
piped=$(now)
mariadb-dump -u root --single-transaction --quick app | mariadb -u root plain
echo "plain: $((dumped - begun)) $((restored - dumped)) $(($(now) - piped))"
mariadb -u root -e 'drop database plain'
`;

let backups: BackupNamespace;

beforeAll(() => {
  backups = new BackupNamespace('figures-mariadb');
  backups.namespace.apply(chart => {
    const orders = new StatefulDatabase(chart, 'orders', {
      engine: DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
      storage: DatabaseStorage.provisioned(Size.gibibytes(2)),
      memory: Size.mebibytes(512),
      credentials: CREDENTIALS,
      cpu: LITTLE_CPU,
    });
    backups.backup(chart, orders, 'bench');
    backups.rclone(chart);
  });
  ['statefulset/test-orders', 'deployment/test-rclone'].forEach(workload => backups.namespace.rolledOut(workload, 300));
});
afterAll(() => backups.delete());

/** Runs a script in the container of the server, as its user `root`. */
function inServer(script: string): string {
  const login = 'export MYSQL_PWD="$(cat "$MARIADB_ROOT_PASSWORD_FILE")"\n';
  return backups.namespace.kubectl('exec', 'test-orders-0', '-c', 'database', '--', 'sh', '-euc', login + script);
}

test('a proven backup of MariaDB takes at most 1.3 times as long as a dump and a restore without proof', async () => {
  inServer(`mariadb -u root app -e "${DATA}"`);
  const [dump, restore, pipe] = /plain: (\d+) (\d+) (\d+)/
    .exec(inServer(PLAIN))!
    .slice(1)
    .map(milliseconds => Number(milliseconds) / 1000);
  const backup = await backups.run('test-bench');
  expect(backup).toMatchObject({ succeeded: true });
  inServer('mariadb -u root app -e "drop table filler"');
  const restored = await backups.run('test-bench-restore');
  expect(restored).toMatchObject({ succeeded: true, log: expect.stringContaining('found it equal') });
  const [provenDump, provenRestore] = [backups.seconds(backup, 'dump'), backups.seconds(restored, 'app')];
  const ratio = (provenDump + provenRestore) / (dump + restore);
  report(`${MEBIBYTES} MiB, plain: dump ${dump} s, restore ${restore} s; in a pipe ${pipe} s`);
  report(`${MEBIBYTES} MiB, proven: dump ${provenDump} s, restore and comparison ${provenRestore} s`);
  report(`${ratio.toFixed(2)} times as long as files, ${((provenDump + provenRestore) / pipe).toFixed(2)} as a pipe`);
  expect(ratio).toBeLessThan(1.3);
});
