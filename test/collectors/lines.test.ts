import { limitOf, LIMITS } from './limits';
import { COLLECTORS } from './rig/collectors';
import { Pool } from './rig/pool';
import { whyNot } from './rig/program';
import { isGood, Result, resultOf } from './rig/result';
import { SINKS } from './rig/sinks';
import { SCENARIOS } from './scenarios/scenarios';

// a part of the matrix that runs in a few minutes; `npm run test:collectors:matrix` runs the whole matrix
const CHOSEN: Record<string, string[]> = {
  'fluentd': ['http-tls', 'forward-tls'],
  'fluent-bit': ['http-tls', 'loki'],
  'vector': ['http-tls', 'loki'],
  'otel-collector': ['otlp', 'loki'],
};
const EVENTS = [
  'late-start',
  'sigterm',
  'sigkill',
  'restart',
  'inode-reuse',
  'away-at-start',
  'away-at-the-end',
  'status-429',
  'status-503',
  'two-sinks',
  'special',
  'broken-utf8',
  'traces',
  'traces-thread',
  'traces-json',
  'traces-logfmt',
  'traces-sigterm',
  'time',
  'credentials',
];

// a cell mostly waits
const pool = new Pool(4);

describe.each(COLLECTORS)('$name', collector => {
  const missing = whyNot(collector);
  if (missing) {
    process.stdout.write(`    not run: ${collector.name}: ${missing}\n`);
  }
  const cells = SINKS.filter(({ name }) => CHOSEN[collector.name].includes(name)).flatMap(sink =>
    SCENARIOS.filter(({ name, without }) => EVENTS.includes(name) && !without?.(collector, sink)).map(scenario => ({
      sink,
      scenario,
    })),
  );
  const results = new Map<unknown, Promise<Result>>();
  beforeAll(() => {
    cells.forEach(cell =>
      results.set(
        cell,
        pool.run(() => resultOf(collector, cell.sink, cell.scenario)),
      ),
    );
  });

  // the tests await the cells in order, while other cells run
  (missing ? test.skip : test).each(
    cells.map(cell => ({ ...cell, cell, name: cell.sink.name, title: cell.scenario.title })),
  )('$name: $title', async ({ cell, scenario }) => {
    const result = await results.get(cell)!;
    const limit = limitOf(result);
    if (!isGood(result, scenario)) {
      process.stdout.write(
        `    ${JSON.stringify(result)}\n${limit === undefined ? '' : `    ${LIMITS[limit - 1].description}\n`}`,
      );
    }
    expect(isGood(result, scenario) || limit !== undefined ? 'good' : summary(result)).toBe('good');
  });
});

function summary({ failed, written, lost, doubled, damaged, outOfMemory, note }: Result) {
  return { failed, written, lost, doubled, damaged, outOfMemory, note };
}
