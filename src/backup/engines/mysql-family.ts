import { consistentFigures } from './mysql-consistent-figures';
import {
  MysqlDialect,
  objectFigures,
  OBJECT_COUNT,
  ROW_STATEMENTS,
  SEQUENCE_STATEMENTS,
  SESSION,
} from './mysql-figures';
import { CONNECTION_DIRECTORY, CUT_SCRIPT, EngineBackup } from '../engine-backup';

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

/** Dumps the database, from the state of the figures. */
function dump({ dumpProgram, dumpOptions }: MysqlFamilyBackup): string {
  return `dump() {
  trap '' PIPE
  [ "\${DATABASES:-$DATABASE}" = "$DATABASE" ] \\
    || problem "Cannot dump the databases '$DATABASES'. A backup contains the database of the connection, '$DATABASE'."
  begin_figures
  wait "$dump" || stop dump '${dumpProgram} failed.'
  ! grep '^${dumpProgram}: ' /tmp/dump.log || echo 'The dump is complete in spite of these messages.'
  tail -n 1 database.sql > /tmp/last-line
  grep -q '^-- Dump completed' /tmp/last-line || problem 'The dump is not complete.'
  sql > settings.sql <<'SQL'
SELECT CONCAT('ALTER DATABASE CHARACTER SET ', default_character_set_name, ' COLLATE ', default_collation_name, ';')
FROM information_schema.schemata WHERE schema_name = DATABASE();
SQL
  finish_figures
}
while_locked() {
  run dump ${dumpProgram} --defaults-file=${OPTIONS_FILE} --verbose --result-file=database.sql \\
    ${[...DUMP_OPTIONS, ...dumpOptions].join(' \\\n    ')} "$DATABASE" 3>&- &
  dump=$!
  # its first message after the start of its transaction; none if there are no tables
  wait_for '^-- \\(Setting savepoint\\|Retrieving\\)' dump.log dump || [ -e /tmp/dump.end ] \\
    || stop dump '${dumpProgram} did not start within 10 seconds.'
}
`;
}

/** With other settings than the default, the server writes its log to the disk each second. */
const QUIESCE = `quiesce() {
  trap '' PIPE
  begin_figures
  finish_figures
}
resume_writes() { exec 3>&-; }
while_locked() {
  [ "$(sql -e 'SELECT @@innodb_flush_log_at_trx_commit')" = 1 ] || sleep 2
  sh ${CUT_SCRIPT} 3>&- || problem 'The storage system took no snapshot while writes were stopped.'
}
`;

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
    dump: dump(options) + consistentFigures(options) + shared,
    quiesce: QUIESCE + consistentFigures(options) + shared,
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
