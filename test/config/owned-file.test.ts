import { configured, expectRefusal, fileProps } from './fixtures';
import { ConfigSource } from '../../src';

const SCHEMA = {
  type: 'object',
  required: ['port'],
  properties: { port: { type: 'integer' }, level: { enum: ['info', 'debug'] } },
  additionalProperties: false,
};

test.each(['../a', '/a', 'a//b', 'a/../b', '..a', '', 'a:b', 'a\\b', 'a\nb'])('refuses the path %j', name => {
  expectRefusal(
    fileProps(name, ''),
    `'${name}' is not a valid path below the mount. Use a relative path with '/' between names, without '.', '..', ` +
      "':', '\\' or control characters, that does not start with '..'.",
  );
});

test('refuses an invalid mode', () => {
  expectRefusal(
    fileProps('a', '', { mode: 0o1777 }),
    "Invalid value 1023 for 'mode' of 'a'. Use a whole number from 0 to 511.",
  );
});

test.each([
  ['a.yaml', 'a: [1\nb: 2\n', "'a.yaml' is not valid YAML at line 2, column 1: "],
  ['a.yml', 'a: 1\na: 2\n', "'a.yml' is not valid YAML at line 2, column 1: Map keys must be unique"],
  ['a.json', '{"a": }', "'a.json' is not valid JSON: "],
  ['a.toml', 'a = \n', "'a.toml' is not valid TOML at line 1, column 5: "],
])('refuses a syntax error in %s, unless it is not checked', (name, content, error) => {
  expectRefusal(fileProps(name, content), error);
  expect(() => configured(fileProps(name, content))).toThrow(
    /Correct it, or set 'checkSyntax: false' if it is not (YAML|JSON|TOML)\.$/,
  );
  expect(() => configured(fileProps(name, content, { checkSyntax: false }))).not.toThrow();
});

describe('aliases of YAML', () => {
  const repeated = (times: number, line: (i: number) => string) =>
    Array.from({ length: times }, (_, i) => line(i)).join('');
  const bomb = (levels: number, width: number) =>
    `a0: &a0 [x]\n${repeated(levels, i => `a${i + 1}: &a${i + 1} [${repeated(width, () => `*a${i}, `)}]\n`)}`;

  test.each([
    ['150 times a string', `a: &a x\nb:\n${repeated(150, () => '- *a\n')}`],
    ['500 times a mapping', `a: &a {b: {c: 1}}\nb:\n${repeated(500, () => '- *a\n')}`],
    ['300 merged mappings', `a: &a {b: 1}\n${repeated(300, i => `m${i}: {<<: *a, c: ${i}}\n`)}`],
    ['a chain of 100', `a0: &a0 x\n${repeated(100, i => `a${i + 1}: &a${i + 1} [*a${i}]\n`)}`],
    ['an anchor that is set twice', 'a: &a 1\nb: &a 2\nc: *a\n'],
    ['a key with an anchor', '&a x: 1\ny: *a\n'],
    ['three levels of ten', bomb(3, 10)],
    ['aliases in several documents', `a: &a x\nb: *a\n---\na: &a x\nb: *a\n`],
  ])('can be %s', (_, content) => {
    expect(() => configured(fileProps('a.yaml', content))).not.toThrow();
  });

  const EXPANDED = 'The aliases expand to more values than kubectl accepts.';

  test.each([
    ['ten levels of ten', bomb(10, 10), EXPANDED],
    ['four levels of sixty', bomb(4, 60), EXPANDED],
    ['three levels of a thousand', bomb(3, 1000), EXPANDED],
    [
      'too many',
      `a: &a x\nb:\n${repeated(10_001, () => '- *a\n')}`,
      'it has 10001 aliases, but at most 10000 are supported.',
    ],
    ['a value that contains itself', 'a: &a\n  b: *a\n', 'An alias refers to a value that contains the alias.'],
    ['a list that contains itself', '&a [x, *a]\n', 'An alias refers to a value that contains the alias.'],
    [
      'a bomb without spaces',
      `{"a0":&a0 ["x"]${repeated(9, i => `,"a${i + 1}":&a${i + 1} [${repeated(9, () => `*a${i} ,`)}]`)}}`,
      EXPANDED,
    ],
    [
      'a bomb of mappings',
      `a0: &a0 {x: 1}\n${repeated(9, i => `a${i + 1}: &a${i + 1} {${repeated(9, j => `k${j}: *a${i}, `)}}\n`)}`,
      EXPANDED,
    ],
    ['a bomb in the second document', `a: 1\n---\n${bomb(10, 10)}`, EXPANDED],
    ['an alias without an anchor', 'a: *b\n', 'Unresolved alias (the anchor must be set before the alias): b.'],
    [
      'an alias before its anchor',
      'a: *b\nb: &b 1\n',
      'Unresolved alias (the anchor must be set before the alias): b.',
    ],
    [
      'an alias of another document',
      'a: &b 1\n---\na: *b\n',
      'Unresolved alias (the anchor must be set before the alias): b.',
    ],
  ])('are refused as %s, with the path and the remedy', (_, content, problem) => {
    expectRefusal(
      fileProps('conf/a.yaml', content),
      `'conf/a.yaml' is not valid YAML: ${problem} Correct it, or set 'checkSyntax: false' if it is not YAML.`,
    );
  });
});

