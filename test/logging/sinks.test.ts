import { parse } from 'yaml';
import { COLLECTORS, collectorOf, configOf, logged } from './fixtures';
import { PROBLEMS } from './formats/problems';
import { LogAuth, LogCollector, LogSink, LogTls, RawLogSinkOptions, SecretSource } from '../../src';

const secret = SecretSource.fromName('sink');
const auth = LogAuth.none('inside of the mesh');
const fits = (sink: LogSink) => (sink._definition.kind === 'kafka' ? LogCollector.vector() : LogCollector.fluentBit());
const refused =
  (sink: LogSink, collector = fits(sink)) =>
  () =>
    logged({ collector, sinks: [sink] });

describe('a sink is refused with', () => {
  test.each<[string, LogSink, string]>([
    [
      'an index that holds a date',
      LogSink.elasticsearch({ url: 'https://a', auth, index: 'logs-%Y' }),
      "Sink 'elasticsearch' has the index 'logs-%Y'. Use lower-case letters, digits, '.', '_' and '-', " +
        'beginning with a letter or digit',
    ],
    [
      'a bucket with a variable',
      LogSink.s3({ bucket: '${BUCKET}', region: 'eu', auth }),
      "Sink 's3' has the bucket '${BUCKET}'. Use 3 to 63 lower-case letters, digits, '.' and '-'",
    ],
    [
      'a region of two lines',
      LogSink.s3({ bucket: 'logs', region: 'a\nb', auth }),
      "sink 's3' has the region 'a\nb'. use lower-case letters, digits and '-'",
    ],
    [
      'a prefix with two slashes',
      LogSink.s3({ bucket: 'logs', region: 'eu', prefix: 'a//b', auth }),
      "Sink 's3' has the prefix 'a//b'. Use letters, digits, '.', '_' and '-', with single slashes between them",
    ],
    [
      'a topic with a space',
      LogSink.kafka({ brokers: ['a:1'], topic: 'a b', auth }),
      "Sink 'kafka' has the topic 'a b'. Use at most 249 letters, digits, '.', '_' and '-'",
    ],
    [
      'a tenant with a space',
      LogSink.loki({ url: 'https://a', tenant: 'a b', auth }),
      "Sink 'loki' has the tenant 'a b'. Use letters, digits, '.', '_' and '-'",
    ],
    [
      'a label with a list',
      LogSink.loki({ url: 'https://a', labels: { team: 'a,b=c' }, auth }),
      "Sink 'loki' has the label 'team' with the value 'a,b=c'. Use letters, digits and '_' in names, and '.', " +
        "':', '/', '@', '+' and '-' beside them in values",
    ],
    [
      'a label of its own',
      LogSink.loki({ url: 'https://a', labels: { pod: 'a' }, auth }),
      "Sink 'loki' has the label 'pod', which every stream has already. Leave it out",
    ],
    [
      'a url with a variable',
      LogSink.http({ url: 'https://a/$B', auth }),
      "Sink 'http' has the url 'https://a/$B' with a '$', which collectors take for a variable. Write it as '%24'",
    ],
    [
      'a url with a fragment',
      LogSink.http({ url: 'https://a/#b', auth }),
      "Sink 'http' has a url with a user, a password, a query or a fragment, where everybody who reads the " +
        "configuration would see it. Give credentials as 'auth'",
    ],
    [
      'a url with a password',
      LogSink.http({ url: 'https://a:b@c', auth }),
      "Sink 'http' has a url with a user, a password, a query or a fragment",
    ],
    [
      'a url in the clear',
      LogSink.http({ url: 'http://a', auth }),
      "Sink 'http' has the url 'http://a', which is not encrypted. Write it as 'https://', or say why not with " +
        "'tls: LogTls.off(reason)'",
    ],
    [
      'an encrypted url in the clear',
      LogSink.http({ url: 'https://a', auth, tls: LogTls.off('inside of the mesh') }),
      "Sink 'http' has the encrypted url 'https://a' and 'LogTls.off'. Leave one of the two out",
    ],
    [
      'no url',
      LogSink.http({ url: 'logs', auth }),
      "Sink 'http' has the url 'logs', which is not one. Write it as 'https://host:port/path'",
    ],
    [
      'a host with a scheme',
      LogSink.forward({ host: 'https://a', auth }),
      "Sink 'forward' has the host 'https://a', which is not a name or an address. Write it without a scheme, " +
        'port or path',
    ],
    [
      'a broker without a port',
      LogSink.kafka({ brokers: ['a'], topic: 'b', auth }),
      "Sink 'kafka' has the broker 'a'. Write brokers as 'host:port', for example 'kafka.example.com:9093'",
    ],
    [
      'no credential',
      LogSink.s3({ bucket: 'logs', region: 'eu' } as any),
      "Sink 's3' has no credential. Give it 'auth' with 'LogAuth.accessKey', or say why it needs none with " +
        "'LogAuth.none(reason)'",
    ],
    [
      'no reason',
      LogSink.http({ url: 'https://a', auth: LogAuth.none('mesh') }),
      "The reason of 'LogAuth.none' of sink 'http' is 'mesh'. Say why in at least three words",
    ],
    [
      'a setting without a value',
      LogSink.raw({ plugin: 'splunk', config: { host: null } }),
      "Sink 'raw' has no value at 'config.host'. Give it one, or leave it out",
    ],
    [
      'a setting that begins a section',
      LogSink.raw({ plugin: 'splunk', config: { a: { '<b': 1 } } }),
      "Sink 'raw' has the setting '<b' in 'config.a', which no collector can have. Write its name without " +
        "spaces, quotes, '#', '<' and '>'",
    ],
    [
      'a type of two words',
      LogSink.raw({ plugin: 'a b' }),
      "Sink 'raw' has the plugin 'a b'. Use letters, digits, '.', '_' and '-'",
    ],
  ])('%s', (_, sink, sentence) => {
    expect(refused(sink)).toThrow(`[test/app/logs] ${sentence}`);
  });
});

