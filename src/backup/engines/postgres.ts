import { DATABASE_FIGURES, ROLE_FIGURES, sequenceFigures, SESSION } from './postgres-figures';
import { POSTGRES_QUIESCE } from './postgres-quiesce';
import { CONNECTION_DIRECTORY, EngineBackup } from '../engine-backup';

/** Connects by a password file, which escapes `:` and `\`. The certificate of the server is verified. */
const CONNECT = `connect() {
  PGHOST="$(cat ${CONNECTION_DIRECTORY}/host)"
  PGPORT="$(cat ${CONNECTION_DIRECTORY}/port)"
  PGUSER="$(cat ${CONNECTION_DIRECTORY}/username)"
  PGDATABASE="$(cat ${CONNECTION_DIRECTORY}/database)"
  PGPASSFILE=/tmp/.pgpass
  export PGHOST PGPORT PGUSER PGDATABASE PGPASSFILE PGCONNECT_TIMEOUT=10 PGCLIENTENCODING=UTF8
  printf '*:*:*:*:' > "$PGPASSFILE"
  sed 's/[\\\\:]/\\\\&/g' ${CONNECTION_DIRECTORY}/password >> "$PGPASSFILE"
  if [ -e ${CONNECTION_DIRECTORY}/ca.crt ]; then
    export PGSSLMODE=verify-full PGSSLROOTCERT=${CONNECTION_DIRECTORY}/ca.crt
  fi
}
`;

const SOCKET_DIRECTORY = '/var/run/postgresql';

const CONNECT_LOCALLY = `connect_locally() {
  PGUSER="\${POSTGRES_USER:-$(cat "\${POSTGRES_USER_FILE:-/dev/null}")}"
  export PGHOST=${SOCKET_DIRECTORY} PGUSER="\${PGUSER:-postgres}" PGDATABASE=postgres PGCLIENTENCODING=UTF8
}
pg() { psql -XqAt -v ON_ERROR_STOP=1 "$@"; }
conninfo() { printf "dbname='%s'" "$(printf '%s' "$1" | sed "s/[\\\\\\\\']/\\\\\\\\&/g")"; }
`;

/** The locale of a database, whose columns depend on the version. */
const LOCALE = `case to_jsonb(d) ->> 'datlocprovider'
    when 'i' then format('locale_provider icu icu_locale %L ',
      coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'))
    when 'b' then format('locale_provider builtin builtin_locale %L ', to_jsonb(d) ->> 'datlocale')
    else '' end || format('lc_collate %L lc_ctype %L', datcollate, datctype)`;

/**
 * Dumps each database. A session exports its snapshot, and runs `pg_dump` in the background. Meanwhile, it takes the
 * figures in the same snapshot. Then `pg_restore` reads the whole archive: one that was cut still has its table of
 * contents. The fastest level of Zstandard takes a sixth of the time of the default, and its files are not
 * larger. Programs without it, such as those before version 16, use the fastest level of gzip.
 */