test('accepts several YAML documents and tags', () => {
  expect(() => configured(fileProps('a.yaml', '--- \na: 1\n--- \nb: !Ref x\n'))).not.toThrow();
});

test('refuses data and files that violate their schema', () => {
  expectRefusal(
    { sources: [ConfigSource.yaml('a.yaml', { port: '80', level: 'trace', x: 1 }, { schema: SCHEMA })] },
    "'a.yaml' violates its schema: '/' must NOT have additional properties (x); '/port' must be integer; '/level' " +
      'must be equal to one of the allowed values (info, debug). Change the data or the schema.',
  );
  const schema = { ...SCHEMA, $schema: 'https://json-schema.org/draft/2020-12/schema' };
  expectRefusal(
    fileProps('a.json', '{"level": "info"}', { schema }),
    "'a.json' violates its schema: '/' must have required property 'port'. Change the data or the schema.",
  );
  expect(() => configured({ sources: [ConfigSource.ini('a.ini', { port: 1 }, { schema: SCHEMA })] })).not.toThrow();
});

test('refuses a schema for a file whose format is not known', () => {
  expectRefusal(
    fileProps('a.conf', 'x', { schema: SCHEMA }),
    "'a.conf' has a 'schema', but the extension of its name is not '.yaml', '.yml', '.json' or '.toml'. Use one of " +
      "these extensions, or omit 'schema'.",
  );
});

test('refuses an invalid schema', () => {
  expectRefusal(
    { sources: [ConfigSource.yaml('a.yaml', {}, { schema: { type: 'nonsense' } })] },
    "The 'schema' of 'a.yaml' is not a valid JSON Schema: ",
  );
});

test('refuses half of a surrogate pair', () => {
  expectRefusal(
    fileProps('a.txt', '\ud800'),
    "'a.txt' contains half of a surrogate pair, which UTF-8 cannot encode. Use the whole character.",
  );
});

test('refuses a mode that was not written as an octal number', () => {
  expectRefusal(
    fileProps('run.sh', 'true\n', { mode: 444 }),
    "'mode' of 'run.sh' is the decimal number 444, which is 0674 and not 0444. Write it as an octal number: 0o444.",
  );
});

test.each([
  ['run.sh', '#!/bin/sh\r\ntrue\r\n', "has Windows line endings, so the kernel looks for the interpreter '/bin/sh\\r'"],
  ['run.sh', 'true\r\n', "has Windows line endings, so the shell reads '\\r' as the end of each command"],
  ['app.properties', '\uFEFFa=b\n', 'starts with a byte order mark, which becomes part of its first line'],
])('refuses %s with %j', (name, content, problem) => {
  expectRefusal(fileProps(name, content), `'${name}' ${problem}`);
});

test('accepts other files with Windows line endings', () => {
  expect(() => configured(fileProps('prices.csv', 'a,1\r\nb,2\r\n'))).not.toThrow();
});
