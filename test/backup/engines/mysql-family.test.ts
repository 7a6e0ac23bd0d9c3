import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { MARIADB } from '../../../src/backup/engines/mariadb';
import { MYSQL } from '../../../src/backup/engines/mysql';
import { REDIS, VALKEY } from '../../../src/backup/engines/redis';
import { dumpCommand } from '../../../src/backup/scripts/dump';
import { ShellRunner } from '../scripts/shell-runner';

/** A client that answers the statements of the scripts, as a server with one table does. */
const CLIENT = `#!/bin/sh
printf '%s\\n' "$*" >> "$STORE/arguments"
for argument; do
  case "$argument" in *server_uuid*) echo uuid-1; exit 0 ;; 'SELECT 1') echo 1; exit 0 ;; esac
done
while IFS= read -r line; do
  case "$line" in
    "SELECT 'locked';") [ -z "\${BUSY:-}" ] || { echo 'ERROR 1205: Lock wait timeout' >&2; exit 1; }; echo locked ;;
    "SELECT 'snapshot';") echo snapshot ;;
    'SELECT rows;') [ -z "\${NO_ROWS:-}" ] || exit 1; printf 'equal\\trows\\tt\\t2 rows, hash 7\\n' ;;
    *"'SELECT ''equal'', ''rows'',"*) echo 'SELECT rows;' ;;
    *'JOIN information_schema.engines'*) [ -z "\${OLD:-}" ] || echo 'old (MyISAM)' ;;
    *"SELECT 'definition', 'table',"*) printf 'definition\\ttable\\tt\\t9.7 %s\\n' "$(cat "$STORE/schema")" ;;
    *"'ALTER DATABASE CHARACTER SET"*) echo 'ALTER DATABASE CHARACTER SET utf8mb4;' ;;
    *"'SELECT @check"*) echo 'SELECT sequence;' ;;
    'SELECT sequence;') printf 'min\\tsequence\\ts\\t5\\n' ;;
  esac
done
`;

const DUMP_PROGRAM = `#!/bin/sh
echo '-- Retrieving table structure for table t...' >&2
for argument; do
  case "$argument" in --result-file=*) file="\${argument#--result-file=}" ;; esac
done
echo 'CREATE TABLE t (id int);' > "$file"
[ -n "\${CUT:-}" ] || echo '-- Dump completed' >> "$file"
[ -z "\${CHANGE:-}" ] || echo changed > "$STORE/schema"
[ -z "\${DUMP_STATUS:-}" ] || echo 'mysqldump: Got error: 2013' >&2
exit "\${DUMP_STATUS:-0}"
`;

const ENGINES = { MySQL: MYSQL, MariaDB: MARIADB };
const PROGRAMS = { MySQL: ['mysql', 'mysqldump'], MariaDB: ['mariadb', 'mariadb-dump'] };

function dump(title: keyof typeof ENGINES, env: Record<string, string> = {}) {
  const shell = new ShellRunner();
  const folder = dirname(shell.work);
  const [client, program] = PROGRAMS[title];
  writeFileSync(join(folder, 'bin', client), CLIENT, { mode: 0o755 });
  writeFileSync(join(folder, 'bin', program), DUMP_PROGRAM, { mode: 0o755 });
  writeFileSync(join(shell.store, 'schema'), 'first');
  const connection = join(folder, 'run', 'connection');
  mkdirSync(connection, { recursive: true });
  const files = { host: 'db', port: '3306', username: 'app', password: 'a"b\\c#d', database: 'app' };
  Object.entries(files).forEach(([name, value]) => writeFileSync(join(connection, name), value));
  const [sh, option, script] = dumpCommand(ENGINES[title]);
  const impatient = script.replace('-lt 20 ]', '-lt 2 ]').replace(/sleep 10$/m, 'sleep 0');
  const result = shell.run([sh, option, impatient], { IMAGE: 'image', ...env });
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  return { ...result, read };
}

test.each(Object.keys(ENGINES) as (keyof typeof ENGINES)[])('dumps %s with the figures of the same lock', title => {
  const { status, output, read } = dump(title);
  expect([status, output]).toEqual([0, expect.stringContaining('The backup has')]);
  expect(read('backup', 'figures')).toContain('equal\trows\tt\t2 rows, hash 7\n');
  expect(read('backup', 'figures')).toContain('definition\ttable\tt\t9.7 first\n');
  expect(read('backup', 'figures')).not.toContain('snapshot');
  expect(read('backup', 'settings.sql')).toContain('ALTER DATABASE');
  expect(read('backup', 'source')).toBe(title === 'MySQL' ? 'uuid-1\napp\n' : 'db\napp\n');
  expect(read('backup', 'figures').includes('min\tsequence\ts\t5\n')).toBe(title === 'MariaDB');
});

test('writes a password of any characters into a file of options, and on no command line', () => {
  const { read } = dump('MySQL');
  expect(read('tmp', 'client.cnf')).toContain('password="a\\"b\\\\c#d"\n');
  expect(read('store', 'arguments')).not.toContain('a"b');
});

test.each<[string, Record<string, string>, string]>([
  ['a dump that was cut', { CUT: 'yes' }, 'The dump is not complete.'],
  ['a dump program that fails', { DUMP_STATUS: '2' }, 'mysqldump failed.'],
  ['figures that fail', { NO_ROWS: 'yes' }, 'The figures of the tables failed.'],
  ['a schema that changes', { CHANGE: 'yes' }, 'The schema changed while the backup ran.'],
  ['a table without transactions', { OLD: 'yes' }, 'These tables have no transactions: old (MyISAM).'],
  ['tables that are never free', { BUSY: 'yes' }, 'Transactions that write are never shorter than 5 seconds.'],
  ['several databases', { DATABASES: 'app\nother' }, 'A backup contains the database of the connection'],
])('fails for %s', (_, env, problem) => {
  expect(dump('MySQL', env)).toMatchObject({ status: 1, output: expect.stringContaining(problem) });
});

test.each([MYSQL, MARIADB, REDIS, VALKEY].map(engine => [engine.title, engine] as const))(
  'uses no pipe in the scripts of %s, which would hide a failure',
  (_, { connect, connectLocally, isReady, dump: dumping, figures, checkEmpty = '', restore }) => {
    const script = [connect, connectLocally, isReady, dumping, figures, checkEmpty, restore].join('');
    // here documents are the input of programs
    const shell = script.replace(/<<'(\w+)'[^\n]*\n[\s\S]*?\n\1\n/g, '\n');
    expect(shell.split('\n').filter(line => / \| /.test(line))).toEqual([]);
  },
);
