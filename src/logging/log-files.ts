import type { IConstruct } from 'constructs';
import picomatch from 'picomatch';
import type { LogRotation } from './log-rotation';
import { fail } from '../checks/fail';
import { listed } from '../checks/message';

/** Which files of the log directory are read. */
export interface LogFiles {
  /** What the app writes. */
  readonly current: string[];
  /** What rotation makes of it; collectors know a file by its content or inode, whatever its name. */
  readonly rotated: string[];
}

const PLACEHOLDERS = ['file', 'name', 'ext', 'n', 'date'];

// what rotating writers put in the place of a number and a date
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

/** Refuses patterns that would read a line twice, or nothing. */
export function logFiles(scope: IConstruct, patterns: readonly string[], rotation?: LogRotation): LogFiles {
  if (patterns.length === 0) {
    fail(
      scope,
      "'files' is empty, so that nothing would be read.",
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
    // a class of digits, so that no compressed or other file is read
    rotated: rotation ? patterns.map(pattern => fill(rotation.rotatedName, pattern, '[0-9]*', '[0-9]*')) : [],
  };
}

/** Names that a rotation gives to the old files of `file`. */
export function rotatedNames(template: string, file: string): string[] {
  const names = NUMBERS.flatMap(n => DATES.map(date => fill(template, file, n, date)));
  return [...new Set(names)].flatMap(name => [name, `${name}.gz`]);
}

/** Whether any of the patterns reads a file of that name. */
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
      `'files' has '${pattern}', which is not a file's name or pattern.`,
      "Use letters, digits, '.', '-' and '_', with '*', '?' and '[...]' in patterns, and no " + 'directories.',
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
      `'rotatedName' is '${template}'.`,
      `Write it with ${listed(PLACEHOLDERS.map(name => `{${name}}`))}, where a file's name and a ` +
        "number or date have to be in it, for example '{file}.{n}'.",
    );
  }
}

function refuseRotated(scope: IConstruct, pattern: string, patterns: readonly string[], template: string): void {
  // files that the pattern reads, with names that have an extension and ones that have none for its wild cards
  for (const star of ['app', 'a.b', 'a-1', 'a.1', '']) {
    const file = pattern
      .replace(/\[!?([^\]])[^\]]*\]/g, '$1')
      .replace(/\*+/g, star)
      .replace(/\?/g, 'a');
    const read = rotatedNames(template, file).find(name => isRead(name, patterns));
    const by = read === undefined ? undefined : patterns.find(other => isRead(read, [other]));
    if (by !== undefined) {
      fail(
        scope,
        `'files' has '${by}', which matches '${read}', a name that rotation gives to old files, so that ` +
          'their lines would be read twice.',
        `Name the files exactly, for example '${file}'.`,
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
