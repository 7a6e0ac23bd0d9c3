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
