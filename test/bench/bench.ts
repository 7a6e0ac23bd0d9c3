/**
 * Compares configured apps with the same objects of cdk8s-plus-28: time of construction and synthesis for growing
 * numbers of apps. Each number runs in a separate process, which has its own peak memory and import time.
 */
import { execFileSync } from 'child_process';
import { join } from 'path';

const COUNTS = [10, 100, 1000, 5000];
// processes differ by a fifth even on an idle machine, and fewer rounds gave ratios from 0.97 to 1.55 for the same code
const rounds = (count: number) => (count > 1000 ? 5 : 11);

export interface Measurement {
  readonly importMs: number;
  readonly constructMs: number;
  readonly synthMs: number;
  readonly peakMiB: number;
  readonly objects: number;
}

const LIBRARIES = ['storage-patterns', 'cdk8s-plus-28'];

function run(library: string, count: number): Measurement {
  const tsx = [require.resolve('tsx/cli'), '--tsconfig', join(__dirname, '..', 'tsconfig.json')];
  return JSON.parse(
    execFileSync(process.execPath, [...tsx, join(__dirname, 'measure.ts'), library, String(count)], {
      encoding: 'utf8',
    }),
  );
}

/** The median of each measurement over several rounds. The libraries alternate, so that load affects both equally. */
function measure(count: number): Map<string, Measurement> {
  const turns = Array.from({ length: rounds(count) }, () => LIBRARIES.map(library => run(library, count)));
  return new Map(
    LIBRARIES.map((library, i) => {
      const median = (key: keyof Measurement) =>
        turns.map(turn => turn[i][key]).sort((a, b) => a - b)[Math.floor(turns.length / 2)];
      return [
        library,
        {
          importMs: median('importMs'),
          constructMs: median('constructMs'),
          synthMs: median('synthMs'),
          peakMiB: median('peakMiB'),
          objects: median('objects'),
        },
      ];
    }),
  );
}

const total = (measurement: Measurement) => measurement.constructMs + measurement.synthMs;

/** The exponent of growth between two counts: 1 is linear. */
const exponent = (from: number, to: number, results: Map<number, Measurement>) =>
  Math.log(total(results.get(to)!) / total(results.get(from)!)) / Math.log(to / from);

const table = new Map(LIBRARIES.map(library => [library, new Map<number, Measurement>()]));
console.log('library          apps  objects  import ms  construct ms  synth ms  peak MiB');
for (const count of COUNTS) {
  for (const [library, result] of measure(count)) {
    table.get(library)!.set(count, result);
    console.log(
      [
        library.padEnd(16),
        String(count).padStart(4),
        String(result.objects).padStart(8),
        result.importMs.toFixed(0).padStart(10),
        result.constructMs.toFixed(0).padStart(13),
        result.synthMs.toFixed(0).padStart(9),
        result.peakMiB.toFixed(0).padStart(9),
      ].join(' '),
    );
  }
}
const ours = table.get('storage-patterns')!;
const ratio = total(ours.get(1000)!) / total(table.get('cdk8s-plus-28')!.get(1000)!);
const growth = exponent(1000, 5000, ours);
console.log(
  `growth exponent: ${exponent(100, 1000, ours).toFixed(2)} from 100 to 1000 apps, ${growth.toFixed(2)} from 1000 ` +
    'to 5000 (at most 1.10)',
);
console.log(`1000 apps take ${ratio.toFixed(2)} times as long as the same objects of cdk8s-plus-28 (at most 1.50)`);
if (growth > 1.1 || ratio > 1.5) {
  process.exitCode = 1;
}
