import { fork } from 'child_process';
import { availableParallelism } from 'os';
import { isDeepStrictEqual } from 'util';
import { auditAll, failureOf } from './audit-all';
import { inputs } from './inputs';
import type { FileManifests } from '../../src/inspect/manifest';
import { readYaml } from '../../src/inspect/read-yaml';
import { differs, kubectl, Reading, readOurs } from '../yaml/readers';

/** The inputs that the reader of kubectl reads at once. */
const BATCH = 5000;

/** The inputs that are audited and mapped together. One of them alone must take less than a second. */
const GROUP = 200;
const MAX_MILLISECONDS = 1000;

interface Figures {
  readonly inputs: number;
  /** The inputs that are Kubernetes objects. */
  readonly readable: number;
  readonly crashes: number;
  readonly slow: number;
  readonly differences: number;
  /** The longest time of a group, in milliseconds. */
  readonly longest: number;
}

const NONE: Figures = { inputs: 0, readable: 0, crashes: 0, slow: 0, differences: 0, longest: 0 };

function add(a: Figures, b: Figures): Figures {
  const sum = (name: keyof Figures) => a[name] + b[name];
  return {
    inputs: sum('inputs'),
    readable: sum('readable'),
    crashes: sum('crashes'),
    slow: sum('slow'),
    differences: sum('differences'),
    longest: Math.max(a.longest, b.longest),
  };
}

/** Fuzzes until a time, with the inputs of a seed and those after it. */
function work(seed: number, maxInputs: number, until: number): Figures {
  const read = kubectl();
  let total = NONE;
  for (let batch = 0; total.inputs < maxInputs && Date.now() < until; batch++) {
    const texts = inputs(BATCH, seed + batch);
    const readings = read(texts);
    for (let i = 0; i < texts.length; i += GROUP) {
      total = add(total, checkGroup(texts.slice(i, i + GROUP), readings.slice(i, i + GROUP), total.inputs / GROUP));
    }
  }
  return total;
}

function checkGroup(texts: readonly string[], readings: readonly Reading[], turn: number): Figures {
  const start = process.cpuUsage();
  const manifests = texts.map((text, i) => readYaml(text, `${i}.yaml`));
  const failed = attempt(() => auditAll(merged(manifests), turn));
  const longest = millisecondsSince(start);
  const figures = {
    ...NONE,
    inputs: texts.length,
    readable: manifests.filter(({ objects }) => objects.length > 0).length,
    differences: countDifferences(texts, manifests, readings),
    longest,
  };
  if (!failed && longest <= MAX_MILLISECONDS) {
    return figures;
  }
  const crashes = failed ? texts.filter(text => failureOf(text) !== undefined) : [];
  const slow = texts.filter(text => {
    const begin = process.cpuUsage();
    failureOf(text);
    return millisecondsSince(begin) > MAX_MILLISECONDS;
  });
  crashes.forEach(text => console.log(`${failureOf(text)}\n${text}`));
  slow.forEach(text => console.log(`This takes more than a second:\n${text}`));
  // an error that needs several inputs is one crash
  return { ...figures, crashes: failed ? Math.max(crashes.length, 1) : 0, slow: slow.length };
}

/** Counts and prints the texts that kubectl reads differently. */
function countDifferences(
  texts: readonly string[],
  manifests: readonly FileManifests[],
  readings: readonly Reading[],
): number {
  const different = texts.filter(
    (text, i) => !isRead(manifests[i], readings[i]) && differs(text, readOurs(text), readings[i]),
  );
  different.forEach(text => console.log(`kubectl reads this differently:\n${text}`));
  return different.length;
}

/** Whether kubectl refuses a document or reads the same object, so that the document need not be read again. */
function isRead({ objects }: FileManifests, { error, value }: Reading): boolean {
  return error !== undefined || (objects.length === 1 && isDeepStrictEqual(objects[0].content, value));
}

/** Returns the processor time since a measurement, because other programs can delay this one. */
function millisecondsSince(start: NodeJS.CpuUsage): number {
  return Math.round(process.cpuUsage(start).user / 1000);
}

function merged(manifests: readonly FileManifests[]): FileManifests {
  return {
    objects: manifests.flatMap(({ objects }) => objects),
    problems: manifests.flatMap(({ problems }) => problems),
    patches: 0,
  };
}

function attempt(action: () => unknown): boolean {
  try {
    action();
    return false;
  } catch {
    return true;
  }
}

/** `fuzz.ts [--inputs N] [--minutes N] [--seed N]` */
function option(name: string, fallback: number): number {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? fallback : Number(process.argv[index + 1]);
}

async function main(): Promise<void> {
  const [maxInputs, minutes, seed] = [option('inputs', 1_000_000), option('minutes', 10), option('seed', 1)];
  const processes = availableParallelism();
  const begin = Date.now();
  const figures = await Promise.all(
    Array.from(
      { length: processes },
      (_, i) =>
        new Promise<Figures>((resolve, reject) => {
          const child = fork(
            __filename,
            [
              ...['--worker', '--inputs', String(Math.ceil(maxInputs / processes))],
              ...['--minutes', String(minutes), '--seed', String(seed * 1_000_000 + i * 100_000)],
            ],
            // most objects live as long as their group, and need not be copied to the old generation
            { execArgv: [...process.execArgv, '--max-semi-space-size=64'] },
          );
          child.on('message', resolve);
          child.on('exit', code => code !== 0 && reject(new Error(`A process ended with ${code}.`)));
        }),
    ),
  );
  const total = figures.reduce(add);
  console.log({ ...total, seconds: Math.round((Date.now() - begin) / 1000) });
  const { crashes, slow, differences } = total;
  process.exitCode = isDeepStrictEqual({ crashes, slow, differences }, { crashes: 0, slow: 0, differences: 0 }) ? 0 : 1;
}

if (process.argv.includes('--worker')) {
  process.send!(work(option('seed', 1), option('inputs', 1), Date.now() + option('minutes', 10) * 60_000));
} else {
  void main();
}
