import { Size } from 'cdk8s';
import { parse as parseProperties } from 'dot-properties';
import { parse as parseDotenv } from 'dotenv';
import * as fc from 'fast-check';
import { parse as parseIni } from 'ini';
import { parse as parseYaml } from 'yaml';
import { ConfigFiles, ConfigSource, ConfiguredApp } from '../../src';
import { Format, parseByName, write } from '../../src/config/formats';
import { kind, synth } from '../synth';

// the values that other languages pass: no undefined, no NaN, no keys of Object.prototype
const scalar = fc.oneof(fc.string({ unit: 'binary' }).filter(isWellFormed), fc.integer(), fc.boolean());
const key = fc.string({ minLength: 1 }).filter(text => isWellFormed(text) && text !== '__proto__');

function isWellFormed(text: string): boolean {
  return Buffer.from(text, 'utf8').toString('utf8') === text;
}

function written(source: (path: string, data: any) => ConfigSource, data: any): string {
  const objects = synth(
    chart =>
      new ConfiguredApp(chart, 'app', {
        image: 'a:1',
        port: 8080,
        config: new ConfigFiles({ sources: [source('file', data)] }),
      }),
  );
  return kind(objects, 'ConfigMap').data.file;
}

test.each([
  ['yaml', ConfigSource.yaml, 'list:\n  - 1\n  - x: "yes"\n    "y": "0123"\nnested:\n  "on": true\n'],
  [
    'json',
    ConfigSource.json,
    '{\n  "list": [\n    1,\n    {\n      "x": "yes",\n      "y": "0123"\n    }\n  ],\n  "nested": {\n    "on": ' +
      'true\n  }\n}\n',
  ],
  ['toml', ConfigSource.toml, 'list = [ 1, { x = "yes", y = "0123" } ]\n\n[nested]\non = true\n'],
])('sorts the keys of %s and keeps strings', (_, source, expected) => {
  expect(written(source, { nested: { on: true }, list: [1, { y: '0123', x: 'yes' }] })).toBe(expected);
});

test.each([
  ['INI', ConfigSource.ini, 'a = 1\n\n[server]\nport = 80\n'],
  ['properties', ConfigSource.properties, 'a = 1\nserver.port = 80\n'],
])('writes %s', (_, source, expected) => {
  expect(written(source, { server: { port: 80 }, a: 1 })).toBe(expected);
});

test.each([
  ['YAML', 'key: LONG\n'],
  ['TOML', 'key = "LONG"\n'],
  ['INI', 'key = LONG\n'],
  ['properties', 'key = LONG\n'],
  ['dotenv', 'KEY=LONG\n'],
] as const)('writes a long value of %s in one line', (format, expected) => {
  const value = Array.from({ length: 50 }, (_, i) => `https://host-${i}.example.com/path`).join(' ');
  expect(write(format, { [expected.slice(0, 3)]: value })).toBe(expected.replace('LONG', () => value));
});

test('quotes dotenv values so that the parser reads them back', () => {
  const data = { PLAIN: 'a', SPACED: ' a b ', QUOTED: "it's", BOTH: 'a "b" \'c\'', LINES: 'a\nb', COMMENT: 'a #b' };
  expect(parseDotenv(written(ConfigSource.dotenv, data))).toEqual(data);
});

describe('writes any data so that it is read back, or throws an error, for', () => {
  const readsBack = (
    format: Format,
    data: fc.Arbitrary<any>,
    read: (text: string) => unknown,
    expected = (value: any): any => value,
  ) => {
    fc.assert(
      fc.property(data, value => {
        let text: string;
        try {
          text = write(format, value);
        } catch (error) {
          expect((error as Error).constructor).not.toBe(TypeError);
          return;
        }
        expect(read(text)).toEqual(expected(value));
      }),
      { numRuns: 300 },
    );
  };
  const json = fc.letrec(tie => ({
    value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
  })).value;
  const strings = (value: any): any =>
    typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([name, child]) => [name, strings(child)]))
      : String(value);

  test('YAML', () => readsBack('YAML', fc.dictionary(key, json), text => parseYaml(text)));
  test('YAML of 1.1', () => readsBack('YAML', fc.dictionary(key, scalar), text => parseYaml(text, { version: '1.1' })));
  test('JSON', () => readsBack('JSON', fc.dictionary(key, json), text => JSON.parse(text)));
  test('TOML', () =>
    readsBack('TOML', fc.dictionary(key, json), text => (parseByName('a.toml', text) as any).documents[0]));
  test('INI', () =>
    readsBack(
      'INI',
      fc.dictionary(key, fc.oneof(scalar, fc.dictionary(key, scalar))),
      text => strings(parseIni(text)),
      strings,
    ));
  test('properties', () => readsBack('properties', fc.dictionary(key, scalar), text => parseProperties(text), strings));
  test('dotenv', () => readsBack('dotenv', fc.dictionary(key, scalar), text => parseDotenv(text), strings));
});

test.each([
  ['TOML', ConfigSource.toml, { a: null }, 'reading it back returns other data'],
  ['INI', ConfigSource.ini, { a: {} }, 'reading it back returns other data'],
  ['dotenv', ConfigSource.dotenv, { A: '\'"`\n' }, 'reading it back returns other data'],
  ['JSON', ConfigSource.json, { a: [NaN] }, "'a.0' is NaN, but must be a finite number"],
  [
    'YAML',
    ConfigSource.yaml,
    { a: { b: Size.gibibytes(1) } },
    "'a.b' is a Size, but must be a string, number, boolean, list or object",
  ],
  ['JSON', ConfigSource.json, { a: 2 ** 60 }, "'a' is 1152921504606847000, which can have lost digits"],
  ['YAML', ConfigSource.yaml, 'text', 'the data is "text", but must be an object'],
  [
    'YAML',
    ConfigSource.yaml,
    { a: () => 1 },
    "'a' is a function, but must be a string, number, boolean, list or object",
  ],
  ['INI', ConfigSource.ini, { a: { b: { c: 1 } } }, '\'a.b\' is {"c":1}, but must be a value or a section of values'],
  ['properties', ConfigSource.properties, { a: [1] }, "'a' is [1], but must be a value or properties below it"],
  ['dotenv', ConfigSource.dotenv, { A: { b: 1 } }, '\'A\' is {"b":1}, but must be a value'],
])('refuses data that %s does not support: %#', (format, source, data, reason) => {
  expect(() => written(source, data)).toThrow(
    `[test/app/app-config] The data of 'file' cannot be written as ${format}: ${reason}. Change the data, or write ` +
      "the file with 'ConfigSource.text'.",
  );
});
