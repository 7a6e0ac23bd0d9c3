import { drawPodTitles, drawTitle, Section } from './head';
import { drawLane } from './lane';
import { Lane, lanesOf, Zone, ZONE_TITLE, ZONES } from './lanes';
import { Frame, Layout, PADDING } from './layout';
import { BOLD } from './measure';
import { BAR, fittedText } from './shapes';
import { element, Markup, markup } from '../markup/markup';
import type { MappedWorkload } from '../model';
import { describeReplicas, titleOf } from '../words';

/** Wraps a lane in a link to its rows, or in another element that describes it. */
export type WrapLane = (lane: Lane, content: Markup) => Markup;

export interface Drawing {
  readonly height: number;
  readonly content: Markup;
}

/** Draws the picture of a workload. */
export function draw(workload: MappedWorkload, frame: Frame, wrap: WrapLane): Drawing {
  const layout = new Layout(workload, frame);
  const title = drawTitle(layout);
  const podTitles = drawPodTitles(layout, title.bottom);
  const zones = drawZones(layout, podTitles.bottom, wrap);
  const podTop = title.bottom;
  const headBottom = podTitles.bottom - 6;
  // the labels of a narrow picture are between the bars, so no outline or line can cross them
  const podBottom = frame.isNarrow ? headBottom : zones.podBottom;
  return {
    height: zones.bottom + PADDING - 6,
    content: markup`${[
      ...title.parts,
      ...podTitles.parts,
      ...podOutlines(layout, podTop, podBottom),
      ...(frame.isNarrow ? [] : containerLines(layout, headBottom, zones.lineEnds)),
      ...zones.parts,
    ]}`,
  };
}

/** Returns the name of a workload for readers who cannot see its picture. */
export function describePicture(workload: MappedWorkload): string {
  return `${titleOf(workload)}, ${describeReplicas(workload)}`;
}

interface Zones extends Section {
  /** The bottom of the lanes that belong to the pods. */
  readonly podBottom: number;
  /** The last lane of each container, by the container's index. */
  readonly lineEnds: ReadonlyMap<number, number>;
}

function drawZones(layout: Layout, top: number, wrap: WrapLane): Zones {
  const lanes = lanesOf(layout.workload);
  const lineEnds = new Map<number, number>();
  const parts: Markup[] = [];
  let y = top;
  let podBottom = top;
  for (const zone of ZONES) {
    const zoneLanes = lanes.filter(lane => lane.zone === zone);
    if (zoneLanes.length > 0) {
      const title = drawZoneTitle(layout, zone, y);
      parts.push(...title.parts);
      y = title.bottom;
    }
    for (const lane of zoneLanes) {
      parts.push(wrap(lane, markup`${drawLane(layout, lane, y)}`));
      lane.rows.forEach(({ container }) => lineEnds.set(layout.indexOf(container), y + layout.barOffset + BAR / 2));
      y += layout.laneHeight;
    }
    podBottom = zone === 'pod' ? y + 4 : podBottom;
  }
  return { parts, bottom: y, podBottom, lineEnds };
}

function drawZoneTitle({ frame, left }: Layout, zone: Zone, top: number): Section {
  const isBelowPods = zone === 'node' || zone === 'beyond';
  const y = isBelowPods ? top + 14 : top;
  const title = fittedText({
    x: PADDING,
    y: y + 17,
    width: frame.isNarrow ? frame.width - 2 * PADDING : left - PADDING - 14,
    content: ZONE_TITLE[zone],
    font: BOLD,
    style: 'sm-bold sm-muted',
  });
  const rule = element('line', { class: 'sm-rule', x1: PADDING, x2: frame.width - PADDING, y1: y, y2: y });
  return { parts: isBelowPods ? [rule, title] : [title], bottom: y + 24 };
}

function podOutlines({ pods }: Layout, top: number, bottom: number): Markup[] {
  return pods.map(({ x, width }) =>
    element('rect', { class: 'sm-pod', x, y: top, width, height: bottom - top, rx: 8 }),
  );
}

/** Draws a line from each container to the last lane that it uses. */
function containerLines(layout: Layout, top: number, ends: ReadonlyMap<number, number>): Markup[] {
  return layout.pods.flatMap(column =>
    [...ends].map(([index, bottom]) => {
      const slot = layout.slot(column, index);
      const x = slot.x + slot.width / 2;
      return element('line', { class: 'sm-line', x1: x, x2: x, y1: top, y2: bottom });
    }),
  );
}
