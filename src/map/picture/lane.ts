import type { Lane } from './lanes';
import { Column, Layout, PADDING, Range } from './layout';
import { fitText, MONO, TEXT, widthOf } from './measure';
import { bar, BAR, disk, dot, layers, strip, text, warningSign } from './shapes';
import { element, Markup } from '../markup/markup';

/** Draws a lane: its label, its bars, and the containers that use it. */
export function drawLane(layout: Layout, lane: Lane, top: number): Markup[] {
  const { frame, laneHeight, barOffset } = layout;
  return [
    element('rect', { class: 'sm-hit', x: 8, y: top + 1, width: frame.width - 16, height: laneHeight - 2, rx: 6 }),
    ...label(layout, lane, top),
    ...(frame.isNarrow ? [] : [sharedByLabel(layout, lane, top + barOffset + 14)]),
    ...bars(layout, lane, top + barOffset),
    ...dots(layout, lane, top + barOffset + BAR / 2),
  ];
}

/** The width of the sign of a finding, with its margin. */
const SIGN_WIDTH = 22;

function label(layout: Layout, lane: Lane, top: number): Markup[] {
  const width = labelWidth(layout) - (lane.hasFindings ? SIGN_WIDTH : 0);
  const [path, ...more] = lane.paths;
  const suffix = more.length > 0 ? ` +${more.length}` : '';
  const title = fitText(path, width - widthOf(suffix, MONO), MONO) + suffix;
  return [
    text(PADDING, top + 17, title, 'sm-mono'),
    text(PADDING, top + 32, detail(layout, lane), 'sm-muted'),
    ...(lane.hasFindings ? warningSign(PADDING + width + 4, top + 5) : []),
  ];
}

function sharedByLabel({ right, sharedByWidth }: Layout, { sharedBy }: Lane, y: number): Markup {
  return text(right + 14, y, fitText(sharedBy, sharedByWidth - 14, TEXT), 'sm-muted');
}

function labelWidth({ frame, left }: Layout): number {
  return frame.isNarrow ? frame.width - 2 * PADDING : left - 14 - PADDING;
}

/** Returns the kind, name and facts of a lane. If they do not fit, only the name is shortened. */
function detail(layout: Layout, { kind, name, facts, end, sharedBy }: Lane): string {
  const width = labelWidth(layout);
  const tail = [...facts, ...(layout.frame.isNarrow ? [sharedBy] : end === undefined ? [] : [end])]
    .map(fact => ` · ${fact}`)
    .join('');
  const nameWidth = Math.max(width - widthOf(`${kind} ${tail}`, TEXT), 60);
  return fitText(`${kind}${name && ` ${fitText(name, nameWidth, TEXT)}`}${tail}`, width, TEXT);
}

function bars(layout: Layout, lane: Lane, y: number): Markup[] {
  const { left, right, pods } = layout;
  switch (lane.reach) {
    case 'all':
      return shape(lane, { x: left, width: right - left }, y);
    case 'pod':
      return pods.flatMap(column => shape(lane, rangeOfContainers(layout, lane, column), y));
    case 'container':
      return pods.flatMap(column =>
        lane.rows.map(({ container, writable }) => strip(lane.tone, writable, layout.slotOf(column, container), y)),
      );
  }
}

function shape({ shape: name, tone }: Lane, range: Range, y: number): Markup[] {
  switch (name) {
    case 'layers':
      return layers(tone, range, y);
    case 'disk':
      return disk(tone, range, y);
    case 'bar':
      return [bar(tone, range, y)];
  }
}

/** Returns the range from the first to the last container of a pod that uses a lane. */
function rangeOfContainers(layout: Layout, lane: Lane, column: Column): Range {
  const slots = lane.rows.map(({ container }) => layout.slotOf(column, container));
  const x = Math.min(...slots.map(slot => slot.x)) + 3;
  return { x, width: Math.max(...slots.map(slot => slot.x + slot.width)) - 3 - x };
}

function dots(layout: Layout, lane: Lane, y: number): Markup[] {
  const rows = lane.rows.filter(({ kind }) => kind !== 'writable-layer');
  return layout.pods.flatMap(column =>
    rows.map(({ container, writable }) => {
      const { x, width } = layout.slotOf(column, container);
      return dot(lane.tone, writable, x + width / 2, y);
    }),
  );
}
