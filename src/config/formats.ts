import { isDeepStrictEqual } from 'util';
import { parse as parseProperties, stringify as stringifyProperties } from 'dot-properties';
import { parse as parseDotenv } from 'dotenv';
import { parse as parseIni, stringify as stringifyIni } from 'ini';
import type { TomlError } from 'smol-toml' with { 'resolution-mode': 'import' };
import type { Document } from 'yaml';
import { writeYaml, yamlLibrary } from '../checks/yaml-library';
import { AliasBudget } from '../inspect/alias-budget';

// its types declare an ES module only, but it contains a CommonJS module too
// oxlint-disable-next-line typescript/no-require-imports
const { parse: parseToml, stringify: stringifyToml } = require('smol-toml') as typeof import('smol-toml', {
  with: { 'resolution-mode': 'import' },
});

/** A syntax error of a file. */
export interface SyntaxProblem {
  readonly format: string;
  /** The line and column; empty if the parser does not report them. */
  readonly position: string;
  readonly message: string;
}

/** The formats that data can be written in. */
export type Format = 'YAML' | 'JSON' | 'TOML' | 'INI' | 'properties' | 'dotenv';

type Data = Record<string, unknown>;

interface Codec {
  readonly write: (data: Data) => string;
  readonly read: (text: string) => unknown;
  /** The expected result of `read`, if the format only supports strings. */
  readonly expected?: (data: Data) => unknown;
}

const CODECS: Record<Format, Codec> = {
  YAML: {
    write: writeYaml,
    read: text => yamlLibrary().parse(text),
  },
  JSON: { write: data => `${JSON.stringify(data, undefined, 2)}\n`, read: text => JSON.parse(text) },
  TOML: { write: stringifyToml, read: text => parseToml(text) },
  INI: {
    write: data => stringifyIni(data, { whitespace: true }),
    read: text => stringsIn(parseIni(text), 2, 'a value'),
    expected: data => stringsIn(data, 2, 'a value or a section of values'),
  },
  properties: {
    write: data => `${stringifyProperties(flattened(data), { latin1: true, lineWidth: null })}\n`,
    read: text => parseProperties(text),
    expected: data => flattened(data),
  },
  dotenv: {
    write: data =>
      Object.entries(data)
        .map(([name, value]) => dotenvLine(name, String(value)))
        .join(''),
    read: text => parseDotenv(text),
    expected: data => stringsIn(data, 1, 'a value'),
  },
};

/** Writes data in a format; throws an error if reading it back would not return the same data. */
export function write(format: Format, data: unknown): string {
  if (!isObject(data)) {
    throw new Error(`the data is ${JSON.stringify(data)}, but must be an object`);
  }
  const codec = CODECS[format];
  const plain = sorted(data) as Data;
  const expected = codec.expected?.(plain) ?? plain;
  const text = codec.write(plain);
  // parsers create objects with other prototypes
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(codec.read(text))), JSON.parse(JSON.stringify(expected)))) {
    throw new Error('reading it back returns other data');
  }
  return text;
}

/** Parses a file by the extension of its name; returns `undefined` for other extensions. */
export function parseByName(
  path: string,
  text: string,
): { documents: unknown[] } | { problem: SyntaxProblem } | undefined {
  switch (/\.(ya?ml|json|toml)$/.exec(path)?.[1]) {
    case 'yaml':
    case 'yml':
      return parseYamlDocuments(text);
    case 'json':
      try {
        return { documents: [JSON.parse(text)] };
      } catch (error) {
        return { problem: { format: 'JSON', position: '', message: (error as Error).message } };
      }
    case 'toml':
      try {
        return { documents: [parseToml(text)] };
      } catch (error) {
        const { line, column, message } = error as TomlError;
        return {
          problem: { format: 'TOML', position: `line ${line}, column ${column}`, message: message.split('\n')[0] },
        };
      }
    case undefined:
    default:
      return undefined;
  }
}

/** The most aliases of a file. The library looks for the anchor of each in the whole document. */
const MAX_ALIASES = 10_000;

function parseYamlDocuments(text: string): { documents: unknown[] } | { problem: SyntaxProblem } {
  const documents = [...yamlLibrary().parseAllDocuments(text)];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (!error) {
    try {
      return { documents: withAliases(documents) };
    } catch (caught) {
      return { problem: { format: 'YAML', position: '', message: (caught as Error).message.replace(/\.$/, '') } };
    }
  }
  const start = error.linePos?.[0];
  return {
    problem: {
      format: 'YAML',
      position: start ? `line ${start.line}, column ${start.col}` : '',
      message: error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, ''),
    },
  };
}

/** Returns the data of documents; aliases share their values. */
function withAliases(documents: readonly Document.Parsed[]): unknown[] {
  let aliases = 0;
  for (const document of documents) {
    yamlLibrary().visit(document, { Alias: () => void aliases++ });
  }
  if (aliases > MAX_ALIASES) {
    throw new Error(`it has ${aliases} aliases, but at most ${MAX_ALIASES} are supported`);
  }
  return documents.map(document => {
    const data: unknown = document.toJS({ maxAliasCount: -1 });
    new AliasBudget().check(data);
    return data;
  });
}

/** Sorts keys, because data from other languages has no defined order. */
function sorted(value: unknown, path: string[] = []): unknown {
  if (Array.isArray(value)) {
    return value.map((child, i) => sorted(child, [...path, String(i)]));
  }
  if (isObject(value)) {
    refuseInstance(value, path);
    const keys = Object.keys(value)
      .filter(key => value[key] !== undefined)
      .sort();
    return Object.fromEntries(keys.map(key => [key, sorted(value[key], [...path, key])]));
  }
  if (value !== null && !['string', 'number', 'boolean'].includes(typeof value)) {
    const found = typeof value === 'function' ? 'a function' : String(value);
    throw new Error(`'${path.join('.')}' is ${found}, but must be a string, number, boolean, list or object`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`'${path.join('.')}' is ${value}, but must be a finite number`);
  }
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21) {
    throw new Error(`'${path.join('.')}' is ${value}, which can have lost digits`);
  }
  return value;
}

/** Refuses an object such as a Size, whose members are not data. */
function refuseInstance(value: object, path: readonly string[]): void {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    const type = prototype.constructor.name;
    throw new Error(`'${path.join('.')}' is a ${type}, but must be a string, number, boolean, list or object`);
  }
}

function stringsIn(value: unknown, depth: number, expected: string, path: string[] = []): unknown {
  if (isObject(value) && depth > 0) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map(key => [key, stringsIn(value[key], depth - 1, expected, [...path, key])]),
    );
  }
  return scalar(value, expected, path);
}

function flattened(value: Data, path: string[] = []): Record<string, string> {
  return Object.assign(
    {},
    ...Object.keys(value)
      .sort()
      .map(key => {
        const child = value[key];
        return isObject(child)
          ? flattened(child, [...path, key])
          : { [[...path, key].join('.')]: scalar(child, 'a value or properties below it', [...path, key]) };
      }),
  );
}

function scalar(value: unknown, expected: string, path: string[]): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new Error(`'${path.join('.')}' is ${JSON.stringify(value)}, but must be ${expected}`);
  }
  return String(value);
}

/** Chooses the quotes from which the common parser reads the value back, because dotenv has no defined grammar. */
function dotenvLine(name: string, value: string): string {
  const lines = ['', "'", '"', '`'].map(quote => `${name}=${quote}${value}${quote}\n`);
  return lines.find(line => parseDotenv(line)[name] === value) ?? lines[0];
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
