import { DATABASES_FILE, POSITION_DATABASE, RESTORE } from './redis-restore';
import { CONNECTION_DIRECTORY, CUT_SCRIPT, EngineBackup } from '../engine-backup';

/** The differences between the backups of Redis and Valkey: the names of their programs. */
export interface RedisFamilyBackup {
  readonly title: string;
  readonly server: string;
  readonly client: string;
  readonly checkProgram: string;
}

const PORT = 6379;

/** Seconds after which the server accepts writes again. */
const PAUSE_SECONDS = 120;

/** The file of the data in a backup, in the format of the server's own snapshots. */
const DATA_FILE = 'data.rdb';

/** With `-e`, the client fails if a command fails. The password is in a variable, which other users cannot read. */
function connect({ client }: RedisFamilyBackup): string {
  return `connect() {
  HOST="$(cat ${CONNECTION_DIRECTORY}/host)"
  PORT="$(cat ${CONNECTION_DIRECTORY}/port)"
  REDISCLI_AUTH="$(cat ${CONNECTION_DIRECTORY}/password)"
  export REDISCLI_AUTH
  [ ! -s ${CONNECTION_DIRECTORY}/username ] || SERVER_USER="$(cat ${CONNECTION_DIRECTORY}/username)"
  [ ! -e ${CONNECTION_DIRECTORY}/ca.crt ] || TLS=true
}
cli() {
  if [ -n "\${TLS:-}" ]; then
    set -- --tls --cacert ${CONNECTION_DIRECTORY}/ca.crt "$@"
  fi
  \${LIMIT:-} ${client} -e -h "$HOST" -p "$PORT" --user "\${SERVER_USER:-default}" "$@"
}
`;
}

/** Connects to the server of a trial, in the same pod. */
const CONNECT_LOCALLY = `connect_locally() {
  HOST=127.0.0.1
  PORT=${PORT}
  REDISCLI_AUTH="$(cat "$SERVER_PASSWORD_FILE")"
  export REDISCLI_AUTH
}
`;

/**
 * Counts the keys that never expire, by their type. One call sees one state of a database, so that no key is counted
 * twice.
 */
const COUNT_TYPES = `local cursor = '0'
local types = {}
repeat
  local page = redis.call('SCAN', cursor, 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    if redis.call('PTTL', key) == -1 then
      local name = redis.call('TYPE', key).ok
      types[name] = (types[name] or 0) + 1
    end
  end
until cursor == '0'
local lines = {}
for name, count in pairs(types) do
  lines[#lines + 1] = 'equal\\tkeys of type ' .. name .. '\\tdatabase ' .. ARGV[1] .. '\\t' .. count
end
return lines`;

/**
 * Starts a private server that has loaded a snapshot. It listens on a Unix socket only, writes nothing, and has the
 * snapshot in memory.
 */
function loader({ server, client }: RedisFamilyBackup): string {
  return `load_snapshot() {
  rm -f /tmp/loader.sock /tmp/loader.end
  trap 'loader shutdown nosave > /dev/null 2>&1 || true' EXIT
  run_loader "$1" &
  for attempt_of_load in $(seq 3600); do
    [ ! -e /tmp/loader.end ] || break
    loader -n 0 ping > /tmp/loader.pong 2>&1 || true
    ! grep -qx PONG /tmp/loader.pong || return 0
    sleep 0.5
  done
  stop loader 'A server cannot load the snapshot.'
}
stop() {
  tail -n 20 "/tmp/$1.log" >&2 || true
  problem "$2"
}
run_loader() {
  ${server} --dir "$1" --dbfilename ${DATA_FILE} --databases ${POSITION_DATABASE + 1} \\
    --save '' --appendonly no --port 0 --unixsocket /tmp/loader.sock --logfile /tmp/loader.log \\
    > /tmp/loader.out 2>&1 || true
  : > /tmp/loader.end
}
loader() {
  (unset REDISCLI_AUTH; exec ${client} -e -s /tmp/loader.sock "$@")
}
stop_loader() {
  loader shutdown nosave > /dev/null 2>&1 || true
  wait
}
`;
}

