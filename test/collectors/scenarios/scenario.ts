import type { LogShippingProps, LogSinkOptions } from '../../../src';
import { Cell, CellOptions } from '../rig/cell';
import type { Collector } from '../rig/collectors';
import { ODD_CREDENTIALS, SinkKind } from '../rig/sinks';
import { sleep } from '../rig/wait';

/** An event, after which the lines that arrive are counted. */
export interface Scenario {
  readonly name: string;
  /** The description on the page. */
  readonly title: string;
  readonly props?: Partial<LogShippingProps>;
  readonly sinkOptions?: (collector: Collector) => LogSinkOptions;
  readonly modes?: readonly string[];
  /** Whether there are two sinks of the kind; only the first is evaluated. */
  readonly twice?: boolean;
  readonly oddCredentials?: boolean;
  /** Returns why the scenario does not apply to a collector and a sink. */
  readonly without?: (collector: Collector, sink: SinkKind) => string | undefined;
  /** The lines that can be lost: those that the sink rejects for good, or any. */
  readonly mayLose?: 'refused' | 'any';
  /** Whether each line must arrive only once, because nothing crashes and no sink fails. */
  readonly once?: boolean;
  run(cell: Cell): Promise<Outcome>;
}

export interface Outcome {
  /** The seconds until all lines arrived, if they were awaited. */
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

/** Excludes stdout, which cannot fail. */
export const needsNetwork = (_: Collector, { serves }: SinkKind) =>
  serves === 'file' ? 'stdout cannot fail' : undefined;

/** Waits until all lines have arrived, and stops the collector as a kubelet does. */
export async function finish(cell: Cell, patience = 30): Promise<Outcome> {
  const [sink] = cell.options.sinks;
  let seconds: number | undefined;
  if (sink.serves === 's3') {
    // objects are written every few minutes and on exit, so only the time to read all lines is needed
    await cell.becomesReady();
    await sleep(Math.min(patience / 2, 8));
  } else {
    seconds = await cell.allArrived(patience);
  }
  const ending = await cell.terminate();
  return { seconds, note: endOf(cell, ending) };
}

/** Returns how the collector exited, unless it exited quickly and with 0. */
export function endOf(cell: Cell, ending: number): string | undefined {
  const { code, signal } = cell.exits[cell.exits.length - 1];
  if (code === 0) {
    return ending > 5 ? `exits after ${ending.toFixed(1)} s` : undefined;
  }
  return signal === 'SIGKILL' && ending >= cell.container.grace - 1
    ? `does not exit within ${cell.container.grace} s`
    : `exits with ${signal ?? code} after ${ending.toFixed(1)} s`;
}

export function notes(...texts: (string | undefined | false)[]): string | undefined {
  return texts.filter(Boolean).join('; ') || undefined;
}
