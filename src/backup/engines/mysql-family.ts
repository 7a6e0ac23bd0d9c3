import {
  FLOAT_COLUMNS,
  LOCK_STATEMENT,
  MysqlDialect,
  objectFigures,
  OBJECT_COUNT,
  ROW_STATEMENTS,
  SEQUENCE_STATEMENTS,
  SESSION,
  TABLES_WITHOUT_SNAPSHOT,
} from './mysql-figures';
import { CONNECTION_DIRECTORY, EngineBackup } from '../engine-backup';

/** The differences between the backups of MySQL and MariaDB. */
export interface MysqlFamilyBackup extends MysqlDialect {
  readonly title: string;
  readonly client: string;
  readonly dumpProgram: string;
  /** Options of the dump that only this engine has. */
  readonly dumpOptions: readonly string[];
  /** Options of the client that verify the certificate of the server. */
  readonly verifyOptions: readonly string[];
  /** The expression of an identifier that a server keeps with its data; none if there is no such identifier. */
  readonly serverId?: string;
  /** The directory of the socket, as the spec of the engine names it. */
  readonly socketDirectory: string;
  /** The prefixes of the variables with which the image creates its users. */
  readonly variablePrefixes: readonly string[];
  readonly limits: readonly string[];
}

const OPTIONS_FILE = '/tmp/client.cnf';

/** The largest packet that a client accepts. A value in a dump has twice its size. */
const MAX_PACKET = '1G';

/** Seconds for which a write can wait for the lock of the dump, before the dump gives way. */
const LOCK_SECONDS = 5;

const DUMP_OPTIONS = [
  '--single-transaction',
  '--quick',
  '--routines',
  '--events',
  '--triggers',
  '--hex-blob',
  '--no-tablespaces',
  '--skip-dump-date',
  `--max-allowed-packet=${MAX_PACKET}`,
];

function connect({ client, verifyOptions }: MysqlFamilyBackup): string {
  return `connect() {
  DATABASE="$(cat ${CONNECTION_DIRECTORY}/database)"
  network_options > ${OPTIONS_FILE}
}
network_options() {
  echo '[client]'
  echo 'protocol=tcp'
  echo 'default-character-set=utf8mb4'
  option host ${CONNECTION_DIRECTORY}/host
  option port ${CONNECTION_DIRECTORY}/port
  option user ${CONNECTION_DIRECTORY}/username
  option password ${CONNECTION_DIRECTORY}/password
  if [ -e ${CONNECTION_DIRECTORY}/ca.crt ]; then
    echo 'ssl-ca=${CONNECTION_DIRECTORY}/ca.crt'
${verifyOptions.map(option => `    echo '${option}'\n`).join('')}  fi
}
option() { printf '%s="%s"\\n' "$1" "$(sed 's/[\\\\"]/\\\\&/g' "$2")"; }
sql() {
  ${client} --defaults-file=${OPTIONS_FILE} --database="$DATABASE" --batch --skip-column-names \\
    --max-allowed-packet=${MAX_PACKET} "$@"
}
`;
}

/** Connects as root, which owns routines, triggers and events of init scripts. */
function connectLocally({ socketDirectory, variablePrefixes }: MysqlFamilyBackup): string {
  const first = (name: string) => variablePrefixes.reduceRight((rest, prefix) => `\${${prefix}_${name}:-${rest}}`, '');
  return `connect_locally() {
  DATABASE="${first('DATABASE')}"
  password_file="${first('ROOT_PASSWORD_FILE')}"
  if [ -z "$password_file" ]; then
    password_file=/tmp/root-password
    printf '%s' "${first('ROOT_PASSWORD')}" > "$password_file"
  fi
  local_options > ${OPTIONS_FILE}
  IS_ROOT=true
}
local_options() {
  echo '[client]'
  echo 'socket=${socketDirectory}/mysqld.sock'
  echo 'user=root'
  echo 'default-character-set=utf8mb4'
  option password "$password_file"
}
`;
}

/**
 * Dumps the database. A lock on its tables lets the session of the figures and the session of the dump start with the
 * same state of the data, and ends as soon as both have started. The user of the database can lock its tables, but not
 * the whole server. The lock waits for transactions that write, and new writes wait for the lock.
 */