describe('sinks', () => {
  const s3 = (name: string, from: SecretSource) =>
    LogSink.s3({ name, bucket: 'logs', region: 'eu-west-1', auth: LogAuth.accessKey({ secret: from }) });

  test('for S3 have their access key where Fluent Bit looks for it, and share one', () => {
    const collector = LogCollector.fluentBit();
    expect(collectorOf(logged({ collector, sinks: [s3('a', secret), s3('b', secret)] })).env).toEqual(
      expect.arrayContaining([
        { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'sink', key: 'access-key-id' } } },
        { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 'sink', key: 'secret-access-key' } } },
      ]),
    );
    expect(() => logged({ collector, sinks: [s3('a', secret), s3('b', SecretSource.fromName('other'))] })).toThrow(
      "[test/app/logs] Two sinks set the variable 'AWS_ACCESS_KEY_ID' from different Secrets. Fluent Bit takes " +
        'it for all of them, so let them use one',
    );
  });

  test('for S3 have the two stores of Fluent Bit within one buffer', () => {
    const [output] = parse(configOf(logged({ collector: LogCollector.fluentBit(), sinks: [s3('a', secret)] }))).pipeline
      .outputs;
    expect([output['storage.total_limit_size'], output.store_dir_limit_size]).toEqual(['32768K', '32768K']);
  });

  test.each(Object.keys(COLLECTORS))('may have the names that %s has for its own parts', name => {
    const { collector } = COLLECTORS[name];
    const sinks = ['files', 'monitor', 'metrics', 'origin', 'sinks', 'storage', 'tmp', 'positions', 'records'].map(
      one => LogSink.loki({ name: one, url: 'https://loki', auth }),
    );
    const text = configOf(logged({ collector, sinks }));
    expect(PROBLEMS[name](text)).toEqual([]);
    expect(text).not.toMatch(/log-collector\/(tmp|storage|positions)\/?$[^]*log-collector\/\1\/?$/m);
  });

  test("in a collector's own words keep what the library sets for all", () => {
    const raw = (config: RawLogSinkOptions['config']) => ({ sinks: [LogSink.raw({ plugin: 'null', config })] });
    const fluentd = configOf(
      logged({
        collector: LogCollector.fluentd(),
        ...raw({ '@type': 'x', '@id': 'x', 'buffer': { path: '/' }, 'never_flush': true }),
      }),
    );
    expect(PROBLEMS.fluentd(fluentd)).toEqual([]);
    const fluentBit = parse(
      configOf(
        logged({
          collector: LogCollector.fluentBit(),
          ...raw({ 'match': 'x', 'alias': 'x', 'name': 'x', 'storage.total_limit_size': '1T' }),
        }),
      ),
    );
    expect(fluentBit.pipeline.outputs).toEqual([
      {
        'name': 'null',
        'match': 'logs',
        'alias': 'raw',
        'storage.total_limit_size': '65536K',
        'retry_limit': 'no_limits',
      },
    ]);
    const vector = parse(
      configOf(logged({ collector: LogCollector.vector(), ...raw({ type: 'x', inputs: ['x'], buffer: {} }) })),
    );
    expect(vector.sinks.to_raw).toMatchObject({
      type: 'null',
      inputs: ['records_raw'],
      buffer: { type: 'memory', when_full: 'block' },
    });
  });

  test("in Fluentd's words have lists of values, and values of several lines", () => {
    const sink = LogSink.raw({
      plugin: 'http',
      config: {
        endpoint: 'https://a',
        retryable_response_codes: [500, 503],
        headers: '{"a":\n"b"}',
        format: { '@type': 'json' },
      },
    });
    const text = configOf(logged({ collector: LogCollector.fluentd(), sinks: [sink] }));
    expect(text).toContain('retryable_response_codes [500,503]');
    expect(text).toContain('headers "{\\"a\\":\\n\\"b\\"}"');
    expect(PROBLEMS.fluentd(text)).toEqual([]);
  });
});
