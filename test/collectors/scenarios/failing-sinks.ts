import { Size } from 'cdk8s';
import { endOf, finish, needsNetwork, notes, Outcome, Scenario } from './scenario';
import { Cell } from '../rig/cell';
import type { Collector } from '../rig/collectors';
import type { SinkKind } from '../rig/sinks';
import { sleep } from '../rig/wait';

/** A sink fails for some seconds under load, and then recovers. */
function failing(mode: string, seconds: number, patience = 40, delay = 0): Scenario['run'] {
  return async cell => {
    await cell.start();
    const writer = cell.write({ count: (seconds + 4) * 1000, rate: 1000 });
    await sleep(2);
    await cell.mode(mode, delay);
    await sleep(seconds);
    const healthy = await cell.isHealthy();
    await cell.mode('ok');
    await writer.done;
    const outcome = await finish(cell, patience);
    return { ...outcome, note: notes(outcome.note, !healthy && 'not healthy while the sink fails') };
  };
}

const answers: [string, string, number][] = [
  ['400', 'the sink responds with 400 for 4 s', 4],
  ['401', 'the sink responds with 401 for 4 s', 4],
  ['404', 'the sink responds with 404 for 4 s', 4],
  ['413', 'the sink responds with 413 for 4 s', 4],
  ['429', 'the sink responds with 429 for 8 s', 8],
  ['500', 'the sink responds with 500 for 8 s', 8],
  ['503', 'the sink responds with 503 for 8 s', 8],
];

const unavailable: Scenario[] = [
  {
    name: 'away-at-start',
    title: 'the sink is unavailable when the collector starts, and returns after 8 s',
    without: needsNetwork,
    modes: ['away'],
    run: async cell => {
      const ready = await cell.start();
      await cell.write({ count: 3000, rate: 1000 }).done;
      await sleep(5);
      await cell.mode('ok');
      const outcome = await finish(cell, 60);
      return { ...outcome, note: notes(outcome.note, ready > 5 && `ready after ${ready.toFixed(1)} s`) };
    },
  },
  {
    name: 'away-under-load',
    title: 'the sink is unavailable for 20 s under load',
    without: needsNetwork,
    run: failing('away', 20, 60),
  },
  {
    name: 'away-at-the-end',
    title: 'SIGTERM while the sink is unavailable, then a restart with the same volumes',
    without: needsNetwork,
    run: async cell => {
      await cell.start();
      const writer = cell.write({ count: 4000, rate: 1000 });
      await sleep(1);
      await cell.mode('away');
      await writer.done;
      await sleep(2);
      return endAndStartAgain(cell);
    },
  },
];

async function endAndStartAgain(cell: Cell): Promise<Outcome> {
  const ending = endOf(cell, await cell.terminate());
  await cell.mode('ok');
  await cell.start();
  const outcome = await finish(cell, 60);
  return { ...outcome, note: notes(ending, outcome.note && `after the restart: ${outcome.note}`) };
}

const hanging: Scenario[] = [
  {
    name: 'hanging',
    title: 'the sink accepts requests and never answers, SIGTERM meanwhile, then a restart with the same volumes',
    without: needsNetwork,
    run: async cell => {
      await cell.start();
      const writer = cell.write({ count: 5000, rate: 1000 });
      await sleep(2);
      await cell.mode('hang');
      await writer.done;
      await sleep(2);
      return endAndStartAgain(cell);
    },
  },
  {
    name: 'slow',
    title: 'each response of the sink takes 1 s, 10 s under load',
    without: needsNetwork,
    run: failing('ok', 10, 60, 1000),
  },
];

const bulkOnly = (_: Collector, { serves }: { serves: string }) =>
  serves.endsWith('search') ? undefined : 'only bulk requests have items';

const throttles = (collector: Collector, sink: SinkKind) =>
  sink.serves === 'kafka' ? 'a broker slows down instead' : needsNetwork(collector, sink);

const items: Scenario[] = [
  {
    name: 'items-429',
    title: 'the sink rejects half of the items of each bulk request with 429 for 8 s',
    without: bulkOnly,
    run: failing('item429', 8),
  },
  {
    name: 'items-400',
    title: 'the sink rejects every tenth item of each bulk request with 400 for 4 s',
    without: bulkOnly,
    mayLose: 'refused',
    run: failing('item400', 4),
  },
];

const poison: Scenario = {
  name: 'poison',
  title: 'the sink rejects every request that contains one of four lines',
  without: (collector, sink) =>
    ['file', 's3', 'forward', 'kafka'].includes(sink.serves)
      ? 'the sink does not parse records'
      : needsNetwork(collector, sink),
  mayLose: 'refused',
  modes: ['poison'],
  run: async cell => {
    await cell.start();
    await cell.write({ count: 2000, rate: 500, kind: 'poison' }).done;
    // later lines must arrive, even if the four lines and their requests are lost
    await cell.write({ id: 'after', count: 1000, rate: 1000, kind: 'text' }).done;
    return finish(cell, 15);
  },
};

const full: Scenario = {
  name: 'buffer-full',
  title: 'the sink is unavailable until the buffer is full',
  without: needsNetwork,
  mayLose: 'any',
  // Vector has no buffer: lines wait in the files
  sinkOptions: collector => (collector.name === 'vector' ? {} : { bufferSize: Size.mebibytes(4) }),
  run: async cell => {
    await cell.start();
    await cell.mode('away');
    await cell.write({ count: 100_000, rate: 10_000 }).done;
    await sleep(3);
    const healthy = await cell.isHealthy();
    await cell.mode('ok');
    // the remaining lines and all later lines arrive
    await cell.write({ id: 'after', count: 1000, rate: 500 }).done;
    const outcome = await finish(cell, 20);
    const state = Object.entries(cell.container.limits).find(([path]) => path.endsWith('-state'))![1];
    const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
    return {
      ...outcome,
      note: notes(
        outcome.note,
        `${mebibytes(cell.peakState)} of ${mebibytes(state)} MiB on disk`,
        !healthy && 'not healthy while the buffer is full',
      ),
    };
  },
};

export const FAILING_SINKS: readonly Scenario[] = [
  ...unavailable,
  ...answers.map(([status, title, seconds]): Scenario => ({
    name: `status-${status}`,
    title,
    without: status === '429' ? throttles : needsNetwork,
    mayLose: ['400', '413'].includes(status) ? 'refused' : undefined,
    run: failing(status, seconds),
  })),
  ...items,
  poison,
  ...hanging,
  full,
  {
    name: 'two-sinks',
    title: 'two sinks, the second unavailable: the first receives all lines, also at SIGTERM',
    without: needsNetwork,
    twice: true,
    modes: ['ok', 'away'],
    run: async cell => {
      await cell.start();
      await cell.write({ count: 16_000, rate: 2000 }).done;
      await sleep(2);
      return { note: endOf(cell, await cell.terminate()) };
    },
  },
];
