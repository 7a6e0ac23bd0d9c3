import { medianRatio, median, Run } from './runs';

/** A line of the table. */
export interface Row {
  readonly measurement: string;
  /** The figure of this library. */
  readonly result: string;
  readonly peer?: string;
  readonly peerResult?: string;
  /** The figure that a check compares: a ratio to the peer, or growth. It does not depend on the machine. */
  readonly figure: number;
  /** The figure as the table shows it. */
  readonly shown: string;
}

const HEADER = ['measurement', 'this library', 'peer', 'result of the peer', 'ratio or growth'];

/** Writes rows as a table of Markdown. */
export function toTable(rows: readonly Row[]): string {
  const cells = rows.map(row => [row.measurement, row.result, row.peer ?? '-', row.peerResult ?? '-', row.shown]);
  return [HEADER, HEADER.map(() => '---'), ...cells].map(line => `| ${line.join(' | ')} |\n`).join('');
}

/** The figures of rows, by the name of their measurement and peer. */
export function figuresOf(rows: readonly Row[]): Record<string, number> {
  return Object.fromEntries(
    rows.map(row => [[row.measurement, row.peer].filter(Boolean).join(' / '), Math.round(row.figure * 1000) / 1000]),
  );
}

/** How much worse a figure can be than the recorded one. */
const TOLERANCE = 1.2;
/** The noise of a figure that is almost zero. */
const NOISE = 0.02;

/** Returns a sentence for each figure that is worse than the recorded one by more than a fifth, or is not recorded. */
export function regressions(
  figures: Readonly<Record<string, number>>,
  recorded: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(figures).flatMap(([name, figure]) => {
    if (recorded[name] === undefined) {
      return [`'${name}' is not recorded.`];
    }
    return figure > recorded[name] * TOLERANCE + NOISE
      ? [`'${name}' is ${figure}, more than a fifth worse than the recorded ${recorded[name]}.`]
      : [];
  });
}

/** Writes a time with three digits. */
export function writeTime(ms: number): string {
  return ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
}

/** Compares the times of two programs. */
export function timeRow(
  measurement: string,
  times: readonly number[],
  peer: string,
  peerTimes: readonly number[],
): Row {
  const figure = medianRatio(times, peerTimes);
  return {
    measurement,
    result: writeTime(median(times)),
    peer,
    peerResult: writeTime(median(peerTimes)),
    figure,
    shown: figure.toFixed(2),
  };
}

/** Compares the times, the CPU times and the memory of two programs. */
export function processRows(measurement: string, runs: readonly Run[], peer: string, peerRuns: readonly Run[]): Row[] {
  const times = (all: readonly Run[]) => all.map(({ ms }) => ms);
  const figures = (all: readonly Run[], key: 'cpuMs' | 'peakMiB') => all.flatMap(each => each[key] ?? []);
  const cpu = [runs, peerRuns].map(all => figures(all, 'cpuMs'));
  const memory = [runs, peerRuns].map(all => figures(all, 'peakMiB'));
  const isComplete = [...cpu, ...memory].every(({ length }) => length === runs.length);
  const memoryRatio = isComplete ? medianRatio(memory[0], memory[1]) : 0;
  return [
    timeRow(measurement, times(runs), peer, times(peerRuns)),
    ...(isComplete
      ? [
          timeRow(`${measurement}, CPU`, cpu[0], peer, cpu[1]),
          {
            measurement: `${measurement}, peak memory`,
            result: `${median(memory[0]).toFixed(0)} MiB`,
            peer,
            peerResult: `${median(memory[1]).toFixed(0)} MiB`,
            figure: memoryRatio,
            shown: memoryRatio.toFixed(2),
          },
        ]
      : []),
  ];
}

/** The exponent of growth from one number to another; 1 is linear. */
export const exponentOf = (growth: number, times: number) => 1 + Math.log(growth) / Math.log(times);

/** Shows how the time for each of several things grows with their number. */
export function growthRow(
  measurement: string,
  { few, many }: { readonly few: readonly number[]; readonly many: readonly number[] },
  times: number,
): Row {
  const figure = medianRatio(many, few) / times;
  return {
    measurement,
    result: `${writeTime(median(few))}, ${writeTime(median(many))}`,
    figure,
    shown: `exponent ${exponentOf(figure, times).toFixed(2)}`,
  };
}
