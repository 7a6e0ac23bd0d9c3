import { element, Markup } from '../markup/markup';
import type { MappedWorkload, Model, Row } from '../model';
import { describePicture, draw } from '../picture/draw';
import type { Lane } from '../picture/lanes';
import { WIDE } from '../picture/layout';
import { legend } from '../picture/legend';
import { group } from '../picture/shapes';
import { PICTURE_STYLE } from '../picture/style';
import {
  describeFinding,
  describeNotes,
  describeSharing,
  describeStorage,
  describeWriters,
  isShared,
  LIFETIME,
  openFindings,
} from '../words';

const GAP = 16;
const PROBLEM_HEIGHT = 22;

/**
 * Writes one picture with a card for each workload and a legend. Tooltips describe the lanes; the picture contains no
 * script.
 */
export function toSvg({ workloads, problems }: Model): string {
  const parts: Markup[] = [];
  let y = 1;
  for (const { file, line, message } of problems) {
    const problem = `Unreadable document: ${file}:${line}: ${message}`;
    parts.push(element('text', { class: 'sm-alarm', x: 4, y: y + 14 }, problem));
    y += PROBLEM_HEIGHT;
  }
  for (const workload of workloads) {
    const { height, card } = drawCard(workload, y);
    parts.push(card);
    y += height + GAP;
  }
  const signs = legend(WIDE.width);
  parts.push(group(1, y, signs.content));
  return `${svg(workloads, y + signs.height + 1, parts).text}\n`;
}

function svg(workloads: readonly MappedWorkload[], height: number, parts: readonly Markup[]): Markup {
  const width = WIDE.width + 2;
  return element(
    'svg',
    {
      'xmlns': 'http://www.w3.org/2000/svg',
      'class': 'sm',
      'viewBox': `0 0 ${width} ${height}`,
      width,
      height,
      'role': 'img',
      'aria-label': `Storage map of ${workloads.map(describePicture).join('; ') || 'no workloads'}`,
    },
    element('style', {}, new Markup(PICTURE_STYLE)),
    ...parts.map(part => new Markup(`\n${part.text}`)),
  );
}

function drawCard(workload: MappedWorkload, y: number): { readonly height: number; readonly card: Markup } {
  const { height, content } = draw(workload, WIDE, addTooltip);
  const background = element('rect', { class: 'sm-card', width: WIDE.width, height, rx: 12 });
  return { height, card: group(1, y, background, content) };
}

function addTooltip(lane: Lane, content: Markup): Markup {
  return element('g', { class: 'sm-lane' }, element('title', {}, describeLane(lane)), content);
}

/** Describes all rows of a lane, each by a few sentences. */
export function describeLane({ rows }: Lane): string {
  return rows.map(describeRow).join(' ');
}

function describeRow(row: Row): string {
  const facts = [
    `${row.container} ${row.path}: ${describeStorage(row)}`,
    isShared(row) ? `shared by ${describeSharing(row)}` : describeSharing(row),
    `lifetime ${LIFETIME[row.lifetime]}`,
    `writers ${describeWriters(row)}`,
    ...(row.sizeLimit === undefined ? [] : [`limit ${row.sizeLimit}`]),
  ];
  return [`${facts.join('; ')}.`, ...describeNotes(row), ...openFindings(row).map(describeFinding)].join(' ');
}
