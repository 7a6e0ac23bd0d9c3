import { visible } from '../../checks/visible';
import { shorten } from '../markup/shorten';

export interface Font {
  readonly size: number;
  readonly isMono: boolean;
  readonly isBold?: boolean;
}

export const MONO: Font = { size: 12.5, isMono: true };
export const TEXT: Font = { size: 11.5, isMono: false };
export const SMALL: Font = { size: 10.5, isMono: false };
export const BOLD: Font = { size: 11.5, isMono: false, isBold: true };
export const TITLE: Font = { size: 17, isMono: false, isBold: true };

// the widest glyphs of DejaVu Sans and Verdana: the other fonts in `style.ts` are narrower
const WIDTHS: readonly (readonly [string, number])[] = [
  ["ijl.,:;'|! ·`", 0.38],
  ['I()[]/\\ftr-', 0.46],
  ['csvxyzk', 0.6],
  ['mwMW@%&—…', 1],
  ['ABCDEFGHJKLNOPQRSTUVXYZ', 0.79],
];
const WIDTH_OF = new Map(
  WIDTHS.flatMap(([characters, width]) => [...characters].map((character): [string, number] => [character, width])),
);

/** Returns the maximum width of a string in pixels. */
export function widthOf(text: string, { size, isMono, isBold }: Font): number {
  const units = [...text].reduce((sum, character) => sum + unitsOf(character, isMono), 0);
  return units * size * (isBold ? 1.1 : 1);
}

function unitsOf(character: string, isMono: boolean): number {
  if (character > '\u024f' && character !== '—' && character !== '…') {
    return 1.3;
  }
  return isMono ? 0.62 : (WIDTH_OF.get(character) ?? 0.64);
}

/** The narrowest character in units of the font size. No string with more of them than fit is measured. */
const NARROWEST = 0.38;

/** Returns a string with its invisible characters escaped, shortened to a width in pixels. */
export function fitText(text: string, width: number, font: Font): string {
  const full = visible(text);
  const most = Math.ceil(width / (font.size * NARROWEST)) + 1;
  let fitting = shorten(full, most);
  for (let length = [...fitting].length - 1; length > 0 && widthOf(fitting, font) > width; length--) {
    fitting = shorten(full, length);
  }
  return fitting;
}