const DUMP = `dump() {
  cat > /tmp/dump.sh <<'SH'
set -- --format=custom --compress="$COMPRESSION" --snapshot="$SNAPSHOT" --lock-wait-timeout=300000
if pg_dump "$@" --file="$FILE"; then
  pg_restore --file=/dev/null "$FILE" || touch /tmp/dump-cut
else
  touch /tmp/dump-failed
fi
touch /tmp/dump-ended
SH
  cat > /tmp/dump.sql <<'SQL'
${SESSION}begin isolation level repeatable read, read only;
\\o /tmp/low
${sequenceFigures('min')}\\o
select pg_export_snapshot() as snapshot \\gset
\\setenv SNAPSHOT :snapshot
\\! sh /tmp/dump.sh < /dev/null &
\\o /tmp/high
${DATABASE_FIGURES}\\o
\\! until [ -e /tmp/dump-ended ]; do sleep 0.1; done
\\o /tmp/after
${sequenceFigures('max')}\\o
commit;
SQL
  list_databases
  pg_dumpall --roles-only --no-role-passwords --file=roles.sql
  pg > figures <<'SQL'
${ROLE_FIGURES}SQL
  COMPRESSION="$(compression)"
  export COMPRESSION
  index=0
  while IFS= read -r database; do
    dump_database "$database" "database-$index"
    index=$((index + 1))
  done < databases
}
compression() {
  # a program that knows the method fails later, because no server has this socket
  LC_ALL=C pg_dump --compress=zstd:1 --format=custom --host=/tmp/none --file=/dev/null 2> /tmp/compression || true
  if grep -q 'connection to server' /tmp/compression; then echo zstd:1; else echo 1; fi
}
dump_database() {
  export PGDATABASE="$1" FILE="$2.dump"
  echo "dumping database $1"
  rm -f /tmp/dump-failed /tmp/dump-cut /tmp/dump-ended
  pg > "$2.sql" <<'SQL'
select format('create database %I owner %I template template0 encoding %L %s', datname, pg_get_userbyid(datdba),
  pg_encoding_to_char(encoding), ${LOCALE})
from pg_database d where datname = current_database();
SQL
  pg -f /tmp/dump.sql < /dev/null
  [ ! -e /tmp/dump-failed ] || problem "pg_dump of database '$1' failed."
  [ ! -e /tmp/dump-cut ] || problem "The dump of database '$1' is not complete."
  cat /tmp/low /tmp/high /tmp/after >> figures
}
`;

/** Defines `list_databases`, which writes the names of the databases, and the identifier of the server. */
const LIST_DATABASES = `list_databases() {
  if [ -n "\${DATABASES:-}" ]; then
    printf '%s\\n' "$DATABASES" > databases
  else
    pg > databases <<'SQL'
select datname from pg_database where datallowconn and not datistemplate order by datname collate "C";
SQL
  fi
  [ -s databases ] || problem 'The server has no database.'
  pg -c "select case when has_function_privilege('pg_control_system()', 'execute') then (
    select system_identifier::text from pg_control_system()) else 'unknown' end" > source
}
`;

const FIGURES = `figures() {
  cat > /tmp/figures.sql <<'SQL'
${SESSION}begin isolation level repeatable read, read only;
${sequenceFigures('min')}${DATABASE_FIGURES}${sequenceFigures('max')}commit;
SQL
  pg <<'SQL'
${ROLE_FIGURES}SQL
  while IFS= read -r database; do
    PGDATABASE="$database" pg -f /tmp/figures.sql < /dev/null
  done < "$1/databases"
}
`;

/** The database of the image is empty, apart from its extensions. */
const CHECK_EMPTY = `has_database() {
  databases="$(pg -v name="$1" <<'SQL'
select count(*) from pg_database where datname = :'name';
SQL
)" || problem 'Cannot list the databases of the server.'
  [ "$databases" = 1 ]
}
check_empty() {
  # the database of the connection can be one of those that are restored
  pg -c 'select 1' > /dev/null 2>&1 || export PGDATABASE=postgres
  while IFS= read -r database; do
    if has_database "$database"; then
      objects="$(PGDATABASE="$database" pg <<'SQL'
with ns as (
  select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
), objects (class, id) as (
  select 'pg_namespace'::regclass, oid from ns where nspname <> 'public'
  union all select 'pg_class'::regclass, oid from pg_class where relnamespace in (select oid from ns)
  union all select 'pg_proc'::regclass, oid from pg_proc where pronamespace in (select oid from ns)
)
select (select count(*) from pg_largeobject_metadata) + (select count(*) from objects where not exists (
  select from pg_depend where classid = class and objid = id and deptype = 'e'));
SQL
)"
      [ "$objects" = 0 ] || problem "Database '$database' is not empty: it has $objects objects." \\
        'Drop and create it, or restore into a new server.'
    fi
  done < "$1/databases"
}
`;

