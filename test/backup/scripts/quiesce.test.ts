import { spawn } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CUT_SCRIPT, EngineBackup } from '../../../src/backup/engine-backup';
import { POSTGRES } from '../../../src/backup/engines/postgres';
import { quiesceCommand } from '../../../src/backup/scripts/quiesce';

/** An engine whose writes stop as long as the file `stopped` exists. */
const ENGINE: EngineBackup = {
  ...POSTGRES,
  connect: 'connect() { :; }\n',
  isReady: 'is_ready() { :; }\n',
  quiesce: `quiesce() {
  : > /backup/stopped
  sh ${CUT_SCRIPT} || problem 'no snapshot'
  resume_writes
  echo rows > figures
  echo server > source
}
resume_writes() { rm -f /backup/stopped; }
`,
};

/** Runs the script until a file exists, and returns what it printed, and the files that exist then. */
async function run(engine: EngineBackup, { until, before = [] }: { until: string; before?: readonly string[] }) {
  const folder = mkdtempSync(join(tmpdir(), 'quiesce-'));
  ['backup', 'tmp'].forEach(name => mkdirSync(join(folder, name)));
  before.forEach(name => writeFileSync(join(folder, 'backup', name), ''));
  const script = quiesceCommand(engine)[2]
    .replace(/\/(backup|tmp)\b/g, `${folder}/$1`)
    .replace('-ge 600', '-ge 3');
  const child = spawn('sh', ['-c', script], { detached: true });
  let output = '';
  [child.stdout, child.stderr].forEach(stream => stream.on('data', data => (output += data)));
  const has = (name: string) => existsSync(join(folder, 'backup', name));
  while (!has(until)) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await new Promise(resolve => setTimeout(resolve, 50));
  // the group, because the shell waits for a sleep
  process.kill(-child.pid!, 'SIGKILL');
  return { output, has, read: (name: string) => readFileSync(join(folder, 'backup', name), 'utf8') };
}

test('lets writes go on once the snapshot is taken, and completes the figures', async () => {
  const { output, has, read } = await run(ENGINE, { until: 'figured', before: ['cut'] });
  expect(output).toContain('The storage system took 0.0 seconds for the snapshot.');
  expect(['quiesced', 'stopped', 'failed'].map(has)).toEqual([true, false, false]);
  expect(read('figures/figures')).toBe('rows\n');
});

test('lets writes go on after a time, and fails', async () => {
  const { output, has } = await run(ENGINE, { until: 'failed' });
  expect(output).toContain('no snapshot');
  expect(['quiesced', 'stopped', 'figured'].map(has)).toEqual([true, false, false]);
});

test.each<[string, Partial<EngineBackup>, string[]]>([
  ['an engine that cannot stop writes', { quiesce: 'quiesce() { problem busy; }\nresume_writes() { :; }\n' }, []],
  ['a program that fails', { quiesce: 'quiesce() { false; : > figures; }\nresume_writes() { :; }\n' }, []],
  ['figures that are empty', { quiesce: 'quiesce() { : > figures; }\nresume_writes() { :; }\n' }, []],
  ['a restart', {}, ['started', 'cut']],
])('fails for %s, without ending', async (_, engine, before) => {
  const { has } = await run({ ...ENGINE, ...engine }, { until: 'failed', before });
  expect(has('figured')).toBe(false);
});
