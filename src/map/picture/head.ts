import { Column, Layout, PADDING } from './layout';
import { BOLD, fitText, SMALL, TEXT, TITLE, widthOf } from './measure';
import { fittedText, text } from './shapes';
import type { Markup } from '../markup/markup';
import type { MappedContainer } from '../model';
import { describeContainer, describePods, describeSchedule } from '../words';

/** A part of the picture, and where it ends. */
export interface Section {
  readonly parts: readonly Markup[];
  readonly bottom: number;
}

/** Draws the name of the workload, and the names of its containers if they are numbered. */
export function drawTitle(layout: Layout): Section {
  const { workload, frame, isNumbered } = layout;
  const pods = describePods(workload);
  const right = frame.width - PADDING;
  const width = right - PADDING;
  const kind = `${workload.kind}${workload.namespace ? ` in ${workload.namespace}` : ''}`;
  const key = isNumbered ? drawContainerKey(layout, 64) : { parts: [], bottom: 64 };
  return {
    parts: [
      fittedText({
        x: PADDING,
        y: 29,
        width: width - widthOf(pods, TEXT) - 12,
        content: [kind, ...describeSchedule(workload)].join(', '),
        font: TEXT,
        style: 'sm-muted',
      }),
      text(right, 29, pods, 'sm-muted', 'end'),
      fittedText({ x: PADDING, y: 51, width, content: workload.name || '(no name)', font: TITLE, style: 'sm-title' }),
      ...key.parts,
    ],
    bottom: key.bottom,
  };
}

/** Draws the names of the containers next to their numbers. */
function drawContainerKey({ workload, frame }: Layout, top: number): Section {
  const right = frame.width - PADDING;
  const parts: Markup[] = [];
  let [x, y] = [PADDING, top + 12];
  workload.containers.forEach((container, index) => {
    const label = fitText(describeContainer(container), right - PADDING - 14, TEXT);
    const width = 14 + widthOf(label, TEXT);
    if (x > PADDING && x + width > right) {
      [x, y] = [PADDING, y + 17];
    }
    parts.push(text(x, y, String(index + 1), 'sm-bold'), text(x + 14, y, label, 'sm-muted'));
    x += width + 18;
  });
  return { parts, bottom: y + 12 };
}

/** Draws the titles of the pods, and the names or numbers of the containers in them. */
export function drawPodTitles(layout: Layout, top: number): Section {
  const parts = layout.columns.flatMap(column =>
    column.title === undefined
      ? [text(center(column), top + 18, '…', 'sm-muted', 'middle')]
      : [podTitle(column, column.title, top), ...containerTitles(layout, column, top)],
  );
  return {
    parts: layout.frame.isNarrow ? parts : [...parts, text(layout.right + 14, top + 18, 'shared by', 'sm-muted')],
    bottom: top + podTitlesHeight(layout),
  };
}

function podTitle(column: Column, title: string, top: number): Markup {
  return fittedText({
    x: center(column),
    y: top + 18,
    width: column.width - 10,
    content: title,
    font: BOLD,
    style: 'sm-bold',
    anchor: 'middle',
  });
}

const ROLE_TITLE = { 'app': '', 'init': 'init', 'native-sidecar': 'sidecar' } as const;

function containerTitles(layout: Layout, column: Column, top: number): Markup[] {
  return layout.workload.containers.flatMap(({ name, role }: MappedContainer, index) => {
    const slot = layout.slot(column, index);
    const place = { x: center(slot), width: slot.width - 4, font: SMALL, anchor: 'middle' } as const;
    const title = layout.isNumbered ? String(index + 1) : name;
    const roleTitle = layout.isNumbered ? '' : ROLE_TITLE[role];
    return [
      fittedText({ ...place, y: top + 37, content: title, style: 'sm-small' }),
      ...(roleTitle ? [fittedText({ ...place, y: top + 50, content: roleTitle, style: 'sm-small sm-muted' })] : []),
    ];
  });
}

function podTitlesHeight({ isNumbered, frame, workload }: Layout): number {
  if (isNumbered) {
    return frame.isNarrow ? 52 : 46;
  }
  return workload.containers.every(({ role }) => role === 'app') ? 46 : 58;
}

function center({ x, width }: { readonly x: number; readonly width: number }): number {
  return x + width / 2;
}
