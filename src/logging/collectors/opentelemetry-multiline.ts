import { oneLine } from '../expressions';

// The collector matches an expression against all text that it has read, with `^` and `$` at each line. A match must
// not continue on the next line, so every set that contains a line break is written without it.

const PIECE = /\\[^]|\[\^?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|[^]/g;

/** Sets of RE2 without a line break. */
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

/** Returns an expression that stays within one line. A line can end with `\r\n`. */
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
    .replace(IN_SET, item => WITHOUT_BREAK[item] ?? item.replace(/^\[:\^(\w+):\]$/, '[:^$1:]'));
  return inner === '' ? '[^\\x00-\\x{10FFFF}]' : `[${inner}]`;
}

/** Returns an expression for records that start with a line that matches, anywhere in the line. */
export function startedBy(pattern: string): string {
  return `^(?:.*?(?:${withinLine(pattern)}))`;
}

/**
 * Returns an expression for records that start with a line that does not match. RE2 has no look-around, but the text
 * that has been read always starts with a record. The first branch matches this record with all its lines. The second
 * branch matches the next line, which starts another record.
 */
export function continuedBy(pattern: string): string {
  return `\\A.*(?:\\n(?:.*?(?:${withinLine(pattern)}).*))*|^.*\\n`;
}
