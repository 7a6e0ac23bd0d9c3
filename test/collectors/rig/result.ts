import { Cell } from './cell';
import type { Collector } from './collectors';
import { whyNot } from './program';
import type { SinkKind } from './sinks';
import { cellOf, Scenario } from '../scenarios/scenario';

/** What became of the lines of one cell of the matrix. */
export interface Result {
  readonly collector: string;
  readonly sink: string;
  readonly scenario: string;
  /** Why there are no figures. */
  readonly notRun?: string;
  /** What the library says of the combination, which it does not take. */
  readonly refused?: string;
  /** What kept it from coming to an end. */
  readonly failed?: string;
  readonly written?: number;
  readonly lost?: number;
  /** Those of the lost that were in a request that the sink refused for good. */
  readonly lostRefused?: number;
  readonly doubled?: number;
  readonly damaged?: number;
  /** Seconds until all had come. */
  readonly seconds?: number;
  /** MiB of anonymous memory, the most that was seen. */
  readonly memory?: number;
  readonly outOfMemory?: number;
  /** How often it ended otherwise than with 0 in its grace, when it was asked to. */
  readonly badEnds?: number;
  readonly version?: string;
  readonly from?: string;
  readonly note?: string;
  readonly detail?: unknown;
}

/** Runs a scenario with a collector and a sink. */
export async function resultOf(collector: Collector, sink: SinkKind, scenario: Scenario): Promise<Result> {
  const key = { collector: collector.name, sink: sink.name, scenario: scenario.name };
  const without = scenario.without?.(collector, sink) ?? whyNot(collector);
  if (without) {
    return { ...key, notRun: without };
  }
  let cell: Cell;
  try {
    cell = await Cell.open(cellOf(scenario, collector, sink));
  } catch (error) {
    // what the library refuses is no cell: it says so at synthesis, with the construct's path
    const said = sentence(error);
    return said.startsWith('[') ? { ...key, refused: said } : { ...key, notRun: said };
  }
  try {
    const outcome = await scenario.run(cell).catch(error => ({ failed: sentence(error) }));
    const report = await cell.report();
    const usage = cell.usage();
    const good = report.lost + report.doubled + report.damaged + report.lineEnds === 0;
    return {
      ...key,
      ...outcome,
      ...(cell.died.length > 0 && {
        failed: `it ended by itself with ${cell.died[0].signal ?? cell.died[0].code}: ${cell.lastWords()}`,
      }),
      written: cell.written.reduce((sum, { first, last }) => sum + last - first + 1, 0),
      lost: report.lost,
      lostRefused: report.lostRefused,
      doubled: report.doubled,
      damaged: report.damaged + report.lineEnds,
      memory: usage && Math.round(usage.peakMemory / 2 ** 20),
      outOfMemory: usage?.outOfMemory,
      badEnds: cell.exits.filter(({ code }) => code !== 0).length,
      version: await versionOf(cell),
      from: cell.program.from,
      // what a look at the cell would show, where there is a reason to look
      detail:
        good && !('failed' in outcome)
          ? undefined
          : {
              lostSample: report.lostSample,
              requests: report.requests,
              notes: report.notes,
              foreign: report.foreign,
              odd: (await cell.server.samples(cell.sinkNames[0])).odd
                .slice(0, 2)
                .map(({ seq, raw }) => ({ seq, raw: raw.slice(0, 300) })),
              said: cell.lastWords(),
            },
    };
  } finally {
    await cell.close();
  }
}

const versions = new Map<string, Promise<string>>();

function versionOf({ options: { collector }, program }: Cell): Promise<string> {
  const known = versions.get(collector.name) ?? program.version().catch(() => 'unknown');
  versions.set(collector.name, known);
  return known;
}

function sentence(error: unknown): string {
  return (error as Error).message.split('\n')[0].slice(0, 400);
}

/**
 * Whether lines were lost that the volume still had, doubled without a crash, or came otherwise than they were written.
 */
export function isGood(result: Result, { mayLose, once }: Scenario): boolean {
  const { failed, lost = 0, lostRefused = 0, doubled = 0, damaged = 0, outOfMemory = 0, badEnds = 0 } = result;
  const allowed = mayLose === 'any' ? lost : mayLose === 'refused' ? lostRefused : 0;
  return (
    failed === undefined &&
    lost <= allowed &&
    damaged === 0 &&
    !(once && doubled > 0) &&
    outOfMemory === 0 &&
    badEnds === 0
  );
}
