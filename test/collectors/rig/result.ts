import { Cell } from './cell';
import type { Collector } from './collectors';
import { whyNot } from './program';
import type { SinkKind } from './sinks';
import { cellOf, Scenario } from '../scenarios/scenario';

/** The result of one cell of the matrix. */
export interface Result {
  readonly collector: string;
  readonly sink: string;
  readonly scenario: string;
  /** Why the cell did not run. */
  readonly notRun?: string;
  /** The error with which the library refuses the combination. */
  readonly refused?: string;
  /** The error that stopped the scenario. */
  readonly failed?: string;
  readonly written?: number;
  readonly lost?: number;
  /** Lost lines in requests that the sink rejected for good. */
  readonly lostRefused?: number;
  readonly doubled?: number;
  readonly damaged?: number;
  /** The seconds until all lines arrived. */
  readonly seconds?: number;
  /** The highest anonymous memory in MiB. */
  readonly memory?: number;
  readonly outOfMemory?: number;
  /** The number of stops after which it did not exit with 0 within the grace period. */
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
    // errors of the library start with the construct path
    const message = firstLine(error);
    return message.startsWith('[') ? { ...key, refused: message } : { ...key, notRun: message };
  }
  try {
    const outcome = await scenario.run(cell).catch(error => ({ failed: firstLine(error) }));
    const report = await cell.report();
    const usage = cell.usage();
    const good = report.lost + report.doubled + report.damaged + report.lineEnds === 0;
    return {
      ...key,
      ...outcome,
      ...(cell.died.length > 0 && {
        failed: `it exited unexpectedly with ${cell.died[0].signal ?? cell.died[0].code}: ${cell.lastMessage()}`,
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
      // details for the analysis of a fault
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
              message: cell.lastMessage(),
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

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0].slice(0, 400);
}

/** Returns whether a result has no fault: no lost or damaged lines, and no duplicates without a crash. */
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
