import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CLEAN, FAULTY, ONE_RULE, PROGRAM, run } from './run';

const shell = (script: string, cwd: string) =>
  spawnSync('sh', ['-c', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CLI: `"${process.execPath}" "${PROGRAM}"` },
  });

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'output-'));
  writeFileSync(join(path, 'a.yaml'), FAULTY);
  return path;
}

test.each(['audit a.yaml', 'map a.yaml', 'map --format html a.yaml', 'rules', 'rules pinned-image', '--help'])(
  'exits with 2 and a sentence if the disk is full: %s',
  args => {
    const { status, stderr } = shell(`eval $CLI ${args} > /dev/full`, directory());
    expect(stderr).toMatch(/^error: Standard output cannot be written: ENOSPC: .*\. Write to another file\.$/m);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(2);
  },
);

test('keeps the exit status and writes no error if the reader closes the pipe', () => {
  const script = '{ eval $CLI audit a.yaml --format json; echo $? >&2; } | head -c 1';
  expect(shell(script, directory()).stderr).toMatch(/^1 warning in 1 object\n1\n$/);
});

test('leaves a file as it is if its directory cannot be written', () => {
  const path = directory();
  const { status, stderr } = shell('eval $CLI map a.yaml --output a.yaml/x --format html', path);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: 'a\.yaml\/x' cannot be written: ENOTDIR/);
  expect([readdirSync(path), readFileSync(join(path, 'a.yaml'), 'utf8')]).toEqual([['a.yaml'], FAULTY]);
});

const COMMANDS = ['::error file=x.ts::a', '::add-mask::a', '##[error]a', '##vso[task.complete]a', '\u001b]0;a\u0007'];

/** Lines with a command of a CI system, or with characters that a terminal acts on. */
const acting = (output: string) =>
  output.split('\n').filter(line => /^\s*::(?!error file=|warning file=)|##\w*\[|[\u0000-\u001f\u202e]/.test(line));

test.each(['text', 'json', 'markdown', 'sarif', 'junit'])('writes no command of a CI system as %s', format => {
  const files = Object.fromEntries(
    COMMANDS.map((command, i) => [
      `k8s/${i}\n${command}\n.yaml`,
      i === 0 ? 'a: [' : FAULTY.replace('name: web', `name: ${JSON.stringify(`x\n${command}`)}`),
    ]),
  );
  const { stdout, stderr, status } = run(['audit', 'k8s', ...ONE_RULE, '--format', format], { files });
  expect([acting(stdout), acting(stderr)]).toEqual([[], []]);
  expect(status).toBe(3);
});

test('writes no command of a CI system in a map or an error', () => {
  const name = JSON.stringify(`x ${'y'.repeat(90)} ${COMMANDS.join(' ')}`);
  const { stdout } = run(['map', '-'], { stdin: CLEAN.replace('name: web', `name: ${name}`) });
  expect(acting(stdout)).toEqual([]);
  const { stderr } = run(['audit', '--config', `a\n${COMMANDS.join('\n')}`, '-'], { stdin: CLEAN });
  expect(acting(stderr)).toEqual([]);
  expect(stderr).toContain('error: ');
});
