// C0 and C1 controls, and characters that change the text direction: terminals and browsers would act on them
// eslint-disable-next-line no-control-regex
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]/gu;

/** Replaces control characters, and characters that change the text direction, with escapes such as `\u202e`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, character => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}

/** Shortens a string to a number of characters. It cuts the middle, because names often differ only at the end. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) {
    return text;
  }
  const head = Math.ceil((length - 1) * 0.4);
  const tail = length - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}
