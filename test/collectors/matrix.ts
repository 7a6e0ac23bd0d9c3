import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { COLLECTORS } from './rig/collectors';
import { isGood, Result, resultOf } from './rig/result';
import { SINKS } from './rig/sinks';
import { SCENARIOS } from './scenarios/scenarios';

// matrix.ts ['COLLECTOR × SINK × SCENARIO' ...]: runs the cells that match one of the patterns, and were not run before
const {
  MATRIX = '*', MATRIX_CONCURRENCY = '4', MATRIX_RESULTS = join(__dirname, '../../dist/collectors/results.jsonl'), MATRIX_AGAIN,
} = process.env;

/** A pattern with `*` for anything, and `,` between several. */
function matches(pattern: string, name: string): boolean {
  return pattern.split(',').some(one => new RegExp(`^${one.trim().replace(/[.+]/g, '\\$&').replace(/\*/g, '.*')}$`).test(name));
}

function chosen(patterns: string[]) {
  const parts = patterns.map(pattern => pattern.split(/\s*[×:]\s*/));
  return SCENARIOS.flatMap(scenario => COLLECTORS.flatMap(collector => SINKS.map(sink => ({ collector, sink, scenario }))))
    .filter(({ collector, sink, scenario }) => parts.some(([first, second = '*', third = '*']) =>
      matches(first, collector.name) && matches(second, sink.name) && matches(third, scenario.name)));
}

export function results(file = MATRIX_RESULTS): Result[] {
  const all = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line) as Result) : [];
  // the last run of a cell counts
  return [...new Map(all.map(one => [keyOf(one), one])).values()];
}

const keyOf = ({ collector, sink, scenario }: Pick<Result, 'collector' | 'sink' | 'scenario'>) => `${collector} × ${sink} × ${scenario}`;

function said(result: Result, good: boolean): string {
  const { notRun, refused, failed, written, lost, doubled, damaged, seconds, memory, note } = result;
  if (notRun ?? refused) {
    return notRun ? `not run: ${notRun}` : `refused: ${refused}`;
  }
  return [
    good ? 'good' : 'BAD ', `${written} / ${lost} / ${doubled}`, damaged ? `${damaged} damaged` : '', seconds === undefined ? '' : `${seconds.toFixed(1)} s`,
    memory === undefined ? '' : `${memory} MiB`, note ?? '', failed ? `FAILED: ${failed}` : '',
  ].filter(Boolean).join(', ');
}

async function main(patterns: string[]): Promise<void> {
  const done = new Set(MATRIX_AGAIN ? [] : results().filter(({ notRun }) => !notRun).map(keyOf));
  const waiting = chosen(patterns).filter(({ collector: { name: collector }, sink: { name: sink }, scenario: { name: scenario } }) =>
    !done.has(keyOf({ collector, sink, scenario })));
  mkdirSync(dirname(MATRIX_RESULTS), { recursive: true });
  let bad = 0;
  await Promise.all(Array.from({ length: Number(MATRIX_CONCURRENCY) }, async () => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
      const result = await resultOf(cell.collector, cell.sink, cell.scenario);
      const good = (result.notRun ?? result.refused) !== undefined || isGood(result, cell.scenario);
      bad += good ? 0 : 1;
      appendFileSync(MATRIX_RESULTS, `${JSON.stringify(result)}\n`);
      process.stdout.write(`${keyOf(result)}: ${said(result, good)}\n`);
    }
  }));
  process.exitCode = bad === 0 ? 0 : 1;
}

if (require.main === module) {
  const patterns = process.argv.slice(2);
  void main(patterns.length > 0 ? patterns : MATRIX.split(';'));
}
