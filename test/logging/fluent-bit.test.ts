import { Size } from 'cdk8s';
import { parse } from 'yaml';
import { collectorOf, configOf, FORMATS, logged, SINKS } from './fixtures';
import { LogCollector, LogFormat, LogMultiline, LogShippingProps, LogTimeFormat } from '../../src';
import { podOf } from '../synth';

const objects = (props: Partial<LogShippingProps> = {}) => logged({ collector: LogCollector.fluentBit(), ...props });
const config = (props: Partial<LogShippingProps> = {}) => parse(configOf(objects(props)));
const output = (kind: string, i = 0) => config({ sinks: [SINKS[kind][i]] }).pipeline.outputs[0];
const scripts = (props: Partial<LogShippingProps>): string[] =>
  config(props).pipeline.filters.flatMap(({ code }: any) => code ?? []);

describe('Fluent Bit', () => {
  test('ends without taking what waits a second time, and tries again within seconds', () => {
    const { service } = config();
    expect(service).not.toHaveProperty(['storage.backlog.flush_on_shutdown']);
    expect(service).toMatchObject({ 'scheduler.base': 1, 'scheduler.cap': 8, 'grace': 15 });
  });

  test('has room for a record of exactly the largest size and its line break', () => {
    const {
      service,
      pipeline: {
        inputs: [tail],
      },
    } = config({ maxRecordSize: Size.mebibytes(2), multiline: LogMultiline.java() });
    expect(tail.buffer_max_size).toBe('2112k');
    expect(service.multiline_buffer_limit).toBe(`${2112 * 1024}`);
  });

  test('takes a record of several lines apart as a whole, without the line break at its end', () => {
    const props = {
      format: LogFormat.regex('^(?<level>[A-Z]+) (?<rest>.*)$'),
      multiline: LogMultiline.startsWith('^[A-Z]'),
    };
    const {
      parsers,
      multiline_parsers: [{ rules }],
    } = config(props);
    expect(parsers[0].regex).toBe('(?am:\\A(?<level>[A-Z]+) (?<rest>.*)\\z)');
    expect(rules.map(({ regex }: any) => regex)).toEqual(['/(?a:^[A-Z])/', '/^(?!.*(?a:^[A-Z]))/']);
    expect(scripts(props)[0]).toContain("gsub('\\r?\\n$', '')");
    expect(
      config({ multiline: LogMultiline.continuesWith('^ ') }).multiline_parsers[0].rules.map(({ regex }: any) => regex),
    ).toEqual(['/^(?!.*(?a:^ ))/', '/(?a:^ )/']);
  });

  test('keeps a line whole that only begins with a JSON object', () => {
    const {
      pipeline: { filters },
    } = config({ format: LogFormat.json() });
    expect(filters[0].code).toContain("if not whole then return 2, time, metadata, { ['@unparsed'] = line } end");
    expect(filters[2]).toMatchObject({ name: 'modify', rename: '@unparsed message', remove: '@timestamp' });
  });

  test.each<[string, LogFormat, string]>([
    ['iso8601', LogFormat.json({ time: { field: 'ts', format: LogTimeFormat.iso8601() } }), "instant(fields['ts'])"],
    ['unix seconds', LogFormat.logfmt({ time: { field: 'ts', format: LogTimeFormat.unixSeconds() } }), '#whole > 10'],
    [
      'unix milliseconds',
      LogFormat.json({ time: { field: 'time', format: LogTimeFormat.unixMilliseconds() } }),
      '#whole > 13',
    ],
    ['common log', LogFormat.nginx(), "'^(%d%d)%/(%a%a%a)%/(%d%d%d%d)%:(%d%d)%:(%d%d)%:(%d%d) ([Zz+-]%d*:?%d*)$'"],
    [
      'a zone',
      LogFormat.json({
        time: { field: 'ts', format: LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S,%L'), zone: 'Europe/Berlin' },
      }),
      "ffi.C.setenv('TZ', 'Europe/Berlin', 1)",
    ],
  ])('reads the time of a record: %s', (_, format, text) => {
    expect(scripts({ format }).join('\n')).toContain(text);
  });

  test('gives severity to OpenTelemetry alone', () => {
    const format = FORMATS.json();
    expect(scripts({ format })[0]).not.toContain('severity');
    const {
      pipeline: { outputs },
    } = config({ format, sinks: [SINKS.otlp[0], SINKS.loki[0]] });
    expect(scripts({ format, sinks: [SINKS.otlp[0]] })[0]).toContain('metadata.otlp = { severity_text = text');
    expect(outputs[0].processors.logs.map(({ key }: any) => key)).toEqual([
      undefined,
      'service.name',
      'k8s.namespace.name',
      'k8s.pod.name',
      'app',
      'namespace',
      'pod',
    ]);
    expect(outputs[1].processors.logs).toEqual([
      { name: 'content_modifier', context: 'attributes', action: 'delete', key: 'otlp' },
    ]);
  });

  test("says the time in each sink's own words", () => {
    for (const kind of ['stdout', 'http', 's3']) {
      expect(output(kind)).toMatchObject({ json_date_key: '@timestamp', json_date_format: 'iso8601' });
    }
    expect(output('elasticsearch')).toMatchObject({ time_key: '@timestamp', time_key_nanos: 'on' });
  });

  test('sends again to a search engine what it has not taken, by ids, and not for ever what it refuses', () => {
    expect(output('elasticsearch')).toMatchObject({
      name: 'opensearch',
      write_operation: 'create',
      generate_id: 'on',
      buffer_size: 'off',
      retry_limit: 750,
    });
  });

  test('has no sink for Kafka, whose client would lose in a crash what it holds', () => {
    expect(() => output('kafka')).toThrow(
      "Fluent Bit has no sink 'kafka'; it has 'stdout', 'loki', 'elasticsearch', 'opensearch', 'otlp', " +
        "'forward', 's3', 'http' and 'raw'. Take 'LogCollector.vector', or give its output as 'LogSink.raw' and " +
        'accept',
    );
  });

  test('sends a chunk to OpenTelemetry in one batch', () => {
    expect(output('otlp').batch_size).toBe(100_000);
  });

  test('reads credentials from files, and fills them in once', () => {
    const sinks = [SINKS.loki[0], SINKS.otlp[0], SINKS.forward[0]];
    const {
      env,
      pipeline: {
        outputs: [loki, otlp, forward],
      },
    } = config({ sinks });
    expect(env).toContainEqual({ name: 'DOLLAR', value: '$' });
    expect(env).toContainEqual({
      name: 'LOG_LOKI_PASSWORD',
      uri: 'file:///etc/log-collector-credentials/loki/PASSWORD',
    });
    expect(loki.http_passwd).toBe('${DOLLAR}{LOG_LOKI_PASSWORD}');
    expect(otlp.header).toBe('Authorization Bearer ${LOG_OTLP_TOKEN}');
    expect(forward.shared_key).toBe('${LOG_FORWARD_SHARED_KEY}');
    expect(podOf(objects({ sinks })).volumes.map(({ name }: any) => name)).toContain('logs-credentials');
    expect(config().env).toBeUndefined();
  });

  test("takes the keys of S3 from Amazon's variables, and finds a home", () => {
    const names = collectorOf(objects({ sinks: [SINKS.s3[0]] })).env.map(({ name }: any) => name);
    expect(names).toEqual(expect.arrayContaining(['HOME', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']));
    expect(output('s3').retry_limit).toBe(1_000_000);
  });
});
