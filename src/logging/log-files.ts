import type { IConstruct } from 'constructs';
import picomatch from 'picomatch';
import type { LogRotation } from './log-rotation';
import { fail } from '../checks/fail';
import { listed } from '../checks/message';

/** The files to read in the log directory. */
export interface LogFiles {
  /** The files that the app writes. */
  readonly current: string[];
  /** The same files after rotation. Collectors identify a file by its content or inode, not by its name. */
  readonly rotated: string[];
}

const PLACEHOLDERS = ['file', 'name', 'ext', 'n', 'date'];

// numbers and dates in the names of rotated files
const NUMBERS = ['1', '2', '10', '001'];
const DATES = [
  '2026-01-31',
  '20260131',
  '2026-01-31-1',
  '2026-01-31T10-20-30.123',
  '2026-01-31_10',
  '1769850000',
  '20260131-1769850000',
];

/** Returns the files to read; refuses patterns that read no file, or a line twice. */
export function logFiles(scope: IConstruct, patterns: readonly string[], rotation?: LogRotation): LogFiles {
  if (patterns.length === 0) {
    fail(
      scope,
      "'files' is empty, so no file would be read.",
      "Name the files that the app writes, for example 'app.log'.",
    );
  }
  patterns.forEach(pattern => checkPattern(scope, pattern));
  if (rotation) {
    checkTemplate(scope, rotation.rotatedName);
    patterns.forEach(pattern => refuseRotated(scope, pattern, patterns, rotation.rotatedName));
  }
  return {
    current: [...patterns],
    // a digit first, so compressed and other files are not read
    rotated: rotation ? patterns.map(pattern => fill(rotation.rotatedName, pattern, '[0-9]*', '[0-9]*')) : [],
  };
}

/** Returns names that a rotation gives to `file`. */
export function rotatedNames(template: string, file: string): string[] {
  const names = NUMBERS.flatMap(n => DATES.map(date => fill(template, file, n, date)));
  return [...new Set(names)].flatMap(name => [name, `${name}.gz`]);
}

/** Returns whether one of the patterns matches a file name. */
export function isRead(name: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => picomatch.isMatch(name, pattern, { dot: true, nobrace: true, noext: true }));
}

export function isGlob(pattern: string): boolean {
  return /[*?[\]]/.test(pattern);
}

function checkPattern(scope: IConstruct, pattern: string): void {
  if (!/^[-\w.*?[\]]+$/.test(pattern) || pattern === '.' || pattern === '..') {
    fail(
      scope,
      `'files' contains '${pattern}', which is not a file name or a pattern.`,
      "Use letters, digits, '.', '-' and '_', with '*', '?' and '[...]' in patterns, and no directories.",
    );
  }
}

function checkTemplate(scope: IConstruct, template: string): void {
  const unknown = [...template.matchAll(/\{(\w*)\}/g)]
    .map(match => match[1])
    .find(name => !PLACEHOLDERS.includes(name));
  const varies = /\{(n|date)\}/.test(template) && /\{(file|name)\}/.test(template);
  if (unknown !== undefined || !varies || !/^[-\w.{}]+$/.test(template)) {
    fail(
      scope,
      `'rotation.rotatedName' is '${template}', which is not a valid template.`,
      `Use ${listed(PLACEHOLDERS.map(name => `{${name}}`))}, with at least the name of the file and a number or a ` +
        "date, for example '{file}.{n}'.",
    );
  }
}

function refuseRotated(scope: IConstruct, pattern: string, patterns: readonly string[], template: string): void {
  // file names that the pattern matches, with and without an extension in place of its wildcards
  for (const wildcard of ['app', 'a.b', 'a-1', 'a.1', '']) {
    const file = pattern
      .replace(/\[!?([^[\]])[^[\]]*\]/g, '$1')
      .replace(/\*+/g, wildcard)
      .replace(/\?/g, 'a');
    const read = rotatedNames(template, file).find(name => isRead(name, patterns));
    const matching = read === undefined ? undefined : patterns.find(candidate => isRead(read, [candidate]));
    if (matching !== undefined) {
      fail(
        scope,
        `'files' contains '${matching}', which also matches rotated files such as '${read}', so their lines would ` +
          'be read twice.',
        `Use exact names, for example '${file}'.`,
      );
    }
  }
}

function fill(template: string, file: string, n: string, date: string): string {
  const dot = file.lastIndexOf('.');
  const [name, ext] = dot > 0 ? [file.slice(0, dot), file.slice(dot)] : [file, ''];
  const values: Record<string, string> = { file, name, ext, n, date };
  return template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}
