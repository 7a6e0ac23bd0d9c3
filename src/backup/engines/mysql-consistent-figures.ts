import { FLOAT_COLUMNS, LOCK_STATEMENT, MysqlDialect, TABLES_WITHOUT_SNAPSHOT } from './mysql-figures';
import { CONNECTION_DIRECTORY } from '../engine-backup';

/** Seconds for which a write can wait for the lock of the tables, before it gives way. */
const LOCK_SECONDS = 5;

interface ConsistentFiguresOptions extends Pick<MysqlDialect, 'hasSequences'> {
  readonly serverId?: string;
}

/**
 * Defines `begin_figures` and `finish_figures`, which write the figures of the state in which `while_locked` runs. A
 * lock on the tables lets the session of the figures start with that state, and ends after `while_locked`. The user of
 * the database can lock its tables, but not the whole server. The lock waits for transactions that write, and new
 * writes wait for the lock.
 */
export function consistentFigures({ hasSequences, serverId }: ConsistentFiguresOptions): string {
  return `begin_figures() {
  check_tables
  objects > /tmp/objects
  ${hasSequences ? 'positions min > /tmp/positions\n  ' : ''}row_statements > /tmp/rows.sql <<'SQL'
SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;
START TRANSACTION WITH CONSISTENT SNAPSHOT;
SELECT 'snapshot';
SQL
  lock_statements > /tmp/lock.sql
  attempt=1
  until lock_tables; do
    [ "$attempt" -lt 20 ] || problem "Transactions that write are never shorter than ${LOCK_SECONDS} seconds." \\
      'Run the backup at another time.'
    attempt=$((attempt + 1))
    sleep 10
  done
}
finish_figures() {
  wait "$rows" || stop rows 'The figures of the tables failed.'
  objects > /tmp/objects-after
  cmp -s /tmp/objects /tmp/objects-after || problem 'The schema changed while the backup ran. Run the backup again.'
  ${hasSequences ? 'positions max >> /tmp/positions\n  cat /tmp/positions >> /tmp/objects\n  ' : ''}\
sed '/^snapshot$/d' /tmp/rows.out >> /tmp/objects
  cp /tmp/objects figures
  ${serverId ? `sql -e "SELECT ${serverId}" > source` : `echo "$(cat ${CONNECTION_DIRECTORY}/host)" > source`}
  echo "$DATABASE" >> source
}
lock_statements() {
  echo 'SET SESSION lock_wait_timeout = ${LOCK_SECONDS};'
  # the server ends the locks of a session whose node is lost
  echo 'SET SESSION wait_timeout = 120;'
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
${LOCK_TABLES}`;
}

/**
 * Defines `lock_tables`, which fails if transactions write for too long. Other processes close the file descriptor of
 * the lock, because the session ends with the last process that has it.
 */
const LOCK_TABLES = `lock_tables() {
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
  wait_for '^snapshot$' rows.out rows || stop rows 'The figures of the tables failed.'
  while_locked
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
