import { stringify as stringifyProperties } from 'dot-properties';
import { parse as parseDotenv } from 'dotenv';
import { stringify as stringifyIni } from 'ini';
import type { TomlError } from 'smol-toml' with { 'resolution-mode': 'import' };
import { parseAllDocuments, stringify as stringifyYaml } from 'yaml';

// its types are those of an ES module, though it ships both kinds
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { parse: parseToml, stringify: stringifyToml } = require('smol-toml') as typeof import('smol-toml', { with: { 'resolution-mode': 'import' } });

/** Why a text is not what its name says; `where` is empty where the parser does not know. */
export interface SyntaxProblem {
  readonly format: string;
  readonly where: string;
  readonly what: string;
}

type Data = Record<string, unknown>;

/** Writes data in a format; throws an Error with a sentence when the format cannot hold it. */
export const WRITERS: Record<string, (data: Data) => string> = {
  YAML: data => stringifyYaml(sorted(data), { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0 }),
  JSON: data => `${JSON.stringify(sorted(data), undefined, 2)}\n`,
  TOML: data => stringifyToml(sorted(data) as Data),
  INI: data => stringifyIni(stringsIn(data, 2, 'a value or a section of values') as Data, { whitespace: true }),
  properties: data => `${stringifyProperties(flattened(data), { latin1: true })}\n`,
  dotenv: data => writeDotenv(stringsIn(data, 1, 'a value') as Record<string, string>),
};

/** Parses what a file's name says it holds: its documents, or the problem; undefined where the name says nothing. */
export function parseByName(path: string, text: string): { documents: unknown[] } | { problem: SyntaxProblem } | undefined {
  switch (/\.(ya?ml|json|toml)$/.exec(path)?.[1]) {
    case 'yaml':
    case 'yml': {
      const documents = parseAllDocuments(text);
      const error = [...documents].flatMap(document => document.errors)[0];
      if (error) {
        const at = error.linePos?.[0];
        return { problem: { format: 'YAML', where: at ? `line ${at.line}, column ${at.col}` : '', what: error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '') } };
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
    default:
      return undefined;
  }
}

/** Data of other languages has no order of its own: keys are sorted, lists stay as they are. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return isObject(value) ? Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])])) : value;
}

function stringsIn(value: unknown, depth: number, expected: string, at: string[] = []): unknown {
  if (isObject(value) && depth > 0) {
    return Object.fromEntries(Object.keys(value).sort().map(key => [key, stringsIn(value[key], depth - 1, expected, [...at, key])]));
  }
  return scalar(value, expected, at);
}

function flattened(value: Data, at: string[] = []): Record<string, string> {
  return Object.assign({}, ...Object.keys(value).sort().map(key => {
    const child = value[key];
    return isObject(child) ? flattened(child, [...at, key]) : { [[...at, key].join('.')]: scalar(child, 'a value or properties below it', [...at, key]) };
  }));
}

function scalar(value: unknown, expected: string, at: string[]): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new Error(`'${at.join('.')}' is ${JSON.stringify(value)}, where the format takes ${expected}`);
  }
  return String(value);
}

/** There is no one grammar of dotenv, so each line is written in the quotes from which the common parser reads it back. */
function writeDotenv(values: Record<string, string>): string {
  return Object.entries(values).map(([name, value]) => {
    const line = [value, `'${value}'`, `"${value}"`, `\`${value}\``].map(quoted => `${name}=${quoted}\n`).find(candidate => parseDotenv(candidate)[name] === value && Object.keys(parseDotenv(candidate)).length === 1);
    if (line === undefined) {
      throw new Error(`'${name}' is ${JSON.stringify(value)}, which no quotes of dotenv can hold`);
    }
    return line;
  }).join('');
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
