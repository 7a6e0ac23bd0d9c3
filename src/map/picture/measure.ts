import { shorten, visible } from '../markup/visible';

export interface Font {
  readonly size: number;
  readonly isMono: boolean;
  readonly isBold?: boolean;
}

// by the widest glyphs of DejaVu Sans and Verdana: no font of the lists in `style.ts` is wider
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

/** How wide a text can be at most, in pixels. */
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

/** The text as it is seen, with its middle left out where it is wider. */
export function fitText(text: string, width: number, font: Font): string {
  const seen = visible(text);
  let fitting = seen;
  for (let length = [...seen].length - 1; length > 0 && widthOf(fitting, font) > width; length--) {
    fitting = shorten(seen, length);
  }
  return fitting;
}
