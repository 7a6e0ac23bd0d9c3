import { limitOf } from './limits';
import { writePage } from './page';
import { keep, keyOf, results } from './results';
import { COLLECTORS } from './rig/collectors';
import { isGood, Result, resultOf } from './rig/result';
import { SINKS } from './rig/sinks';
import { SCENARIOS } from './scenarios/scenarios';
import { measureSpeeds } from './speed';

// matrix.ts ['COLLECTOR × SINK × SCENARIO' ...]: runs the cells that match a pattern and have no result yet;
// MATRIX_PAGE=true also measures the speed, and writes docs/collectors.md
const { MATRIX = '*', MATRIX_CONCURRENCY = '4', MATRIX_AGAIN, MATRIX_PAGE } = process.env;

/** Returns whether a name matches one of several patterns with `*`, separated by commas. */
function matches(pattern: string, name: string): boolean {
  return pattern
    .split(',')
    .some(part => new RegExp(`^${part.trim().replace(/[.+]/g, '\\$&').replace(/\*/g, '.*')}$`).test(name));
}

function chosen(patterns: string[]) {
  const parts = patterns.map(pattern => pattern.split(/\s*[×:]\s*/));
  return SCENARIOS.flatMap(scenario =>
    COLLECTORS.flatMap(collector => SINKS.map(sink => ({ collector, sink, scenario }))),
  ).filter(({ collector, sink, scenario }) =>
    parts.some(
      ([first, second = '*', third = '*']) =>
        matches(first, collector.name) && matches(second, sink.name) && matches(third, scenario.name),
    ),
  );
}

function summary(result: Result, good: boolean): string {
  const { notRun, refused, failed, written, lost, doubled, damaged, seconds, memory, note } = result;
  if (notRun ?? refused) {
    return notRun ? `not run: ${notRun}` : `refused: ${refused}`;
  }
  return [
    good ? 'good' : limitOf(result) === undefined ? 'BAD ' : 'limit',
    `${written} / ${lost} / ${doubled}`,
    damaged ? `${damaged} damaged` : '',
    seconds === undefined ? '' : `${seconds.toFixed(1)} s`,
    memory === undefined ? '' : `${memory} MiB`,
    note ?? '',
    failed ? `FAILED: ${failed}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

async function main(patterns: string[]): Promise<void> {
  const done = new Set(
    MATRIX_AGAIN
      ? []
      : results()
          .filter(({ notRun }) => !notRun)
          .map(keyOf),
  );
  const waiting = chosen(patterns).filter(
    ({ collector: { name: collector }, sink: { name: sink }, scenario: { name: scenario } }) =>
      !done.has(keyOf({ collector, sink, scenario })),
  );
  let bad = 0;
  await Promise.all(
    Array.from({ length: Number(MATRIX_CONCURRENCY) }, async () => {
      for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
        const result = await resultOf(cell.collector, cell.sink, cell.scenario);
        const good = (result.notRun ?? result.refused) !== undefined || isGood(result, cell.scenario);
        bad += good || limitOf(result) !== undefined ? 0 : 1;
        keep(result);
        process.stdout.write(`${keyOf(result)}: ${summary(result, good)}\n`);
      }
    }),
  );
  if (MATRIX_PAGE) {
    await measureSpeeds();
    writePage();
  }
  process.exitCode = bad === 0 ? 0 : 1;
}

if (require.main === module) {
  const patterns = process.argv.slice(2);
  void main(patterns.length > 0 ? patterns : MATRIX.split(';'));
}
