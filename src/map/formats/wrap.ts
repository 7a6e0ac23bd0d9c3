/** Wraps text after spaces. Words that are longer than a line wrap after punctuation, or anywhere. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text, width)) {
    if (line !== '' && lengthOf(line + word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (lengthOf(line.trimEnd()) > width) {
      lines.push([...line].slice(0, width).join(''));
      line = [...line].slice(width).join('');
    }
  }
  return line.trim() !== '' || lines.length === 0 ? [...lines, line.trimEnd()] : lines;
}

/** Returns the length of a string in characters. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Splits text after spaces, and words that are longer than a line after punctuation. */
function wordsOf(text: string, width: number): string[] {
  return text.split(/(?<= )/).flatMap(word => (lengthOf(word.trimEnd()) > width ? word.split(/(?<=[/,:=-])/) : word));
}
