import { spawn } from 'child_process';
import { existsSync, readFileSync } from 'fs';

/** A program to measure. */
export interface Program {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd?: string;
  /** The exit statuses that are not errors; 1 of a linter means findings. */
  readonly statuses?: readonly number[];
}

/** What one run of a program took. */
export interface Run {
  readonly ms: number;
  /** The sum of all cores; omitted if the system does not tell. */
  readonly cpuMs?: number;
  readonly peakMiB?: number;
  readonly output: string;
}

const MS_PER_TICK = 10;
const SAMPLE_MS = 5;
const hasProc = existsSync('/proc/self/stat');

/** Returns the CPU time of all children that have ended. */
function cpuOfChildren(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15)
    .map(Number);
  return (user + system) * MS_PER_TICK;
}

/** Returns the peak of the resident memory of a process so far; `undefined` after its end. */
function peakOf(pid: number): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}

/**
 * Runs a program to its end.
 *
 * @throws Error if it exits with another status than those of the program
 */
export async function run({ name, command, cwd, statuses = [0] }: Program): Promise<Run> {
  const cpuBefore = hasProc ? cpuOfChildren() : 0;
  const began = performance.now();
  const child = spawn(command[0], command.slice(1), { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  let peakMiB: number | undefined;
  const sampler = setInterval(() => (peakMiB = peakOf(child.pid!) ?? peakMiB), SAMPLE_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(sampler));
  const ms = performance.now() - began;
  if (status === null || !statuses.includes(status)) {
    throw new Error(`${name} exited with ${status}: ${errors}`);
  }
  return {
    ms,
    cpuMs: hasProc ? cpuOfChildren() - cpuBefore : undefined,
    peakMiB,
    output: Buffer.concat(chunks).toString(),
  };
}

/** Runs programs in turns, so that load affects all of them equally, and returns the runs of each program. */
export async function inTurns(programs: readonly Program[], rounds: number): Promise<Run[][]> {
  const runs: Run[][] = programs.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, program] of programs.entries()) {
      runs[index].push(await run(program));
    }
  }
  return runs;
}

/** The median; of an even number of values, the upper one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The median of the quotients of two figures that were measured in the same turns. */
export function medianRatio(values: readonly number[], peerValues: readonly number[]): number {
  return median(values.map((value, turn) => value / peerValues[turn]));
}
