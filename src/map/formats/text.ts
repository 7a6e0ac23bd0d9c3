import { lengthOf, wrap } from './wrap';
import { visible } from '../markup/visible';
import type { MappedContainer, MappedWorkload, Model, Row } from '../model';
import {
  COLUMNS,
  describeContainer,
  describeFinding,
  describeOverlaps,
  describeReplicas,
  findingsOf,
  openFindings,
  originOf,
  titleOf,
} from '../words';

const WIDTH = 100;
const GAP = '  ';

/** Writes a table for each container. Cells wrap, so that lines have at most 100 columns. */
export function toText({ workloads, problems }: Model): string {
  return [
    ...problems.map(
      ({ file, line, column, message }) =>
        `${indented(`Unreadable document: ${file}:${line}:${column}: ${message}`, 0).join('\n')}\n`,
    ),
    ...workloads.map(workloadText),
    ...(workloads.length === 0 ? ['No workloads found.\n'] : []),
  ].join('\n');
}

function workloadText(workload: MappedWorkload): string {
  return [
    ...indented([titleOf(workload), describeReplicas(workload), originOf(workload)].filter(Boolean).join(' · '), 0),
    ...workload.containers.flatMap(container => containerText(workload, container)),
    ...findingsOf(workload).flatMap(({ finding, paths }) =>
      indented(`! ${describeFinding(finding)} (${paths.join(', ')})`, 2),
    ),
    '',
  ].join('\n');
}

function containerText(workload: MappedWorkload, container: MappedContainer): string[] {
  const rows = workload.rows.filter(row => row.container === container.name);
  const titles = COLUMNS.map(({ title }) => title.toUpperCase());
  const cells = rows.map(cellsOf);
  const widths = fit([titles, ...cells]);
  return [
    '',
    ...indented(describeContainer(container), 2),
    ...tableLines(titles, widths),
    ...rows.flatMap((row, index) => [
      ...tableLines(cells[index], widths),
      ...describeOverlaps(row).flatMap(note => indented(note, 6)),
    ]),
  ];
}

/** Returns the cells of a row; a path with findings is marked. */
function cellsOf(row: Row): string[] {
  const [path, ...others] = COLUMNS.map(({ valueOf }) => visible(valueOf(row)));
  return [openFindings(row).length > 0 ? `${path} !` : path, ...others];
}

function indented(text: string, indent: number): string[] {
  return wrap(visible(text), WIDTH - indent - 2).map(
    (line, index) => ' '.repeat(index === 0 ? indent : indent + 2) + line,
  );
}

/** Returns column widths that fit the page. The widest columns shrink first, down to a minimum. */
function fit(table: readonly string[][]): number[] {
  const widths = table[0].map((_, column) => Math.max(...table.map(cells => lengthOf(cells[column]))));
  const minimums = table[0].map((title, column) =>
    Math.min(widths[column], Math.max(title.length, column < 3 ? 12 : 9)),
  );
  const total = widths.reduce((sum, width) => sum + width, 2 + GAP.length * (widths.length - 1));
  for (let excess = total - WIDTH; excess > 0; excess--) {
    widths[widestColumn(widths, minimums)]--;
  }
  return widths;
}

function widestColumn(widths: readonly number[], minimums: readonly number[]): number {
  return widths.reduce(
    (widest, width, column) => (width > minimums[column] && (widest < 0 || width > widths[widest]) ? column : widest),
    -1,
  );
}

function tableLines(cells: readonly string[], widths: readonly number[]): string[] {
  const wrapped = cells.map((cell, column) => wrap(cell, widths[column]));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    `  ${wrapped.map((cell, column) => pad(cell[line] ?? '', widths[column])).join(GAP)}`.trimEnd(),
  );
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}
