/** The file with the numbers of the databases in a backup. */
export const DATABASES_FILE = 'databases';

/** The bytes of a page of commands, of which Lua needs several times as much. A page with a large key is larger. */
const PAGE_BYTES = 1024 * 1024;

/** The database of the private server with the position of a scan. No other server has as many databases. */
export const POSITION_DATABASE = 10_000;

/**
 * Returns the next keys of a database as commands, which refuse a key that exists. After the last ones, the position of
 * the scan is 0.
 */
const NEXT_PAGE = `local function position(...)
  redis.call('SELECT', '${POSITION_DATABASE}')
  local value = redis.call(...)
  redis.call('SELECT', ARGV[1])
  return value
end
local function command(...)
  local words = {...}
  for i, word in ipairs(words) do
    words[i] = '$' .. #word .. '\\r\\n' .. word .. '\\r\\n'
  end
  return '*' .. #words .. '\\r\\n' .. table.concat(words)
end
local cursor = position('GET', 'position') or '0'
local commands = {}
local bytes = 0
repeat
  local page = redis.call('SCAN', cursor, 'COUNT', 100)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    local value = redis.call('DUMP', key)
    local time = redis.call('PTTL', key)
    if value and time ~= -2 then
      commands[#commands + 1] = command('RESTORE', key, time == -1 and '0' or tostring(math.max(time, 1)), value)
      bytes = bytes + #commands[#commands]
    end
  end
until cursor == '0' or bytes > ${PAGE_BYTES}
position('SET', 'position', cursor)
return table.concat(commands)`;

/**
 * A private server loads the snapshot, and a client sends all keys to the server. A snapshot in the volume would be
 * ignored, because the server has an append-only file.
 */
export const RESTORE = `restore() {
  cat > /tmp/next-page.lua <<'LUA'
${NEXT_PAGE}
LUA
  load_snapshot "$1"
  while read -r database; do
    echo "restoring database $database"
    loader -n ${POSITION_DATABASE} DEL position > /tmp/position < /dev/null
    until [ "$(cat /tmp/position)" = end ]; do
      send_page "$database"
    done
  done < "$1/${DATABASES_FILE}"
  if [ -n "$(loader --raw FUNCTION LIST)" ]; then
    loader --raw FUNCTION DUMP > /tmp/functions.dump
    # the client adds a line break
    head -c -1 /tmp/functions.dump > /tmp/functions.payload
    cli -x FUNCTION RESTORE < /tmp/functions.payload > /dev/null
  fi
  stop_loader
}
send_page() {
  rm -f /tmp/page
  mkfifo /tmp/page || problem 'Cannot create a file in /tmp.'
  next_page "$1" > /tmp/page < /dev/null &
  page=$!
  cli -n "$1" --pipe < /tmp/page > /tmp/sent 2>&1 || stop_sending "$1"
  wait "$page" || stop_sending "$1"
  grep -q '^errors: 0, ' /tmp/sent || stop_sending "$1"
  loader --raw -n ${POSITION_DATABASE} GET position < /dev/null > /tmp/position
  ! grep -qx 0 /tmp/position || echo end > /tmp/position
}
next_page() {
  loader --raw -n "$1" EVAL "$(cat /tmp/next-page.lua)" 0 "$1"
}
stop_sending() {
  tail -n 20 /tmp/sent >&2
  problem "Cannot send the keys of database $1."
}
`;
