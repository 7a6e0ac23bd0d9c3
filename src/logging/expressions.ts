/** The regular expression engines of collectors. */
export type Dialect = 'onigmo' | 're2' | 'rust';

/** A piece of an expression that is replaced as a whole. */
const PIECE = /\\[^]|\[\^?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|\(\?P?<(?=[A-Za-z])|[\s\S]/g;
const IN_SET = /\[:\^?\w+:\]|\\[^]|[\s\S]/g;

const SPACE = '\\t\\n\\x0B\\x0C\\r ';
const SETS: Record<string, string> = { d: '0-9', w: '0-9A-Za-z_', s: SPACE };

/**
 * Returns an expression for a whole record of one or several lines: `^` and `$` match its start and end, `.` matches
 * any character, and classes match ASCII in all engines.
 */
export function wholeRecord(pattern: string, dialect: Dialect): string {
  const body = rewritten(pattern, dialect, { '^': '\\A', '$': '\\z' });
  return dialect === 'onigmo' ? `(?am:${body})` : `(?s:${body})`;
}

/**
 * Returns an expression for one line, which starts or continues a record. `end` replaces `$` for engines that match a
 * line with its line break.
 */
export function oneLine(pattern: string, dialect: Dialect, end = '$'): string {
  const body = rewritten(pattern, dialect, { $: end });
  return dialect === 'onigmo' ? `(?a:${body})` : body;
}

function rewritten(pattern: string, dialect: Dialect, anchors: Record<string, string>): string {
  return pattern.replace(PIECE, piece => {
    if (piece.startsWith('(?')) {
      return dialect === 're2' ? '(?P<' : '(?<';
    }
    if (piece.length > 1 && piece.startsWith('[')) {
      return piece.replace(IN_SET, inner => inSet(inner, dialect));
    }
    return piece.startsWith('\\') ? escape(piece, dialect) : (anchors[piece] ?? piece);
  });
}

/** Onigmo has an option for ASCII classes; the options of the other engines change more than the classes. */
function escape(piece: string, dialect: Dialect): string {
  const name = piece[1];
  if (dialect === 'onigmo') {
    return piece;
  }
  if (name === 'b' || name === 'B') {
    return dialect === 'rust' ? `(?-u:${piece})` : piece;
  }
  const set = SETS[name.toLowerCase()];
  return set === undefined ? piece : `[${name === name.toLowerCase() ? '' : '^'}${set}]`;
}

function inSet(piece: string, dialect: Dialect): string {
  const name = piece.startsWith('\\') ? piece[1] : '';
  const set = SETS[name.toLowerCase()];
  if (dialect === 'onigmo' || set === undefined) {
    return piece;
  }
  if (name === name.toLowerCase()) {
    return set;
  }
  return dialect === 'rust' ? `[^${set}]` : piece;
}
