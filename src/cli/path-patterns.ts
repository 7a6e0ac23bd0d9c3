import { isAbsolute, relative, resolve, sep } from 'path';
import { trimEnd } from '../checks/paths';

/** The longest pattern. The time of a match grows with the product of the lengths. */
export const MAX_PATTERN = 1000;

/** The most patterns that the braces of one pattern stand for. Further braces are characters of a name. */
const MAX_ALTERNATIVES = 100;

/**
 * Returns a function that tells whether a file matches one of the patterns.
 *
 * `*` matches a part of a name, `?` a character, `{a,b}` one of several parts, and `**` any number of folders. A
 * pattern of a folder matches all files below it. No pattern and no name is slow to match, because a regular expression
 * with several stars would be.
 *
 * @param directory the directory that the patterns are relative to
 */
export function pathMatcher(patterns: readonly string[], directory: string): (file: string) => boolean {
  const alternatives = patterns
    .map(pattern => trimEnd(pattern.replace(/^\.\//, ''), '/'))
    .flatMap(pattern => expandBraces(pattern))
    .map(pattern => [...pattern.split('/'), '**']);
  const results = new Map<string, boolean>();
  return file => {
    const known = results.get(file);
    if (known !== undefined) {
      return known;
    }
    const parts = pathFrom(directory, file).split('/');
    const result = alternatives.some(pattern => matches(pattern, parts, isFolders, matchesName));
    results.set(file, result);
    return result;
  };
}

/** Returns a function that tells whether a name matches a pattern. `*` matches any part of a name. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const alternatives = expandBraces(pattern);
  return name => name !== '' && alternatives.some(alternative => matchesName(alternative, name));
}

const isFolders = (part: string) => part === '**';

function matchesName(pattern: string, name: string): boolean {
  return matches(pattern, name, isAnyPart, matchesCharacter);
}

const isAnyPart = (character: string) => character === '*';

function matchesCharacter(pattern: string, character: string): boolean {
  return pattern === '?' || pattern === character;
}

/**
 * Whether items match the items of a pattern, of which some stand for any number of items. Only the last of these can
 * match more than the fewest items, so the time is at most the product of the numbers.
 */
function matches(
  pattern: ArrayLike<string>,
  items: ArrayLike<string>,
  isAny: (patternItem: string) => boolean,
  matchesItem: (patternItem: string, item: string) => boolean,
): boolean {
  let [position, item] = [0, 0];
  let last: { readonly position: number; item: number } | undefined;
  while (item < items.length) {
    if (position < pattern.length && isAny(pattern[position])) {
      last = { position, item };
      position++;
    } else if (position < pattern.length && matchesItem(pattern[position], items[item])) {
      position++;
      item++;
    } else if (last !== undefined) {
      last.item++;
      position = last.position + 1;
      item = last.item;
    } else {
      return false;
    }
  }
  while (position < pattern.length && isAny(pattern[position])) {
    position++;
  }
  return position === pattern.length;
}

/** Returns the patterns that a pattern with braces stands for. */
function expandBraces(pattern: string): string[] {
  const expanded: string[] = [];
  const waiting = [pattern];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    const braces = [...next.matchAll(/\{([^{}]*)\}/g)].find(([, choices]) => choices.includes(','));
    const parts = braces?.[1].split(',') ?? [];
    if (braces === undefined || expanded.length + waiting.length + parts.length > MAX_ALTERNATIVES) {
      expanded.push(next);
    } else {
      const [before, after] = [next.slice(0, braces.index), next.slice(braces.index + braces[0].length)];
      waiting.push(...parts.map(part => `${before}${part}${after}`));
    }
  }
  return expanded;
}

/** Returns the path of a file in a directory, with slashes; the whole path of a file outside of it. */
function pathFrom(directory: string, file: string): string {
  const absolute = resolve(file);
  const path = relative(resolve(directory), absolute);
  const isOutside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  return (isOutside ? absolute : path).split(sep).join('/').replace(/^\//, '');
}
