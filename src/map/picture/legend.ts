import { TEXT, widthOf } from './measure';
import { group, text } from './shapes';
import { element, Markup, markup } from '../markup/markup';

/** A sign of the picture, 20 pixels high, and its meaning. */
export interface Sign {
  readonly sign: Markup;
  readonly width: number;
  readonly meaning: string;
}

const BAR = { y: 3, height: 14, rx: 3 };

export const SIGNS: readonly Sign[] = [
  {
    sign: dot('sm-writes'),
    width: 14,
    meaning: 'writable',
  },
  {
    sign: dot('sm-reads'),
    width: 14,
    meaning: 'read-only',
  },
  {
    sign: markup`${[1, 25].map(x => element('rect', { class: 'sm-t-pod', x, width: 18, ...BAR }))}`,
    width: 44,
    meaning: 'one per replica',
  },
  {
    sign: element('rect', { class: 'sm-t-outside', x: 1, width: 42, ...BAR }),
    width: 44,
    meaning: 'one for all replicas',
  },
  {
    sign: markup`${[
      element('rect', { class: 'sm-t-replica', x: 1, width: 34, ...BAR, rx: 6 }),
      element('path', { class: 'sm-t-replica sm-none sm-solid', d: 'M28 3a5 7 0 0 0 0 14' }),
    ]}`,
    width: 36,
    meaning: 'claim or disk',
  },
  {
    sign: markup`${[3, 8, 13].map(y => element('rect', { class: 'sm-t-node', x: 1, y, width: 34, height: 4, rx: 1 }))}`,
    width: 36,
    meaning: 'image layers',
  },
  {
    sign: element('rect', { class: 'sm-t-container sm-none', x: 1, y: 6, width: 34, height: 8, rx: 2 }),
    width: 36,
    meaning: 'no writable layer',
  },
  {
    sign: markup`${[
      element('path', { class: 'sm-sign', d: 'M9 2l8 15h-16z' }),
      text(9, 15, '!', 'sm-on-sign sm-small sm-bold', 'middle'),
    ]}`,
    width: 18,
    meaning: 'audit finding',
  },
];

function dot(style: string): Markup {
  return element('circle', { 'class': `sm-t-pod ${style}`, 'cx': 7, 'cy': 10, 'r': 4.5, 'stroke-width': 1.5 });
}

const PADDING = 20;
const ROW_HEIGHT = 24;

/** Draws the legend: all signs with their meanings. */
export function legend(width: number): { readonly height: number; readonly content: Markup } {
  let [x, y] = [PADDING, 14];
  const signs = SIGNS.map(({ sign, width: signWidth, meaning }) => {
    const neededWidth = signWidth + 6 + widthOf(meaning, TEXT);
    if (x + neededWidth > width - PADDING) {
      [x, y] = [PADDING, y + ROW_HEIGHT];
    }
    const entry = group(x, y, sign, text(signWidth + 6, 14, meaning, 'sm-muted'));
    x += neededWidth + 16;
    return entry;
  });
  const height = y + ROW_HEIGHT + 10;
  return { height, content: markup`${element('rect', { class: 'sm-card', width, height, rx: 12 })}${signs}` };
}