function dump({ dumpProgram, hasSequences, serverId }: MysqlFamilyBackup): string {
  return `dump() {
  trap '' PIPE
  [ "\${DATABASES:-$DATABASE}" = "$DATABASE" ] \\
    || problem "Cannot dump the databases '$DATABASES'. A backup contains the database of the connection, '$DATABASE'."
  check_tables
  objects > /tmp/objects
  ${hasSequences ? 'positions min > /tmp/positions\n  ' : ''}row_statements > /tmp/rows.sql <<'SQL'
SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;
START TRANSACTION WITH CONSISTENT SNAPSHOT;
SELECT 'snapshot';
SQL
  lock_statements > /tmp/lock.sql
  attempt=1
  until start_snapshots; do
    [ "$attempt" -lt 20 ] || problem "Transactions that write are never shorter than ${LOCK_SECONDS} seconds." \\
      'Run the backup at another time.'
    attempt=$((attempt + 1))
    sleep 10
  done
  wait "$rows" || stop rows 'The figures of the tables failed.'
  wait "$dump" || stop dump '${dumpProgram} failed.'
  ! grep '^${dumpProgram}: ' /tmp/dump.log || echo 'The dump is complete in spite of these messages.'
  tail -n 1 database.sql > /tmp/last-line
  grep -q '^-- Dump completed' /tmp/last-line || problem 'The dump is not complete.'
  objects > /tmp/objects-after
  cmp -s /tmp/objects /tmp/objects-after || problem 'The schema changed while the dump ran. Run the backup again.'
  sql > settings.sql <<'SQL'
SELECT CONCAT('ALTER DATABASE CHARACTER SET ', default_character_set_name, ' COLLATE ', default_collation_name, ';')
FROM information_schema.schemata WHERE schema_name = DATABASE();
SQL
  ${hasSequences ? 'positions max >> /tmp/positions\n  cat /tmp/positions >> /tmp/objects\n  ' : ''}\
sed '/^snapshot$/d' /tmp/rows.out >> /tmp/objects
  cp /tmp/objects figures
  ${serverId ? `sql -e "SELECT ${serverId}" > source` : `echo "$(cat ${CONNECTION_DIRECTORY}/host)" > source`}
  echo "$DATABASE" >> source
}
lock_statements() {
  echo 'SET SESSION lock_wait_timeout = ${LOCK_SECONDS};'
  echo "SET SESSION sql_mode = 'ANSI_QUOTES';"
  sql --raw <<'SQL'
${LOCK_STATEMENT}SQL
  echo "SELECT 'locked';"
}
check_tables() {
  sql > /tmp/without-snapshot <<'SQL'
${TABLES_WITHOUT_SNAPSHOT}SQL
  [ ! -s /tmp/without-snapshot ] || problem "These tables have no transactions: $(cat /tmp/without-snapshot)." \\
    'Convert them with ALTER TABLE ... ENGINE=InnoDB.'
  sql > /tmp/float-columns <<'SQL'
${FLOAT_COLUMNS}SQL
  [ ! -s /tmp/float-columns ] || echo "The dump keeps six digits of these FLOAT columns: $(cat /tmp/float-columns)"
}
`;
}

/**
 * Defines `start_snapshots`, which fails if transactions write for too long. The processes of the dump close the file
 * descriptor of the lock, because the session ends with the last process that has it.
 */
function startSnapshots({ dumpProgram, dumpOptions }: MysqlFamilyBackup): string {
  return `start_snapshots() {
  rm -f /tmp/lock.in /tmp/*.out /tmp/*.end
  mkfifo /tmp/lock.in || problem 'Cannot create a file in /tmp.'
  run lock sql --unbuffered < /tmp/lock.in &
  lock=$!
  exec 3> /tmp/lock.in
  cat /tmp/lock.sql >&3
  if ! wait_for '^locked$' lock.out lock; then
    exec 3>&-
    wait "$lock" || cat /tmp/lock.log >&2
    return 1
  fi
  run rows sql --unbuffered --quick < /tmp/rows.sql 3>&- &
  rows=$!
  run dump ${dumpProgram} --defaults-file=${OPTIONS_FILE} --verbose --result-file=database.sql \\
    ${[...DUMP_OPTIONS, ...dumpOptions].join(' \\\n    ')} "$DATABASE" 3>&- &
  dump=$!
  wait_for '^snapshot$' rows.out rows || stop rows 'The figures of the tables failed.'
  # its first message after the start of its transaction; none if there are no tables
  wait_for '^-- \\(Setting savepoint\\|Retrieving\\)' dump.log dump || [ -e /tmp/dump.end ] \\
    || stop dump '${dumpProgram} did not start within 10 seconds.'
  exec 3>&-
  wait "$lock" || stop lock 'The lock of the tables was lost.'
}
run() {
  name="$1"
  shift
  status=0
  "$@" > "/tmp/$name.out" 2> "/tmp/$name.log" || status=$?
  : > "/tmp/$name.end"
  return "$status"
}
wait_for() {
  for attempt_of_wait in $(seq 100); do
    ! grep -q -e "$1" "/tmp/$2" 2> /dev/null || return 0
    [ ! -e "/tmp/$3.end" ] || break
    sleep 0.1
  done
  grep -q -e "$1" "/tmp/$2" 2> /dev/null
}
stop() {
  grep -v '^-- ' "/tmp/$1.log" >&2 || true
  problem "$2"
}
`;
}

