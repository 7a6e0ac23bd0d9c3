import { widthOf } from './measure';
import { Markup, markup } from '../markup/markup';

/** Each sign, 20 pixels high and some wide, and what it means. */
export const SIGNS: readonly { readonly sign: Markup; readonly width: number; readonly text: string }[] = [
  {
    sign: markup`<circle class="sm-t-pod sm-writes" cx="7" cy="10" r="4.5" stroke-width="1.5"/>`,
    width: 14,
    text: 'may write',
  },
  {
    sign: markup`<circle class="sm-t-pod sm-reads" cx="7" cy="10" r="4.5" stroke-width="1.5"/>`,
    width: 14,
    text: 'only reads',
  },
  {
    sign: markup`<rect class="sm-t-pod" x="1" y="3" width="18" height="14" rx="3"/><rect class="sm-t-pod" x="25" y="3" width="18" height="14" rx="3"/>`,
    width: 44,
    text: 'each replica its own',
  },
  {
    sign: markup`<rect class="sm-t-outside" x="1" y="3" width="42" height="14" rx="3"/>`,
    width: 44,
    text: 'one for all',
  },
  {
    sign: markup`<rect class="sm-t-replica" x="1" y="3" width="34" height="14" rx="6"/><path class="sm-t-replica sm-none sm-solid" d="M28 3a5 7 0 0 0 0 14"/>`,
    width: 36,
    text: 'claim or disk',
  },
  {
    sign: markup`${[3, 8, 13].map(y => markup`<rect class="sm-t-node" x="1" y="${y}" width="34" height="4" rx="1"/>`)}`,
    width: 36,
    text: 'layers of an image',
  },
  {
    sign: markup`<rect class="sm-t-container sm-none" x="1" y="6" width="34" height="8" rx="2"/>`,
    width: 36,
    text: 'no writable layer',
  },
  {
    sign: markup`<path class="sm-sign" d="M9 2l8 15h-16z"/><text class="sm-on-sign sm-small sm-bold" x="9" y="15" text-anchor="middle">!</text>`,
    width: 18,
    text: 'finding of a rule',
  },
];

const PADDING = 20;
const ROW = 24;

/** The signs on a card of their own. */
export function legend(width: number): { readonly height: number; readonly content: Markup } {
  let [x, y] = [PADDING, 14];
  const signs = SIGNS.map(({ sign, width: signWidth, text }) => {
    const needed = signWidth + 6 + widthOf(text, { size: 11.5, isMono: false });
    if (x + needed > width - PADDING) {
      [x, y] = [PADDING, y + ROW];
    }
    const part = markup`<g transform="translate(${x} ${y})">${sign}<text class="sm-muted" x="${signWidth + 6}" y="14">${text}</text></g>`;
    x += needed + 16;
    return part;
  });
  const height = y + ROW + 10;
  return { height, content: markup`<rect class="sm-card" width="${width}" height="${height}" rx="12"/>${signs}` };
}
