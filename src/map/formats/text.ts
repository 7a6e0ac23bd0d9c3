import { lengthOf, wrap } from './wrap';
import { visible, withoutCommands } from '../../checks/visible';
import type { MappedContainer, MappedWorkload, Model, Row, StorageKind } from '../model';
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

const GAP = '  ';

/** The columns that a table needs at least. */
const MINIMUM_WIDTH = 80;

/** The width of the text in columns; without it, each row is one line. */
export interface TextOptions {
  readonly width?: number;
}

/** Writes a table for each container. Cells wrap to the width of a terminal; in a file, each row is one line. */
export function toText({ workloads, problems }: Model, { width = Infinity }: TextOptions = {}): string {
  const sections = [
    ...problems.map(
      ({ file, line, column, message }) =>
        `${indented(`Unreadable document: ${file}:${line}:${column}: ${message}`, 0, width).join('\n')}\n`,
    ),
    ...workloads.map(workload => workloadText(workload, Math.max(width, MINIMUM_WIDTH))),
    ...(workloads.length === 0 ? ['No workloads found.\n'] : []),
  ];
  return withoutCommands(sections.join('\n'));
}

function workloadText(workload: MappedWorkload, width: number): string {
  const title = [titleOf(workload), describeReplicas(workload), originOf(workload)].filter(Boolean).join(' · ');
  return [
    ...indented(title, 0, width),
    ...workload.containers.flatMap(container => containerText(workload, container, width)),
    ...findingsOf(workload).flatMap(({ finding, paths }) =>
      indented(`! ${describeFinding(finding)} (${paths.join(', ')})`, 2, width),
    ),
    '',
  ].join('\n');
}

function containerText(workload: MappedWorkload, container: MappedContainer, width: number): string[] {
  const rows = workload.rows.filter(row => row.container === container.name);
  const titles = COLUMNS.map(({ title }) => title.toUpperCase());
  const cells = rows.map(cellsOf);
  const widths = fit([titles, ...cells], width);
  return [
    '',
    ...indented(describeContainer(container), 2, width),
    ...tableLines(titles, widths),
    ...rows.flatMap((row, index) => [
      ...tableLines(cells[index], widths),
      ...notesOf(row).flatMap(note => indented(note, 6, width)),
    ]),
  ];
}

/** The storage that exists outside of the pods, whose notes say where the files are and what deletes them. */
const OUTSIDE: readonly StorageKind[] = ['claim', 'claim-template', 'csi', 'host-path', 'nfs', 'other'];

/** Returns the notes that a reader of the text needs: those about storage outside of the pods, and hidden files. */
function notesOf(row: Row): readonly string[] {
  return [...(OUTSIDE.includes(row.kind) ? row.notes : []), ...describeOverlaps(row)];
}

/** Returns the cells of a row; a path with findings is marked. */
function cellsOf(row: Row): string[] {
  const [path, ...others] = COLUMNS.map(({ valueOf }) => visible(valueOf(row)));
  return [openFindings(row).length > 0 ? `${path} !` : path, ...others];
}

function indented(text: string, indent: number, width: number): string[] {
  return wrap(visible(text), width - indent - 2).map(
    (line, index) => ' '.repeat(index === 0 ? indent : indent + 2) + line,
  );
}

/** Returns column widths that fit the page. The widest columns shrink first, down to a minimum. */
function fit(table: readonly string[][], width: number): number[] {
  const widths = table[0].map((_, column) => Math.max(...table.map(cells => lengthOf(cells[column]))));
  const minimums = table[0].map((title, column) =>
    Math.min(widths[column], Math.max(title.length, column < 3 ? 12 : 9)),
  );
  const total = widths.reduce((sum, columns) => sum + columns, 2 + GAP.length * (widths.length - 1));
  for (let excess = total - width; excess > 0; excess--) {
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