/** Defines the functions that a dump and a comparison share. */
const SHARED = `count_types() {
  cat > /tmp/count-types.lua <<'LUA'
${COUNT_TYPES}
LUA
  database="$1"
  shift
  "$@" --raw -n "$database" EVAL_RO "$(cat /tmp/count-types.lua)" 0 "$database" > /tmp/types
  sed '/^$/d' /tmp/types
}
functions() {
  cli --raw FUNCTION LIST WITHCODE > /tmp/functions.list
  cksum="$(sha256sum < /tmp/functions.list)"
  printf 'equal\\tfunctions\\tall\\t%s\\n' "\${cksum%% *}"
}
`;

/**
 * Reads the sizes of a database that the server wrote at the moment of the snapshot: an opcode, the number of keys and
 * the number of keys that expire, in one, two, five or nine bytes.
 */
const SIZES_AWK = `{ for (i = 1; i <= NF; i++) byte[n++] = $i }
function size(   first, value, count) {
  first = byte[at++]
  if (first < 64) return first
  if (first < 128) return (first - 64) * 256 + byte[at++]
  if (first != 128 && first != 129) exit 1
  for (count = first == 128 ? 4 : 8; count > 0; count--) value = value * 256 + byte[at++]
  return value
}
END {
  if (byte[0] != 251) exit 1
  at = 1
  keys = size()
  expiring = size()
  printf "%.0f %.0f\\n", keys, expiring
}
`;

/**
 * Receives a snapshot as a replica does, and checks all of it. The server writes into the snapshot how many keys each
 * database has at that moment; as many must follow, and a server must load as many.
 */
function dump({ title, checkProgram }: RedisFamilyBackup): string {
  return `dump() {
  functions > /tmp/functions
  cli --rdb ${DATA_FILE} > /tmp/transfer.log 2>&1 || stop transfer '${title} sent no snapshot.'
  ${checkProgram} ${DATA_FILE} > /tmp/check.log 2>&1 || stop check 'The snapshot is damaged.'
  grep -q 'Checksum OK' /tmp/check.log || problem "The snapshot has no checksum. Set 'rdbchecksum yes'."
  functions > /tmp/functions-after
  cmp -s /tmp/functions /tmp/functions-after \\
    || problem 'The functions changed while the dump ran.' 'Run the backup again.'
  cat > /tmp/sizes.awk <<'AWK'
${SIZES_AWK}AWK
  sed -n 's/^\\[offset \\([0-9]*\\)\\] Selecting DB ID \\([0-9]*\\)$/\\1 \\2/p' /tmp/check.log > /tmp/selected
  load_snapshot .
  total=0
  : > ${DATABASES_FILE}
  : > /tmp/figures
  while read -r offset database; do
    od -An -v -tu1 -j "$offset" -N 24 ${DATA_FILE} > /tmp/bytes
    awk -f /tmp/sizes.awk /tmp/bytes > /tmp/sizes \\
      || problem "The snapshot does not state the size of database $database."
    read -r keys expiring < /tmp/sizes
    total=$((total + keys))
    echo "$database" >> ${DATABASES_FILE}
    printf 'equal\\tkeys that never expire\\tdatabase %s\\t%s\\n' "$database" $((keys - expiring)) >> /tmp/figures
    printf 'max\\tkeys that expire\\tdatabase %s\\t%s\\n' "$database" "$expiring" >> /tmp/figures
    count_types "$database" loader >> /tmp/figures < /dev/null
  done < /tmp/selected
  read_keys="$(sed -n 's/^\\[info\\] \\([0-9]*\\) keys read$/\\1/p' /tmp/check.log)"
  [ "$read_keys" = "$total" ] || problem "The server stated $total keys, but the snapshot contains $read_keys."
  loader INFO persistence > /tmp/persistence
  loaded="$(sed -n 's/^rdb_last_load_keys_loaded:\\([0-9]*\\).*/\\1/p' /tmp/persistence)"
  expired="$(sed -n 's/^rdb_last_load_keys_expired:\\([0-9]*\\).*/\\1/p' /tmp/persistence)"
  [ "$((loaded + expired))" = "$total" ] || problem "The server stated $total keys, but another one loaded $loaded."
  stop_loader
  cat /tmp/functions /tmp/figures > figures
  printf '%s:%s\\n' "$HOST" "$PORT" > source
}
`;
}

/**
 * Stops commands that write, which includes scripts that can write. The server writes its append-only file to the disk
 * each second; without one, it writes a snapshot.
 */
