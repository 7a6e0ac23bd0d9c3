import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { REDIS } from '../../../src/backup/engines/redis';
import { dumpCommand } from '../../../src/backup/scripts/dump';
import { ShellRunner } from '../scripts/shell-runner';

const CLIENT = `#!/bin/sh
case "$*" in
  *--rdb*) for file; do :; done; cp "$STORE/snapshot" "$file"; exit "\${SYNC_STATUS:-0}" ;;
  *loader.sock*ping*) [ -z "\${REFUSE:-}" ] || exit 1; echo PONG ;;
  *ping*) echo PONG ;;
  *'FUNCTION LIST'*) cat "$STORE/functions" ;;
  *'INFO persistence'*)
    printf 'rdb_last_load_keys_expired:1\\r\\nrdb_last_load_keys_loaded:%s\\r\\n' $(($(cat "$STORE/keys") - 1)) ;;
  *EVAL*) printf 'equal\\tkeys of type string\\tdatabase 0\\t4\\n' ;;
  *shutdown*) touch "$STORE/stop" ;;
esac
`;

const SERVER = `#!/bin/sh
[ -z "\${REFUSE:-}" ] || exit 1
while [ ! -e "$STORE/stop" ]; do sleep 0.05; done
`;

const CHECK = `#!/bin/sh
echo '[offset 9] Selecting DB ID 0'
[ -n "\${NO_CHECKSUM:-}" ] || echo '[offset 99] Checksum OK'
echo "[info] $(cat "$STORE/keys") keys read"
[ -z "\${CHANGE:-}" ] || echo changed > "$STORE/functions"
exit "\${CHECK_STATUS:-0}"
`;

/** A snapshot whose only database states its sizes in the given bytes. */
function dump(sizes: readonly number[], keys: number, env: Record<string, string> = {}) {
  const shell = new ShellRunner();
  const folder = dirname(shell.work);
  const programs = { 'redis-cli': CLIENT, 'redis-server': SERVER, 'redis-check-rdb': CHECK };
  Object.entries(programs).forEach(([name, text]) => writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 }));
  writeFileSync(
    join(shell.store, 'snapshot'),
    Buffer.concat([Buffer.from('REDIS0011'), Buffer.from([0xfb, ...sizes])]),
  );
  writeFileSync(join(shell.store, 'keys'), String(keys));
  writeFileSync(join(shell.store, 'functions'), '');
  const connection = join(folder, 'run', 'connection');
  mkdirSync(connection, { recursive: true });
  const files = { host: 'db', port: '6379', password: 'secret' };
  Object.entries(files).forEach(([name, value]) => writeFileSync(join(connection, name), value));
  const result = shell.run(dumpCommand(REDIS), { IMAGE: 'image', ...env });
  const figures = () => readFileSync(join(shell.work, 'figures'), 'utf8');
  return { ...result, figures };
}

test.each<[number, number[]]>([
  [5, [5]],
  [1000, [0x43, 0xe8]],
  [70_000, [0x80, 0, 1, 0x11, 0x70]],
  [2 ** 33, [0x81, 0, 0, 0, 2, 0, 0, 0, 0]],
])('reads that the server stated %i keys', (keys, bytes) => {
  const { status, output, figures } = dump([...bytes, 1], keys);
  expect([status, output]).toEqual([0, expect.stringContaining('The backup has')]);
  expect(figures()).toContain(`equal\tkeys that never expire\tdatabase 0\t${keys - 1}\n`);
  expect(figures()).toContain('max\tkeys that expire\tdatabase 0\t1\n');
  expect(figures()).toContain('equal\tkeys of type string\tdatabase 0\t4\n');
});

test.each<[string, number[], Record<string, string>, string]>([
  ['a snapshot that does not arrive', [5, 1], { SYNC_STATUS: '1' }, 'Redis sent no snapshot.'],
  ['a snapshot that is damaged', [5, 1], { CHECK_STATUS: '1' }, 'The snapshot is damaged.'],
  ['a snapshot without a checksum', [5, 1], { NO_CHECKSUM: 'yes' }, "Set 'rdbchecksum yes'."],
  ['fewer keys than the server stated', [6, 1], {}, 'The server stated 6 keys, but the snapshot contains 5.'],
  ['an unknown length', [0xc0, 5, 1], {}, 'The snapshot does not state the size of database 0.'],
  ['a snapshot that no server loads', [5, 1], { REFUSE: 'yes' }, 'A server cannot load the snapshot.'],
  ['functions that change', [5, 1], { CHANGE: 'yes' }, 'The functions changed while the dump ran.'],
])('fails for %s', (_, sizes, env, problem) => {
  expect(dump(sizes, 5, env)).toMatchObject({ status: 1, output: expect.stringContaining(problem) });
});
