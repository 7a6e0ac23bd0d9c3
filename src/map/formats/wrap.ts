/** Wraps text after spaces. Words that are longer than a line wrap after punctuation, or anywhere. */
export function wrap(text: string, width: number): string[] {
  if (lengthOf(text) <= width) {
    return [text.trimEnd()];
  }
  const lines: string[] = [];
  let line = '';
  let length = 0;
  for (const word of wordsOf(text, width)) {
    const wordLength = lengthOf(word);
    if (length > 0 && length + lengthOf(word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
      length = 0;
    }
    if (lengthOf(word.trimEnd()) > width) {
      const pieces = piecesOf(word, width);
      line = pieces.pop()!;
      length = lengthOf(line);
      pieces.forEach(piece => lines.push(piece));
    } else {
      line += word;
      length += wordLength;
    }
  }
  return line.trim() !== '' || lines.length === 0 ? [...lines, line.trimEnd()] : lines;
}

/** Returns the length of a string in characters. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) {
    length++;
  }
  return length;
}

/** Splits text after spaces, and words that are longer than a line after punctuation. */
function wordsOf(text: string, width: number): string[] {
  return text.split(/(?<= )/).flatMap(word => (lengthOf(word.trimEnd()) > width ? word.split(/(?<=[/,:=-])/) : word));
}

/** Splits a word into pieces of the width of a line. */
function piecesOf(word: string, width: number): string[] {
  const characters = [...word];
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, i) =>
    characters.slice(i * width, (i + 1) * width).join(''),
  );
}
