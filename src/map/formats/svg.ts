import { Markup, markup } from '../markup/markup';
import type { Model } from '../model';
import { describePicture, draw, WIDE } from '../picture/draw';
import type { Lane } from '../picture/lanes';
import { legend } from '../picture/legend';
import { PICTURE_STYLE } from '../picture/style';
import {
  describeLimit,
  describeNotes,
  describeSharing,
  describeWhat,
  describeWriters,
  LIFETIME,
  openFindings,
} from '../words';

const GAP = 16;

/**
 * One picture, a card for each workload and a legend at the end; it has no script, and its titles say what a path is.
 */
export function toSvg({ workloads, problems }: Model): string {
  const cards: Markup[] = [];
  let y = 1;
  for (const { file, line, message } of problems) {
    cards.push(markup`<text class="sm-alarm" x="4" y="${y + 14}">${`not read: ${file}:${line}: ${message}`}</text>`);
    y += 22;
  }
  for (const workload of workloads) {
    const { height, content } = draw(
      workload,
      WIDE,
      (lane, inner) => markup`<g class="sm-lane"><title>${describeLane(lane)}</title>${inner}</g>`,
    );
    cards.push(
      markup`<g transform="translate(1 ${y})"><rect class="sm-card" width="${WIDE.width}" height="${height}" rx="12"/>${content}</g>\n`,
    );
    y += height + GAP;
  }
  const key = legend(WIDE.width);
  const [width, height] = [WIDE.width + 2, y + key.height + 1];
  return `${
    markup`<svg xmlns="http://www.w3.org/2000/svg" class="sm" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${`storage map of ${workloads.map(describePicture).join('; ') || 'nothing'}`}"><style>${new Markup(PICTURE_STYLE)}</style>
${cards}<g transform="translate(1 ${y})">${key.content}</g></svg>
`.text
  }`;
}

/** All rows of a lane in words, a line for each. */
export function describeLane({ rows }: Lane): string {
  return rows
    .map(row =>
      [
        `${row.container} ${row.path}: ${describeWhat(row)}`,
        `shared by ${describeSharing(row)}`,
        `lifetime ${LIFETIME[row.lifetime]}`,
        `may write: ${describeWriters(row)}`,
        ...(describeLimit(row) ? [`limit ${describeLimit(row)}`] : []),
        ...describeNotes(row),
        ...openFindings(row).map(({ rule, message }) => `${rule.severity} ${rule.id}: ${message}`),
      ].join('; '),
    )
    .join('. ');
}
