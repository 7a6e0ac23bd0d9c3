import { readdirSync, readFileSync } from 'fs';
import { join, posix, sep } from 'path';

export const ROOT = join(__dirname, '..', '..');

/** The files below a folder of the repository whose paths match, as paths from the repository's root. */
export function filesBelow(folder: string, path: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map(name => posix.join(folder, name.split(sep).join('/')))
    .filter(name => path.test(name) && !/\/(?:node_modules|target)\//.test(name))
    .sort();
}

/** The content of a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The matches of the first group of an expression. */
export function matches(text: string, expression: RegExp): string[] {
  return [...text.matchAll(expression)].map(([, group]) => group);
}
