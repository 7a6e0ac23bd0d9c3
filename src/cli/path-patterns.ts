import { isAbsolute, relative, resolve, sep } from 'path';
import picomatch from 'picomatch';
import { trimEnd } from '../checks/paths';

/**
 * Returns a function that tells whether a file matches one of the patterns.
 *
 * `*` matches a part of a name, and `**` any number of folders. A pattern of a folder matches all files below it.
 *
 * @param directory the directory that the patterns are relative to
 */
export function pathMatcher(patterns: readonly string[], directory: string): (file: string) => boolean {
  const isMatch = picomatch(
    patterns.map(pattern => trimEnd(pattern.replace(/^\.\//, ''), '/')).flatMap(pattern => [pattern, `${pattern}/**`]),
    { dot: true, nonegate: true },
  );
  const results = new Map<string, boolean>();
  return file => {
    const known = results.get(file);
    if (known !== undefined) {
      return known;
    }
    const result = isMatch(pathFrom(directory, file));
    results.set(file, result);
    return result;
  };
}

/** Returns a function that tells whether a name matches a pattern. `*` matches any part of a name. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const isMatch = picomatch(pattern, { dot: true, nonegate: true });
  return name => isMatch(name);
}

/** Returns the path of a file in a directory, with slashes; the whole path of a file outside of it. */
function pathFrom(directory: string, file: string): string {
  const absolute = resolve(file);
  const path = relative(resolve(directory), absolute);
  const isOutside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  return (isOutside ? absolute : path).split(sep).join('/').replace(/^\//, '');
}
