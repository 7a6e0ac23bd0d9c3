import { logged } from './fixtures';
import { LogCollector, LogFormat, LogMultiline } from '../../src';

test.each<[string, LogCollector, string]>([
  [
    'the OpenTelemetry Collector',
    LogCollector.openTelemetry(),
    "Use 'LogCollector.fluentBit' or 'LogCollector.vector', or use 'LogFormat.regex'.",
  ],
  [
    'Fluentd',
    LogCollector.fluentd(),
    "Use 'LogCollector.fluentBit' or 'LogCollector.vector', or use an image with fluent-plugin-parser-logfmt and set " +
      "'plugins: [FluentdPlugin.LOGFMT]'.",
  ],
])('refuses a format that %s does not support, and names the alternatives', (title, collector, remedy) => {
  expect(() => logged({ collector, format: LogFormat.logfmt() })).toThrow(
    `[test/app/logs] 'format' is 'LogFormat.logfmt', which ${title} does not support. ${remedy}`,
  );
});

test('refuses an expression without a named group', () => {
  expect(() => logged({ format: LogFormat.regex('.*') })).toThrow(
    "[test/app/logs] The pattern '.*' of 'format' has no named group, so it would find no field. Add a named group, " +
      "for example '(?<level>[A-Z]+)'.",
  );
});

test('refuses a multiline pattern that matches every line', () => {
  expect(() => logged({ multiline: LogMultiline.startsWith('x*') })).toThrow(
    "[test/app/logs] The pattern 'x*' of 'multiline' matches an empty line, so every line would start a record. Use " +
      'a pattern that matches only the first line of a record.',
  );
});

test.each<[string, () => unknown]>([
  ['format', () => logged({ format: LogFormat.regex('(?<a>[') })],
  ['multiline', () => logged({ multiline: LogMultiline.startsWith('(?<a>[') })],
])("refuses an invalid expression of '%s'", (prop, ship) => {
  expect(ship).toThrow(
    `[test/app/logs] The pattern '(?<a>[' of '${prop}' is not a valid regular expression: unterminated character ` +
      'class. Correct the expression.',
  );
});

test('refuses a severity field that is not at the top level of a record', () => {
  expect(() => logged({ format: LogFormat.json({ severityField: 'log level' }) })).toThrow(
    "[test/app/logs] 'format.severityField' is 'log level', which is not a valid field name. Name a top-level field " +
      "of the record, with letters, digits, '_', '-' and '@'.",
  );
});