/**
 * Restores roles, databases and their settings. Roles that exist keep their passwords, and new roles have none. The
 * user itself does not change. The settings and privileges of a database itself are only in the archive as SQL.
 */
const RESTORE = `restore() {
  restore_roles "$1"
  index=0
  while IFS= read -r database; do
    has_database "$database" || pg -f "$1/database-$index.sql"
    echo "restoring database $database"
    pg_restore --exit-on-error --dbname="$(conninfo "$database")" "$1/database-$index.dump" < /dev/null
    restore_properties "$database" "$1/database-$index.dump"
    PGDATABASE="$database" pg -c analyze
    index=$((index + 1))
  done < "$1/databases"
}
restore_roles() {
  is_superuser="$(pg -c 'select rolsuper from pg_roles where rolname = current_user')"
  if [ "$is_superuser" != t ]; then
    echo 'roles are not restored, because the user is not a superuser' >&2
    return 0
  fi
  user="$(pg -c 'select quote_ident(current_user)')"
  grep '^CREATE ROLE ' "$1/roles.sql" > /tmp/new-roles || [ $? = 1 ]
  grep -v '^CREATE ROLE ' "$1/roles.sql" > /tmp/all-roles.sql
  grep -vF "ALTER ROLE $user WITH " /tmp/all-roles.sql > /tmp/roles.sql
  while IFS= read -r statement; do
    name="\${statement#CREATE ROLE }"
    found="$(pg -v name="\${name%;}" <<'SQL'
select count(*) from pg_roles where quote_ident(rolname) = :'name';
SQL
)"
    [ "$found" = 1 ] || pg -c "$statement" < /dev/null
  done < /tmp/new-roles
  pg -f /tmp/roles.sql
}
restore_properties() {
  pg_restore --create --list "$2" > /tmp/contents
  grep -E '^[0-9]+; [0-9]+ [0-9]+ (ACL|COMMENT|SECURITY LABEL) - DATABASE ' /tmp/contents > /tmp/list || [ $? = 1 ]
  pg_restore --create --use-list=/tmp/list --file=/tmp/create.sql "$2"
  # the database exists, and is that of the connection
  grep -v -e '^CREATE DATABASE ' -e '^\\\\connect ' /tmp/create.sql > /tmp/properties.sql
  PGDATABASE="$1" pg -f /tmp/properties.sql < /dev/null > /dev/null
}
`;

/** PostgreSQL: an archive of pg_dump for each database, and the roles of the server. */
export const POSTGRES: EngineBackup = {
  title: 'PostgreSQL',
  connect: CONNECT,
  connectLocally: CONNECT_LOCALLY,
  isReady: 'is_ready() { pg_isready -q; }\n',
  dump: DUMP + LIST_DATABASES,
  quiesce: POSTGRES_QUIESCE + LIST_DATABASES,
  figures: FIGURES,
  checkEmpty: CHECK_EMPTY,
  restore: RESTORE,
  restoreMethod: 'client',
  query: 'run_query() { PGDATABASE="${POSTGRES_DB:-postgres}" pg -c "$1"; }\n',
  trial: {
    args: [
      'listen_addresses=127.0.0.1',
      'archive_mode=off',
      'max_wal_senders=0',
      'max_logical_replication_workers=0',
      'primary_conninfo=',
      'synchronous_standby_names=',
      'fsync=off',
      'full_page_writes=off',
    ].flatMap(setting => ['-c', setting]),
    socketDirectory: SOCKET_DIRECTORY,
  },
  limits: [
    'Each database has a separate snapshot.',
    'Values of sequences are compared with those before and after the dump, because they belong to no snapshot.',
    'The rows of materialized views and of tables of extensions are not compared.',
    'Passwords of roles, and the attributes of the user itself, are not part of a backup.',
    'Subscriptions are restored as disabled, and are not compared.',
  ],
};