const QUIESCE = `quiesce() {
  cli CLIENT PAUSE ${PAUSE_SECONDS * 1000} WRITE > /dev/null
  write_to_disk
  state > /tmp/state
  cli INFO keyspace > /tmp/keyspace
  sed -n 's/^db\\([0-9]*\\):.*/\\1/p' /tmp/keyspace > ${DATABASES_FILE}
  figures . > /tmp/figures
  sh ${CUT_SCRIPT} || problem 'The storage system took no snapshot while writes were stopped.'
  state > /tmp/state-after
  resume_writes
  cmp -s /tmp/state /tmp/state-after || problem 'Writes went on during the snapshot. Run the backup again.'
  cp /tmp/figures figures
  printf '%s:%s\\n' "$HOST" "$PORT" > source
}
resume_writes() { cli CLIENT UNPAUSE > /dev/null; }
state() {
  cli INFO > /tmp/info
  grep -E '^(run_id|rdb_changes_since_last_save):' /tmp/info
}
write_to_disk() {
  cli --raw CONFIG GET appendonly > /tmp/appendonly
  if grep -qx yes /tmp/appendonly; then
    cli --raw CONFIG GET appendfsync > /tmp/appendfsync
    ! grep -qx no /tmp/appendfsync || problem "'appendfsync' is 'no', so the files lack the last writes."
    sleep 2
    until cli INFO persistence > /tmp/persistence && grep -q '^aof_pending_bio_fsync:0' /tmp/persistence; do
      sleep 0.1
    done
    return
  fi
  before="$(cli --raw LASTSAVE)"
  sleep 1
  cli BGSAVE > /dev/null
  until [ "$(cli --raw LASTSAVE)" != "$before" ]; do sleep 0.1; done
}
`;

const FIGURES = `figures() {
  functions
  cli INFO keyspace > /tmp/keyspace
  {
    cat "$1/${DATABASES_FILE}"
    sed -n 's/^db\\([0-9]*\\):.*/\\1/p' /tmp/keyspace
  } > /tmp/databases
  sort -un /tmp/databases > /tmp/sorted-databases
  while read -r database; do
    line="$(sed -n "s/^db$database:keys=\\\\([0-9]*\\\\),expires=\\\\([0-9]*\\\\).*/\\\\1 \\\\2/p" /tmp/keyspace)"
    keys="\${line% *}"
    expiring="\${line#* }"
    printf 'equal\\tkeys that never expire\\tdatabase %s\\t%s\\n' "$database" $((\${keys:-0} - \${expiring:-0}))
    printf 'max\\tkeys that expire\\tdatabase %s\\t%s\\n' "$database" "\${expiring:-0}"
    count_types "$database" cli < /dev/null
  done < /tmp/sorted-databases
}
`;

const CHECK_EMPTY = `check_empty() {
  cli INFO keyspace > /tmp/keyspace
  ! grep '^db' /tmp/keyspace || problem 'The server is not empty.' 'Delete its keys, or restore into a new server.'
  [ -z "$(cli --raw FUNCTION LIST)" ] \\
    || problem 'The server has functions.' 'Delete them, or restore into a new server.'
}
`;

/** Returns the backup of Redis or Valkey: the snapshot that the server sends to its replicas. */
export function redisFamilyBackup(options: RedisFamilyBackup): EngineBackup {
  const { title } = options;
  return {
    title,
    connect: connect(options),
    connectLocally: CONNECT_LOCALLY,
    // a server that does not speak TLS never answers
    isReady: `is_ready() { [ "$(LIMIT='timeout 10'; cli ping 2> /dev/null)" = PONG ]; }\n`,
    dump: dump(options) + loader(options) + SHARED,
    quiesce: QUIESCE + FIGURES + SHARED,
    figures: FIGURES + SHARED,
    checkEmpty: CHECK_EMPTY,
    restore: RESTORE + loader(options),
    restoreMethod: 'client',
    query: 'run_query() { set -f; cli --raw $1; set +f; }\n',
    trial: { args: ['--bind', '127.0.0.1'] },
    loadsData: true,
    limits: [
      'Keys are compared by their number and type. Their values have checksums in the snapshot and in the restore.',
      'Keys that expire are not compared, because they can expire before the trial.',
      'Users of an access control list are not part of a backup.',
    ],
  };
}
