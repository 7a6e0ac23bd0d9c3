// C0 and C1 controls, and what turns the direction of text: terminals and browsers would act on them
// eslint-disable-next-line no-control-regex
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]/gu;

/** A text in which all can be seen: control characters and those that turn the direction stand as `\u202e`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, character => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}

/** Shortens in the middle, where names differ least, to at most so many characters. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) {
    return text;
  }
  const head = Math.ceil((length - 1) * 0.4);
  return `${characters.slice(0, head).join('')}…${length - 1 - head > 0 ? characters.slice(-(length - 1 - head)).join('') : ''}`;
}
