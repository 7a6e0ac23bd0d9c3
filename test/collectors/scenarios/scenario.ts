import type { LogShippingProps, LogSinkOptions } from '../../../src';
import { Cell, CellOptions, sleep } from '../rig/cell';
import type { Collector } from '../rig/collectors';
import { ODD_CREDENTIALS, SinkKind } from '../rig/sinks';

/** What becomes of lines when something happens. */
export interface Scenario {
  readonly name: string;
  /** What happens, for the page. */
  readonly title: string;
  readonly props?: Partial<LogShippingProps>;
  readonly sinkOptions?: (collector: Collector) => LogSinkOptions;
  readonly modes?: readonly string[];
  /** With two sinks of the kind, of which the first is looked at. */
  readonly twice?: boolean;
  readonly oddCredentials?: boolean;
  /** Why it says nothing about a collector and a sink. */
  readonly without?: (collector: Collector, sink: SinkKind) => string | undefined;
  /** How many of the lines may be lost: those that the sink refused for good. */
  readonly mayLose?: 'refused' | 'any';
  /** No line may come twice: nothing crashes and no sink fails. */
  readonly once?: boolean;
  run(cell: Cell): Promise<Outcome>;
}

export interface Outcome {
  /** The seconds until all that was written had come, where that was waited for. */
  readonly seconds?: number;
  readonly note?: string;
}

export function cellOf(scenario: Scenario, collector: Collector, sink: SinkKind): CellOptions {
  return {
    collector,
    sinks: scenario.twice ? [sink, sink] : [sink],
    props: scenario.props,
    sinkOptions: scenario.sinkOptions?.(collector),
    modes: scenario.modes,
    secrets: scenario.oddCredentials ? { sink: ODD_CREDENTIALS } : undefined,
  };
}

/** The printed sink cannot fail. */
export const needsNetwork = (_: Collector, { serves }: SinkKind) =>
  serves === 'file' ? 'what is printed cannot fail' : undefined;

/** Waits until all has come, and ends the collector as a kubelet does. */
export async function finish(cell: Cell, patience = 30): Promise<Outcome> {
  const [sink] = cell.options.sinks;
  let seconds: number | undefined;
  if (sink.serves === 's3') {
    // objects are written every few minutes, and at the end: there is only time to read what was written
    await cell.becomesReady();
    await sleep(Math.min(patience / 2, 8));
  } else {
    seconds = await cell.allArrived(patience);
  }
  const ending = await cell.terminate();
  return { seconds, note: endOf(cell, ending) };
}

/** How it ended, where that was not in time and with 0. */
export function endOf(cell: Cell, ending: number): string | undefined {
  const { code, signal } = cell.exits[cell.exits.length - 1];
  if (code === 0) {
    return ending > 5 ? `ends after ${ending.toFixed(1)} s` : undefined;
  }
  return signal === 'SIGKILL' && ending >= cell.container.grace - 1
    ? `does not end in its ${cell.container.grace} s`
    : `ends with ${signal ?? code} after ${ending.toFixed(1)} s`;
}

export function notes(...all: (string | undefined | false)[]): string | undefined {
  return all.filter(Boolean).join('; ') || undefined;
}
