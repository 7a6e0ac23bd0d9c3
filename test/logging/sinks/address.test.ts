import { parse } from 'yaml';
import { LogAuth, LogCollector, LogSink, LogTls } from '../../../src';
import { COLLECTORS, configOf, logged } from '../fixtures';

const auth = LogAuth.none('inside of the mesh');
const S3_SINK = LogSink.s3({ bucket: 'logs', region: 'eu', endpoint: 'https://[fd00::1]:8080', auth });
const sending = (sink: LogSink) => () => logged({ collector: LogCollector.fluentBit(), sinks: [sink] });

test.each<[string, LogSink, string]>([
  [
    'a string that is not a URL',
    LogSink.http({ url: 'logs', auth }),
    "'sinks[0].url' is 'logs', which is not a URL. Write it as 'https://host:port/path'.",
  ],
  [
    'another scheme',
    LogSink.http({ url: 'ftp://a', auth }),
    "'sinks[0].url' is 'ftp://a', which is neither HTTPS nor HTTP. Start it with 'https://'.",
  ],
  [
    'a variable',
    LogSink.http({ url: 'https://a/$B', auth }),
    "'sinks[0].url' is 'https://a/$B', but collectors read '$' as a variable. Write '%24' instead of '$'.",
  ],
  [
    'a fragment',
    LogSink.http({ url: 'https://a/#b', auth }),
    "'sinks[0].url' contains a user, a password, a query or a fragment, which everyone who can read the ConfigMap " +
      "would see. Remove it, and pass credentials with 'auth'.",
  ],
  [
    'an unencrypted URL',
    LogSink.http({ url: 'http://a', auth }),
    "'sinks[0].url' is 'http://a', which is not encrypted. Use 'https://', or set 'tls: LogTls.off(reason)' with the " +
      'reason.',
  ],
  [
    'an encrypted URL without encryption',
    LogSink.http({ url: 'https://a', auth, tls: LogTls.off('inside of the mesh') }),
    "'sinks[0].url' is 'https://a', but 'tls' is 'LogTls.off'. Omit 'tls' to encrypt the connection, or use 'http://'.",
  ],
  [
    'an unencrypted endpoint',
    LogSink.s3({ bucket: 'logs', region: 'eu', endpoint: 'http://s3', auth }),
    "'sinks[0].endpoint' is 'http://s3', which is not encrypted. ",
  ],
])('refuses %s', (_, sink, sentence) => {
  expect(sending(sink)).toThrow(`[test/app/logs] ${sentence}`);
});

describe('a URL with an IPv6 address', () => {
  const url = 'https://[FD00::0:1]:8080/in';
  const config = (collector: LogCollector, sink: LogSink) => configOf(logged({ collector, sinks: [sink] }));
  const http = LogSink.http({ url, auth });

  test('has no brackets in a setting for the host', () => {
    expect(parse(config(LogCollector.fluentBit(), http)).pipeline.outputs[0]).toMatchObject({
      host: 'fd00::1',
      port: 8080,
      uri: '/in',
    });
    const elasticsearch = LogSink.elasticsearch({ url, auth });
    expect(config(COLLECTORS.fluentd.collector, elasticsearch)).toContain('host fd00::1\n');
    expect(parse(config(LogCollector.fluentBit(), elasticsearch)).pipeline.outputs[0].host).toBe('fd00::1');
  });

  test.each<[string, LogCollector, LogSink]>([
    ['Vector, HTTP', LogCollector.vector(), http],
    ['Vector, Loki', LogCollector.vector(), LogSink.loki({ url, auth })],
    ['Vector, S3', LogCollector.vector(), S3_SINK],
    ['Fluentd, HTTP', LogCollector.fluentd(), http],
    ['Fluentd, Loki', COLLECTORS.fluentd.collector, LogSink.loki({ url, auth })],
    ['Fluent Bit, S3', LogCollector.fluentBit(), S3_SINK],
    ['OpenTelemetry, OTLP', LogCollector.openTelemetry(), LogSink.otlp({ url, auth })],
    ['OpenTelemetry, Loki', LogCollector.openTelemetry(), LogSink.loki({ url, auth })],
  ])('has brackets in a URL: %s', (_, collector, sink) => {
    expect(config(collector, sink)).toContain('https://[fd00::1]:8080');
  });

  test.each([
    'https://fd00::1',
    'https://[fe80::1%25eth0]',
    'https://[fe80::1%eth0]',
    'https://[fd00::1',
    'https://[]',
  ])('is refused as %s', invalid => {
    expect(sending(LogSink.http({ url: invalid, auth }))).toThrow(
      `'sinks[0].url' is '${invalid}', which is not a URL.`,
    );
  });
});

test('does not print a password', () => {
  const message = /^\[test\/app\/logs\] 'sinks\[0\]\.url' contains a user, a password(?!.*hunter2)/;
  expect(sending(LogSink.http({ url: 'https://a:hunter2@c', auth }))).toThrow(message);
});
