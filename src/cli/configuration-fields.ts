import { MAX_PATTERN } from './path-patterns';
import { listed } from '../checks/message';
import { suggest } from '../checks/suggest';
import { JsonPath, record } from '../inspect/json';
import { SEVERITIES } from '../safety/rule';
import type { Level } from '../safety/run';

/** The problem with a value of a configuration file. */
export class FieldProblem extends Error {
  constructor(
    public readonly path: JsonPath,
    public readonly problem: string,
    public readonly remedy: string,
  ) {
    super(`${problem} ${remedy}`);
  }
}

/**
 * Converts a value of a configuration file.
 *
 * @throws FieldProblem if the value is invalid
 */
export type Reader<T> = (value: unknown, path: JsonPath) => T;

interface OptionalReader<T> {
  readonly read: Reader<T>;
}

type Table = Readonly<Record<string, Reader<unknown> | OptionalReader<unknown>>>;

type Fields<T extends Table> = {
  readonly [Name in keyof T]: T[Name] extends Reader<infer V>
    ? V
    : T[Name] extends OptionalReader<infer V>
      ? V | undefined
      : never;
};

/** Marks a field that can be omitted. */
export function optional<T>(read: Reader<T>): OptionalReader<T> {
  return { read };
}

/** Reads an object with the fields of a table. Unknown fields are refused. */
export function fields<T extends Table>(table: T): Reader<Fields<T>> {
  return (value, path) => {
    const entries = readRecord(value, path, `Use the keys ${listed(Object.keys(table))}.`);
    const unknown = Object.keys(entries).find(key => !Object.hasOwn(table, key));
    if (unknown !== undefined) {
      throw new FieldProblem([...path, unknown], `Unknown key '${unknown}'.`, suggestKey(unknown, Object.keys(table)));
    }
    return Object.fromEntries(
      Object.entries(table).map(([key, reader]) => {
        const isSet = entries[key] !== undefined && entries[key] !== null;
        if (!isSet && typeof reader === 'function') {
          throw new FieldProblem(path, `Required key '${key}' is missing.`, 'Set it.');
        }
        const read = typeof reader === 'function' ? reader : reader.read;
        return [key, isSet ? read(entries[key], [...path, key]) : undefined];
      }),
    ) as Fields<T>;
  };
}

function suggestKey(key: string, known: readonly string[]): string {
  const similar = suggest(key, known);
  return similar.length > 0 ? `Did you mean ${listed(similar, 'or')}?` : `Use ${listed(known, 'or')}.`;
}

/** Reads a list. */
export function items<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) {
      throw new FieldProblem(path, `${nameOf(path)} is not a list.`, "Write each item after '- '.");
    }
    return value.map((item, i) => read(item, [...path, i]));
  };
}

export const string: Reader<string> = (value, path) => {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new FieldProblem(path, `${nameOf(path)} is not a string.`, 'Use a string.');
  }
  return value;
};

export const strings = items(string);

export const flag: Reader<boolean> = (value, path) => {
  if (typeof value !== 'boolean') {
    throw new FieldProblem(path, `${nameOf(path)} is neither 'true' nor 'false'.`, "Use 'true' or 'false'.");
  }
  return value;
};

/** Reads one of several words. */
export function oneOf<const T extends string>(words: readonly T[]): Reader<T> {
  return (value, path) => {
    const word = words.find(candidate => candidate === value);
    if (word === undefined) {
      throw new FieldProblem(path, `${nameOf(path)} is '${String(value)}'.`, `Use ${listed(words, 'or')}.`);
    }
    return word;
  };
}

/** Reads patterns of paths. */
export const patterns: Reader<readonly string[]> = (value, path) =>
  strings(value, path).map((pattern, i) => {
    if (/^[!/]|\\/.test(pattern)) {
      throw new FieldProblem(
        [...path, i],
        `The pattern '${pattern}' is not a path relative to the configuration file.`,
        "Use a pattern such as 'charts/*/templates' or '**/testdata/**'.",
      );
    }
    if (pattern.length > MAX_PATTERN) {
      throw new FieldProblem(
        [...path, i],
        `The pattern has ${pattern.length} characters, but at most ${MAX_PATTERN} are supported.`,
        'Write several patterns.',
      );
    }
    return pattern;
  });

const LEVELS: readonly Level[] = [...SEVERITIES, 'off'];
const level = oneOf(LEVELS);

/** Reads severities by rule id. */
export const levels: Reader<ReadonlyMap<string, Level>> = (value, path) =>
  new Map(
    Object.entries(readRecord(value, path, "Write each rule as 'rule: off' or 'rule: error'.")).map(([id, word]) => [
      id,
      // YAML 1.1 reads `off` as false
      level(word === false ? 'off' : word, [...path, id]),
    ]),
  );

function readRecord(value: unknown, path: JsonPath, remedy: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FieldProblem(path, `${nameOf(path)} is not a map.`, remedy);
  }
  return record(value);
}

/** `'waivers[0].rule'`. */
function nameOf(path: JsonPath): string {
  const name = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return path.length === 0 ? 'The configuration' : `'${name.replace(/^\./, '')}'`;
}
