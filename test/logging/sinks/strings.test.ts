import { LogAuth, LogCollector, LogSink } from '../../../src';
import { logged } from '../fixtures';

const auth = LogAuth.none('inside of the mesh');
const url = 'https://a';

test.each<[string, LogSink, string, LogCollector?]>([
  [
    'an index with a date',
    LogSink.elasticsearch({ url, auth, index: 'logs-%Y' }),
    "'sinks[0].index' is 'logs-%Y', which is not a valid index. Use lowercase letters, digits, '.', '_' and '-', " +
      'starting with a letter or digit.',
  ],
  [
    'a bucket with a variable',
    LogSink.s3({ bucket: '${BUCKET}', region: 'eu', auth }),
    "'sinks[0].bucket' is '${BUCKET}', which is not a valid bucket. Use 3 to 63 lowercase letters, digits, '.' and " +
      "'-'.",
  ],
  [
    'a region of two lines',
    LogSink.s3({ bucket: 'logs', region: 'a\nb', auth }),
    "'sinks[0].region' is 'a\nb', which is not a valid region. Use lowercase letters, digits and '-'.",
  ],
  [
    'a prefix with two slashes',
    LogSink.s3({ bucket: 'logs', region: 'eu', prefix: 'a//b', auth }),
    "'sinks[0].prefix' is 'a//b', which is not a valid prefix. Use letters, digits, '.', '_' and '-', with single " +
      'slashes between names.',
  ],
  [
    'a topic with a space',
    LogSink.kafka({ brokers: ['a:1'], topic: 'a b', auth }),
    "'sinks[0].topic' is 'a b', which is not a valid topic. Use at most 249 letters, digits, '.', '_' and '-'.",
    LogCollector.vector(),
  ],
  [
    'a tenant with a space',
    LogSink.loki({ url, tenant: 'a b', auth }),
    "'sinks[0].tenant' is 'a b', which is not a valid tenant. Use at most 150 letters, digits, '.', '_' and '-'.",
  ],
  [
    'a plugin of two words',
    LogSink.raw({ plugin: 'a b' }),
    "'sinks[0].plugin' is 'a b', which is not a valid plugin. Use letters, digits, '.', '_' and '-'.",
  ],
  [
    'a number',
    LogSink.loki({ url, tenant: 7 as any, auth }),
    "'sinks[0].tenant' is '7', which is not a valid tenant. ",
  ],
])('refuses %s', (_, sink, sentence, collector = LogCollector.fluentBit()) => {
  expect(() => logged({ collector, sinks: [sink] })).toThrow(`[test/app/logs] ${sentence}`);
});
