import { oneLine } from '../expressions';

// The collector looks for an expression in all that it has read, with `^` and `$` at each line. What is between them
// must not
// go on into the next line, so every set that would hold a line break is written without it.

const PIECE = /\\[^]|\[\^?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|[^]/g;

/** Of RE2, within a set and without a line break. */
const WITHOUT_BREAK: Record<string, string> = {
  '\\D': '\\x00-\\x09\\x0B-/:-\\x{10FFFF}',
  '\\W': '\\x00-\\x09\\x0B-/:-@\\[-\\^`{-\\x{10FFFF}',
  '\\S': '\\x00-\\x08\\x0E-\\x1F!-\\x{10FFFF}',
  '[:space:]': '\\t\\x0B\\x0C\\r ',
  '[:cntrl:]': '\\x00-\\x09\\x0B-\\x1F\\x7F',
  '\\n': '',
  '\\x0a': '',
  '\\x0A': '',
};

const IN_SET = /\[:\^?\w+:\]|\\x[0-9a-fA-F]{2}|\\[^]|[^]/g;

/** An expression that stays within one line; a line's end may be `\r\n`. */
function withinLine(pattern: string): string {
  return oneLine(pattern, 're2').replace(PIECE, piece => {
    if (piece === '$') {
      return '(?:\\r?$)';
    }
    return piece.length > 1 && piece.startsWith('[') ? set(piece) : piece;
  });
}

function set(piece: string): string {
  if (piece.startsWith('[^')) {
    return `${piece.slice(0, -1)}\\n]`;
  }
  const inner = piece
    .slice(1, -1)
    .replace(IN_SET, one => WITHOUT_BREAK[one] ?? one.replace(/^\[:\^(\w+):\]$/, '[:^$1:]'));
  return inner === '' ? '[^\\x00-\\x{10FFFF}]' : `[${inner}]`;
}

/** A record begins with each line that matches. The expression may match in the middle of its line. */
export function startedBy(pattern: string): string {
  return `^(?:.*?(?:${withinLine(pattern)}))`;
}

/**
 * A record begins with each line that does not match. There is no look-around, but what has been read always begins
 * with a
 * record: the first branch takes it with all its further lines, and the second takes the next whole line, which begins
 * another.
 */
export function continuedBy(pattern: string): string {
  return `\\A.*(?:\\n(?:.*?(?:${withinLine(pattern)}).*))*|^.*\\n`;
}