/** Defines the functions that a dump and a comparison share. */
function sharedFunctions({ hasSequences, ...dialect }: MysqlFamilyBackup): string {
  const positions = `positions() {
  sql --raw > /tmp/sequences.sql <<'SQL'
${SEQUENCE_STATEMENTS}SQL
  sql --init-command="SET @check = '$1', SESSION sql_mode = 'ANSI_QUOTES'" < /tmp/sequences.sql
}
`;
  return `row_statements() {
  cat <<'SQL'
${SESSION}SQL
  cat
  sql --raw <<'SQL'
${ROW_STATEMENTS}SQL
}
objects() {
  sql <<'SQL'
${objectFigures({ hasSequences, ...dialect })}SQL
}
${hasSequences ? positions : ''}`;
}

function figures({ hasSequences }: MysqlFamilyBackup): string {
  return `figures() {
  objects
  row_statements < /dev/null > /tmp/rows.sql
  sql --quick < /tmp/rows.sql
${hasSequences ? '  positions min\n  positions max\n' : ''}}
`;
}

const CHECK_EMPTY = `check_empty() {
  objects_found="$(sql <<'SQL'
${OBJECT_COUNT}SQL
)"
  [ "$objects_found" = 0 ] || problem "Database '$DATABASE' is not empty: it has $objects_found objects." \\
    'Drop and create it, or restore into a new server.'
}
`;

/** Root turns off events, which would change the restored data, and the binary log, which has no reader. */
const RESTORE = `restore() {
  set -- "$1" sql
  if [ -n "\${IS_ROOT:-}" ]; then
    sql -e 'SET GLOBAL max_allowed_packet = 1073741824; SET GLOBAL event_scheduler = OFF'
    set -- "$1" sql --init-command='SET SESSION sql_log_bin = 0'
  fi
  directory="$1"
  shift
  "$@" < "$directory/settings.sql"
  "$@" < "$directory/database.sql"
}
`;

/** Returns the backup of MySQL or MariaDB: a dump of one database. */
export function mysqlFamilyBackup(options: MysqlFamilyBackup): EngineBackup {
  const { title, socketDirectory, limits } = options;
  const shared = sharedFunctions(options);
  return {
    title,
    connect: connect(options),
    connectLocally: connectLocally(options),
    isReady: "is_ready() { sql -e 'SELECT 1' > /dev/null 2>&1; }\n",
    dump: dump(options) + startSnapshots(options) + shared,
    figures: figures(options) + shared,
    checkEmpty: CHECK_EMPTY,
    restore: RESTORE,
    restoreMethod: 'client',
    query: 'run_query() { sql -e "$1"; }\n',
    trial: {
      args: ['--bind-address=127.0.0.1', '--event-scheduler=OFF', '--skip-log-bin'],
      socketDirectory,
    },
    limits: [
      'A backup contains the database of the connection, and neither other databases of the server nor its users.',
      'New writes wait while the dump takes its snapshot, usually for less than a second, and at most for about 15.',
      'FLOAT columns keep six significant digits, because the dump program writes no more. DOUBLE columns are exact.',
      'A database with a table of MyISAM or another engine without transactions is refused.',
      'A restore over the network needs the privileges to create the routines, triggers and views of other definers.',
      ...limits,
    ],
  };
}
