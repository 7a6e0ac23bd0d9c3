/** The three engines of expressions that collectors have. */
export type Dialect = 'onigmo' | 're2' | 'rust';

/** A piece of an expression that is replaced as one. */
const PIECE = /\\[^]|\[\^?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|\(\?P?<(?=[A-Za-z])|[\s\S]/g;
const IN_SET = /\[:\^?\w+:\]|\\[^]|[\s\S]/g;

const SPACE = '\\t\\n\\x0B\\x0C\\r ';
const SETS: Record<string, string> = { d: '0-9', w: '0-9A-Za-z_', s: SPACE };

/**
 * An expression over a whole record, of one line or of several: `^` and `$` are its ends, and `.` is any character.
 * Classes
 * are those of ASCII in every engine.
 */
export function wholeRecord(pattern: string, dialect: Dialect): string {
  const body = rewritten(pattern, dialect, { '^': '\\A', '$': '\\z' });
  return dialect === 'onigmo' ? `(?am:${body})` : `(?s:${body})`;
}

/**
 * An expression over one line: what a record begins or goes on with. `end` is the end of a line that has its line break
 * still.
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

/** Onigmo knows ASCII by its option; the others have no option that leaves the rest of the expression as it is. */
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
