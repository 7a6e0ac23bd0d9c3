import { parse } from 'yaml';
import { LogCollector, LogSink, RawLogSinkOptions } from '../../../src';
import { configOf, logged } from '../fixtures';
import { PROBLEMS } from '../formats/problems';

const shipped = (collector: LogCollector, options: RawLogSinkOptions) =>
  configOf(logged({ collector, sinks: [LogSink.raw(options)] }));

test.each<[string, RawLogSinkOptions, string]>([
  [
    'a setting without a value',
    { plugin: 'splunk', config: { host: null } },
    "'sinks[0].config.host' has no value. Set a value, or remove the setting.",
  ],
  ['a number that is not finite', { plugin: 'splunk', config: { port: NaN } }, "'sinks[0].config.port' has no value. "],
  [
    'a name that would start a section',
    { plugin: 'splunk', config: { a: { '<b': 1 } } },
    "'sinks[0].config.a' contains the setting '<b', whose name no collector accepts. Use a name without spaces, " +
      "quotes, '\\', '#', '<' and '>'.",
  ],
  [
    'settings from elsewhere',
    { plugin: 'splunk', config: { a: { '@include': 'https://example.com/all.conf' } } },
    "'sinks[0].config.a' contains '@include', which reads further settings from a file or a URL that nothing checks. " +
      'Write these settings here.',
  ],
  [
    'a variable without a Secret',
    { plugin: 'splunk', env: { TOKEN: { key: 'token' } as any } },
    "'sinks[0].env.TOKEN' has no 'secret'. Set it, for example 'secret: SecretSource.fromName(name)'.",
  ],
])('refuses %s', (_, options, sentence) => {
  expect(() => shipped(LogCollector.fluentBit(), options)).toThrow(`[test/app/logs] ${sentence}`);
});

describe('settings of this library cannot be overwritten', () => {
  test('in Fluentd', () => {
    const text = shipped(LogCollector.fluentd(), {
      plugin: 'null',
      config: { '@type': 'x', '@id': 'x', 'buffer': { path: '/' }, 'never_flush': true },
    });
    expect(PROBLEMS.fluentd(text)).toEqual([]);
    expect(text).not.toContain('@type x');
  });

  test('in Fluent Bit', () => {
    const config = { 'match': 'x', 'alias': 'x', 'name': 'x', 'storage.total_limit_size': '1T' };
    expect(parse(shipped(LogCollector.fluentBit(), { plugin: 'null', config })).pipeline.outputs).toEqual([
      {
        'name': 'null',
        'match': 'logs',
        'alias': 'raw',
        'storage.total_limit_size': '65536K',
        'retry_limit': 'no_limits',
      },
    ]);
  });

  test('in Vector', () => {
    const config = { type: 'x', inputs: ['x'], buffer: {} };
    expect(parse(shipped(LogCollector.vector(), { plugin: 'null', config })).sinks.to_raw).toMatchObject({
      type: 'null',
      inputs: ['records_raw'],
      buffer: { type: 'memory', when_full: 'block' },
    });
  });
});

test('lists and values of several lines are written in the syntax of Fluentd', () => {
  const text = shipped(LogCollector.fluentd(), {
    plugin: 'http',
    config: {
      endpoint: 'https://a',
      retryable_response_codes: [500, 503],
      headers: '{"a":\n"b"}',
      format: { '@type': 'json' },
    },
  });
  expect(text).toContain('retryable_response_codes [500,503]');
  expect(text).toContain('headers "{\\"a\\":\\n\\"b\\"}"');
  expect(PROBLEMS.fluentd(text)).toEqual([]);
});
