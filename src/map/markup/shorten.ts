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
