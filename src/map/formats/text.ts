import { visible } from '../markup/visible';
import type { MappedContainer, MappedWorkload, Model, Row } from '../model';
import {
  COLUMNS,
  describeContainer,
  describeNotes,
  describeReplicas,
  findingsOf,
  openFindings,
  originOf,
  titleOf,
} from '../words';

const WIDTH = 100;
const GAP = '  ';

/** A table for each container; it fits 100 columns, for cells wrap. */
export function toText({ workloads, problems }: Model): string {
  return [
    ...problems.map(
      ({ file, line, column, message }) =>
        `${indented(`${file}:${line}:${column}: not read: ${message}`, 0).join('\n')}\n`,
    ),
    ...workloads.map(workloadText),
    ...(workloads.length === 0 ? ['no pods\n'] : []),
  ].join('\n');
}

function workloadText(workload: MappedWorkload): string {
  return [
    ...indented([titleOf(workload), describeReplicas(workload), originOf(workload)].filter(Boolean).join(' · '), 0),
    ...workload.containers.flatMap(container => containerText(workload, container)),
    ...findingsOf(workload).flatMap(({ finding, paths }) =>
      indented(`! ${finding.rule.severity} ${finding.rule.id}: ${finding.message} (${paths.join(', ')})`, 2),
    ),
    '',
  ].join('\n');
}

function containerText({ rows }: MappedWorkload, container: MappedContainer): string[] {
  const own = rows.filter(row => row.container === container.name);
  const cells = own.map(row =>
    COLUMNS.map(({ of }, i) => visible(of(row)) + (i === 0 && openFindings(row).length > 0 ? ' !' : '')),
  );
  const head = COLUMNS.map(({ title }) => title.toUpperCase());
  const widths = fit([head, ...cells]);
  return [
    '',
    ...indented(describeContainer(container), 2),
    ...lines(head, widths),
    ...own.flatMap((row, i) => [...lines(cells[i], widths), ...noteLines(row)]),
  ];
}

/** Only what the columns do not say already. */
function noteLines(row: Row): string[] {
  const { inside, hidden } = row;
  return inside !== undefined || hidden.length > 0
    ? indented(describeNotes({ ...row, notes: [], rollout: undefined }).join('; '), 6)
    : [];
}

function indented(text: string, by: number): string[] {
  return wrap(visible(text), WIDTH - by - 2).map((line, i) => ' '.repeat(i === 0 ? by : by + 2) + line);
}

/** The widths at which the table fits: the widest column gives way, those with short words only when it must be. */
function fit(table: readonly string[][]): number[] {
  const widths = table[0].map((_, i) => Math.max(...table.map(cells => lengthOf(cells[i]))));
  const least = table[0].map((head, i) => Math.min(widths[i], Math.max(head.length, i < 3 ? 12 : 9)));
  let excess = widths.reduce((sum, width) => sum + width, 2 + GAP.length * (widths.length - 1)) - WIDTH;
  for (; excess > 0; excess--) {
    const widest = widths.reduce(
      (best, width, i) => (width > least[i] && (best < 0 || width > widths[best]) ? i : best),
      -1,
    );
    widths[widest]--;
  }
  return widths;
}

function lines(cells: readonly string[], widths: readonly number[]): string[] {
  const wrapped = cells.map((cell, i) => wrap(cell, widths[i]));
  return Array.from({ length: Math.max(...wrapped.map(({ length }) => length)) }, (_, line) =>
    `  ${wrapped.map((cell, i) => pad(cell[line] ?? '', widths[i])).join(GAP)}`.trimEnd(),
  );
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}

/** Breaks after spaces; words that are longer than the line after slashes and the like, or anywhere. */
function wrap(text: string, width: number): string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const word of text
    .split(/(?<= )/)
    .flatMap(part => (lengthOf(part.trimEnd()) > width ? part.split(/(?<=[/,:=-])/) : part))) {
    if (line !== '' && lengthOf(line + word.trimEnd()) > width) {
      wrapped.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (lengthOf(line.trimEnd()) > width) {
      wrapped.push([...line].slice(0, width).join(''));
      line = [...line].slice(width).join('');
    }
  }
  return [...wrapped, ...(line.trim() !== '' || wrapped.length === 0 ? [line.trimEnd()] : [])];
}

function lengthOf(text: string): number {
  return [...text].length;
}
