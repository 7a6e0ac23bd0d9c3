/**
 * Characters that show nothing, or that terminals and browsers act on: controls, line breaks, changes of the text
 * direction, tags, blanks without width, and what is not a character.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufff9-\uffff]/gu;

/** The beginning of a command of GitHub Actions or Azure Pipelines, anywhere in a line: `##[error]`, `##vso[…]`. */
const COMMAND = /#(?=#\w{0,20}\[)/g;

/** The beginning of a command of GitHub Actions at the beginning of a line, or after blanks. */
const COMMAND_LINE = /^([ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*):(?=:)/gm;

/** Characters of ASCII that are visible, which most strings consist of. */
const VISIBLE = /^[ -~]*$/;

/** Replaces invisible characters with escapes such as `\u202e`, and breaks the commands of CI systems. */
export function visible(text: string): string {
  if (VISIBLE.test(text) && !text.includes('##')) {
    return text;
  }
  return text.replace(INVISIBLE, escapeOf).replace(COMMAND, '\\u0023');
}

/** Returns a line of output without invisible characters, and without a command of a CI system. */
export function visibleLine(text: string): string {
  return withoutCommands(visible(text));
}

/** Breaks the commands of GitHub Actions at the beginnings of lines. */
export function withoutCommands(lines: string): string {
  return lines.replace(COMMAND_LINE, '$1\\u003a');
}

/** Writes JSON in which strings have no invisible characters and no commands of CI systems, with the same values. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(/[^\n -~]/gu, character => character.replace(INVISIBLE, jsonEscapeOf))
    .replace(COMMAND, '\\u0023');
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/** JSON escapes characters beyond U+FFFF as pairs. */
function jsonEscapeOf(character: string): string {
  return character
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
