import { DATABASE_FIGURES, OBJECTS, ROLE_FIGURES, sequenceFigures, SESSION } from './postgres-figures';
import { CUT_SCRIPT } from '../engine-backup';

/** Seconds for which the lock of a table waits for writes, before it gives way. */
const LOCK_SECONDS = 5;

/**
 * Locks the tables of users and large objects against writes. A deadlock ends this session and not one of the app,
 * because it looks for deadlocks first. The server ends the locks of a session whose node is lost.
 */
const LOCK_TABLES = `set deadlock_timeout = '10ms';
set idle_in_transaction_session_timeout = '120s';
set statement_timeout = '${LOCK_SECONDS}s';
begin;
select 'lock table pg_catalog.pg_largeobject, pg_catalog.pg_largeobject_metadata'
  || coalesce(string_agg(format(', only %I.%I', nspname, relname), '' order by c.oid), '') || ' in share mode'
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where relkind in ('r', 'p') and relpersistence = 'p' and nspname !~ '^pg_' and nspname <> 'information_schema' \\gexec
set statement_timeout = 0;
`;

/** A server that recovers from a crash empties these tables. */
const UNLOGGED_TABLES = `select string_agg(format('%s: %I.%I', current_database(), nspname, relname), ', ')
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where relkind = 'r' and relpersistence = 'u';
`;

/** Locks the tables of one database after another, and runs the last lines once all are locked. */
const LOCK_SCRIPT = `set -eu
index="$1"
database="$(sed -n "$((index + 1))p" databases)"
if [ -n "$database" ]; then
  NEXT=$((index + 1)) PGDATABASE="$database" psql -XqAt -v ON_ERROR_STOP=1 -f /tmp/lock.sql < /dev/null \\
    || : > /tmp/lock-failed
  exit 0
fi
: > /tmp/locked
index=0
while IFS= read -r database; do
  (INDEX=$index PGDATABASE="$database" psql -XqAt -v ON_ERROR_STOP=1 -f /tmp/figures.sql < /dev/null \\
    > "/tmp/rows-$index" 2> "/tmp/rows-$index.log" || : > "/tmp/rows-$index.failed"
  : > "/tmp/rows-$index.end") &
  index=$((index + 1))
done < databases
for other in $(seq 0 $((index - 1))); do
  until [ -e "/tmp/rows-$other.begun" ] || [ -e "/tmp/rows-$other.end" ]; do sleep 0.1; done
done
# commits that did not wait for the disk, too
psql -XqAt -v ON_ERROR_STOP=1 -c checkpoint
sh ${CUT_SCRIPT}
: > /tmp/cut-done
`;

/**
 * Stops writes to all databases. A session locks the tables of a database, and runs the session of the next one. Once
 * all tables are locked, other sessions begin the figures, each in a snapshot of this state, and the storage system
 * takes its snapshot. Then the locks end, while the figures go on.
 */
export const POSTGRES_QUIESCE = `quiesce() {
  for setting in fsync full_page_writes; do
    [ "$(pg -c "show $setting")" = on ] \\
      || problem "'$setting' is off, so a snapshot of the volume can be damaged." "Remove it from 'settings'."
  done
  list_databases
  check_unlogged
  cat > /tmp/lock.sh <<'SH'
${LOCK_SCRIPT}SH
  cat > /tmp/lock.sql <<'SQL'
${SESSION}${LOCK_TABLES}\\! sh /tmp/lock.sh "$NEXT"
commit;
SQL
  cat > /tmp/figures.sql <<'SQL'
${SESSION}begin isolation level repeatable read, read only;
select from pg_catalog.pg_class limit 1;
\\! : > "/tmp/rows-$INDEX.begun"
${DATABASE_FIGURES}commit;
SQL
  cat > /tmp/objects.sql <<'SQL'
${SESSION}${OBJECTS}SQL
  pg > figures <<'SQL'
${ROLE_FIGURES}SQL
  sequences <<'SQL'
${sequenceFigures('min')}SQL
  # the one under the lock is short then
  pg -c checkpoint
  stop_writes
  sequences <<'SQL'
${sequenceFigures('max', true)}SQL
  index=0
  while IFS= read -r database; do
    until [ -e "/tmp/rows-$index.end" ]; do sleep 0.1; done
    [ ! -e "/tmp/rows-$index.failed" ] \\
      || problem "The figures of '$database' failed: $(cat "/tmp/rows-$index.log")"
    PGDATABASE="$database" pg -f /tmp/objects.sql < /dev/null > /tmp/objects
    grep '^definition' /tmp/objects > /tmp/definitions || [ $? = 1 ]
    grep '^definition' "/tmp/rows-$index" > /tmp/definitions-before || [ $? = 1 ]
    cmp -s /tmp/definitions /tmp/definitions-before \\
      || problem "The schema of '$database' changed while the snapshot was taken. Run the backup again."
    cat "/tmp/rows-$index" >> figures
    index=$((index + 1))
  done < databases
}
resume_writes() { :; }
stop_writes() {
  rm -f /tmp/locked /tmp/lock-failed /tmp/cut-done
  attempt=1
  until sh /tmp/lock.sh 0; [ -e /tmp/locked ]; do
    [ "$attempt" -lt 20 ] || problem "Transactions that write are never shorter than ${LOCK_SECONDS} seconds." \\
      'Run the backup at another time.'
    attempt=$((attempt + 1))
    rm -f /tmp/lock-failed
    sleep 10
  done
  [ -e /tmp/cut-done ] || problem 'The storage system took no snapshot while writes were stopped.'
  [ ! -e /tmp/lock-failed ] || problem 'The lock of the tables was lost.'
}
sequences() {
  cat > /tmp/sequences.sql
  while IFS= read -r database; do
    PGDATABASE="$database" pg -f /tmp/sequences.sql < /dev/null >> figures
  done < databases
}
check_unlogged() {
  cat > /tmp/unlogged.sql <<'SQL'
${UNLOGGED_TABLES}SQL
  while IFS= read -r database; do
    tables="$(PGDATABASE="$database" pg -f /tmp/unlogged.sql < /dev/null)"
    [ -z "$tables" ] || problem "A snapshot loses the rows of these unlogged tables: $tables." \\
      'Convert them with ALTER TABLE ... SET LOGGED, or back up to another destination.'
  done < databases
}
`;
