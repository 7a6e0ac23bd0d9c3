import { isDeepStrictEqual } from 'util';
import { parse as parseProperties, stringify as stringifyProperties } from 'dot-properties';
import { parse as parseDotenv } from 'dotenv';
import { parse as parseIni, stringify as stringifyIni } from 'ini';
import type { TomlError } from 'smol-toml' with { 'resolution-mode': 'import' };
import { parse as parseYaml, parseAllDocuments, stringify as stringifyYaml } from 'yaml';

// its types are those of an ES module, though it ships both kinds
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { parse: parseToml, stringify: stringifyToml } = require('smol-toml') as typeof import('smol-toml', {
  with: { 'resolution-mode': 'import' },
});

/** Why a text is not what its name says; `where` is empty where the parser does not know. */
export interface SyntaxProblem {
  readonly format: string;
  readonly where: string;
  readonly what: string;
}

type Data = Record<string, unknown>;

interface Format {
  readonly write: (data: Data) => string;
  readonly read: (text: string) => unknown;
  /** What `read` is to find, where the format knows strings alone. */
  readonly meant?: (data: Data) => unknown;
}

const FORMATS: Record<string, Format> = {
  YAML: {
    write: data => stringifyYaml(data, { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0 }),
    read: text => parseYaml(text),
  },
  JSON: { write: data => `${JSON.stringify(data, undefined, 2)}\n`, read: text => JSON.parse(text) },
  TOML: { write: stringifyToml, read: text => parseToml(text) },
  INI: {
    write: data => stringifyIni(data, { whitespace: true }),
    read: text => stringsIn(parseIni(text), 2, 'a value'),
    meant: data => stringsIn(data, 2, 'a value or a section of values'),
  },
  properties: {
    write: data => `${stringifyProperties(flattened(data), { latin1: true })}\n`,
    read: text => parseProperties(text),
    meant: data => flattened(data),
  },
  dotenv: {
    write: data =>
      Object.entries(data)
        .map(([name, value]) => dotenvLine(name, String(value)))
        .join(''),
    read: text => parseDotenv(text),
    meant: data => stringsIn(data, 1, 'a value'),
  },
};

/** Writes data in a format, and reads it back: throws an Error with a sentence when the format cannot hold it. */
export function write(name: string, data: unknown): string {
  if (!isObject(data)) {
    throw new Error(`it is ${JSON.stringify(data)}, where an object is needed`);
  }
  const format = FORMATS[name];
  const plain = sorted(data) as Data;
  const meant = format.meant?.(plain) ?? plain;
  const text = format.write(plain);
  // parsers make objects of other prototypes
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(format.read(text))), JSON.parse(JSON.stringify(meant)))) {
    throw new Error('it would not be read back as it is');
  }
  return text;
}

/** Parses what a file's name says it holds: its documents, or the problem; undefined where the name says nothing. */
export function parseByName(
  path: string,
  text: string,
): { documents: unknown[] } | { problem: SyntaxProblem } | undefined {
  switch (/\.(ya?ml|json|toml)$/.exec(path)?.[1]) {
    case 'yaml':
    case 'yml': {
      const documents = parseAllDocuments(text);
      const error = [...documents].flatMap(document => document.errors)[0];
      if (error) {
        const at = error.linePos?.[0];
        return {
          problem: {
            format: 'YAML',
            where: at ? `line ${at.line}, column ${at.col}` : '',
            what: error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, ''),
          },
        };
      }
      return { documents: [...documents].map(document => document.toJS()) };
    }
    case 'json':
      try {
        return { documents: [JSON.parse(text)] };
      } catch (error) {
        return { problem: { format: 'JSON', where: '', what: (error as Error).message } };
      }
    case 'toml':
      try {
        return { documents: [parseToml(text)] };
      } catch (error) {
        const { line, column, message } = error as TomlError;
        return { problem: { format: 'TOML', where: `line ${line}, column ${column}`, what: message.split('\n')[0] } };
      }
    case undefined:
    default:
      return undefined;
  }
}

/** Data of other languages has no order of its own: keys are sorted, lists stay as they are. */
function sorted(value: unknown, at: string[] = []): unknown {
  if (Array.isArray(value)) {
    return value.map((child, i) => sorted(child, [...at, String(i)]));
  }
  if (isObject(value)) {
    const keys = Object.keys(value)
      .filter(key => value[key] !== undefined)
      .sort();
    return Object.fromEntries(keys.map(key => [key, sorted(value[key], [...at, key])]));
  }
  if (value !== null && !['string', 'number', 'boolean'].includes(typeof value)) {
    throw new Error(`'${at.join('.')}' is ${value}, where a string, number, boolean, list or object is needed`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`'${at.join('.')}' is ${value}, which is not a number that can be written`);
  }
  return value;
}

function stringsIn(value: unknown, depth: number, expected: string, at: string[] = []): unknown {
  if (isObject(value) && depth > 0) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map(key => [key, stringsIn(value[key], depth - 1, expected, [...at, key])]),
    );
  }
  return scalar(value, expected, at);
}

function flattened(value: Data, at: string[] = []): Record<string, string> {
  return Object.assign(
    {},
    ...Object.keys(value)
      .sort()
      .map(key => {
        const child = value[key];
        return isObject(child)
          ? flattened(child, [...at, key])
          : { [[...at, key].join('.')]: scalar(child, 'a value or properties below it', [...at, key]) };
      }),
  );
}

function scalar(value: unknown, expected: string, at: string[]): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new Error(`'${at.join('.')}' is ${JSON.stringify(value)}, where the format takes ${expected}`);
  }
  return String(value);
}

/** There is no one grammar of dotenv, so a line is written in the quotes from which the common parser reads it back. */
function dotenvLine(name: string, value: string): string {
  const lines = ['', "'", '"', '`'].map(quote => `${name}=${quote}${value}${quote}\n`);
  return lines.find(line => parseDotenv(line)[name] === value) ?? lines[0];
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
