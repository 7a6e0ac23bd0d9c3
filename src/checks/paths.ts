/** Returns whether a path is equal to another path or below it. */
export function isWithin(child: string, parent: string): boolean {
  return parent === '/' || child === parent || child.startsWith(`${parent}/`);
}

/** Returns a path without the slashes at its end. The path `/` stays. */
export function withoutTrailingSlashes(path: string): string {
  return trimEnd(path, '/') || path.slice(0, 1);
}

/** Returns a string without the characters at its end that a set contains. */
export function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1])) {
    end--;
  }
  return text.slice(0, end);
}
