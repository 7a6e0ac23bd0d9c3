import { LogAuth, LogCollector, LogSink, LogTls } from '../../../src';
import { logged } from '../fixtures';

const auth = LogAuth.none('inside of the mesh');
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

test('does not print a password', () => {
  const message = /^\[test\/app\/logs\] 'sinks\[0\]\.url' contains a user, a password(?!.*hunter2)/;
  expect(sending(LogSink.http({ url: 'https://a:hunter2@c', auth }))).toThrow(message);
});
