/** The names of the members that every object of JavaScript has. */
export const NAMES = Object.getOwnPropertyNames(Object.prototype);

/** The letters of a name: `proto` of `__proto__`. */
const letters = (name: string) => name.replaceAll('_', '');

/** Returns a name that sorts and looks like one of them, but that no object has: `toString` becomes `toStrinh`. */
export function harmless(name: string): string {
  const last = String.fromCharCode(name.charCodeAt(name.search(/_*$/) - 1) + 1);
  return name.replace(/[a-zA-Z](?=_*$)/, last);
}

/** Returns an output with the harmless name in the place of another name, and without hashes. */
export const comparable = (name: string, output: string) =>
  output.replaceAll(letters(name), letters(harmless(name))).replace(/[0-9a-f]{8,64}/g, 'hash');
