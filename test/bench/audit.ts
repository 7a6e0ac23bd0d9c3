/**
 * Compares the audit of 10,000 objects in one stream with kube-score on the same file. Both alternate, so that load
 * affects them equally. KUBE_SCORE is the path of the binary, which is otherwise built with Go.
 */
import { execFileSync, spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { goProgram } from '../scanners/install';

const ROUNDS = 7;
const OBJECTS = 10_000;
const MAX_MIB = 1024;
const root = join(__dirname, '..', '..');

interface Run {
  readonly seconds: number;
  /** The sum of all cores. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

/** Runs a command under GNU time. An exit status of 1 means findings and is not an error. */
function time(directory: string, command: readonly string[]): Run {
  const figures = join(directory, 'time');
  const { status, stderr } = spawnSync('/usr/bin/time', ['--quiet', '-o', figures, '-f', '%e %U %S %M', ...command], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) {
    throw new Error(`${command.join(' ')} exited with ${status}: ${stderr}`);
  }
  const [seconds, user, system, kibibytes] = readFileSync(figures, 'utf8').trim().split(' ').map(Number);
  return { seconds, cpuSeconds: user + system, peakMiB: kibibytes / 1024 };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const kubeScore = process.env.KUBE_SCORE ?? goProgram('kube-score', 'github.com/zegl/kube-score/cmd/kube-score');
const directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-patterns-bench-'));
try {
  const stream = join(directory, 'stream.yaml');
  const tsx = [require.resolve('tsx/cli'), '--tsconfig', join(root, 'test', 'tsconfig.json')];
  writeFileSync(
    stream,
    execFileSync(process.execPath, [...tsx, join(__dirname, 'stream.ts'), String(OBJECTS)], { maxBuffer: 2 ** 28 }),
  );
  const commands = {
    'cdk8s-storage-patterns': [process.execPath, join(root, 'lib', 'cli', 'main.js'), 'audit', stream],
    'kube-score': [kubeScore, 'score', stream],
  };
  const turns = Array.from({ length: ROUNDS }, () => Object.values(commands).map(command => time(directory, command)));
  const [ours, theirs] = Object.keys(commands).map((name, i) => {
    const runs = turns.map(turn => turn[i]);
    const result = {
      seconds: median(runs.map(({ seconds }) => seconds)),
      cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
      peakMiB: Math.max(...runs.map(({ peakMiB }) => peakMiB)),
    };
    console.log(
      `${name.padEnd(22)}  ${result.seconds.toFixed(2)} s ` +
        `(${runs.map(({ seconds }) => seconds.toFixed(2)).join(', ')}), CPU ${result.cpuSeconds.toFixed(2)} s, peak ` +
        `${result.peakMiB.toFixed(0)} MiB`,
    );
    return result;
  });
  console.log(
    `${OBJECTS} objects take ${(ours.seconds / theirs.seconds).toFixed(2)} times as long as kube-score (less than ` +
      `1), and ${ours.peakMiB.toFixed(0)} MiB (less than ${MAX_MIB})`,
  );
  if (ours.seconds >= theirs.seconds || ours.peakMiB >= MAX_MIB) {
    process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true });
}
