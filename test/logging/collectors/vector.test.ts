import { parse } from 'yaml';
import { LogAuth, LogCollector, LogFormat, LogMultiline, LogSink, LogTimeFormat } from '../../../src';
import { collectorOf, configOf, logged, SINKS } from '../fixtures';

const collector = LogCollector.vector();
const NONE = LogAuth.none('inside of the mesh');
const rendered = (props = {}) => configOf(logged({ collector, ...props }));
const config = (props = {}) => parse(rendered(props));
const program = (props = {}, sink = 'stdout') =>
  config({ sinks: [SINKS[sink][0]], ...props }).transforms[`records_${sink}`].source;
const KINDS = ['stdout', 'loki', 'elasticsearch', 'opensearch', 'otlp', 's3', 'http', 'kafka'];

describe('Vector', () => {
  test('reads the files once for each sink, and saves the offset of records that the sink has accepted', () => {
    const { sources, transforms, sinks } = config({ sinks: KINDS.map(name => SINKS[name][0]) });
    for (const name of KINDS) {
      expect(sources[`read_${name}`]).toMatchObject({ type: 'file', oldest_first: true, rotate_wait_secs: 5 });
      expect(transforms[`records_${name}`].inputs).toEqual([`read_${name}`]);
      expect(sinks[`to_${name}`]).toMatchObject({
        inputs: [`records_${name}`],
        buffer: { type: 'memory', when_full: 'block' },
      });
      expect((sinks[`to_${name}`].protocol ?? sinks[`to_${name}`]).acknowledgements).toEqual({ enabled: true });
    }
  });

  test('expands variables, and escapes all other dollars', () => {
    expect(collectorOf(logged({ collector })).env).toContainEqual({
      name: 'VECTOR_DANGEROUSLY_ALLOW_ENV_VAR_INTERPOLATION',
      value: 'true',
    });
    const text = rendered({
      format: LogFormat.regex('^(?<price>\\$[0-9]+)$'),
      multiline: LogMultiline.startsWith('^\\$|a$'),
    });
    expect(text.replace(/\$\$/g, '').replace(/\$\{POD_(NAME|NAMESPACE)\}/g, '')).not.toContain('$');
  });

  test('writes each credential into a block scalar, where YAML accepts any string', () => {
    const text = rendered({ sinks: [SINKS.loki[0]] });
    for (const odd of ['123', 'true', 'null', ' * &', '"\'', '${HOME}', 'a # b', '{[!|>', '%\\n']) {
      expect(parse(text.replace('SECRET[credentials.loki/PASSWORD]', () => odd)).sinks.to_loki.auth.password).toBe(odd);
    }
  });

  test.each(KINDS.flatMap(name => SINKS[name].map((sink, i) => [name, i + 1, sink] as const)))(
    'has no template in the sink %s (%i), which Vector would refuse without a literal prefix',
    (name, _, sink) => {
      expect(JSON.stringify(config({ sinks: [sink] }).sinks[`to_${name}`])).not.toMatch(/\{\{|"%/);
    },
  );

  test.each<[string, LogSink]>([
    ['a label', LogSink.loki({ url: 'https://a', auth: NONE, labels: { team: '{{ message }}' } })],
    ['a tenant', LogSink.loki({ url: 'https://a', auth: NONE, tenant: '{{ tenant }}' })],
    ['an index', LogSink.elasticsearch({ url: 'https://a', auth: NONE, index: '{{ index }}' })],
    ['an index of OpenSearch', LogSink.openSearch({ url: 'https://a', auth: NONE, index: 'logs-{{pod}}' })],
    ['a prefix', LogSink.s3({ bucket: 'logs', region: 'eu', prefix: '{{ pod }}', auth: NONE })],
    ['a bucket', LogSink.s3({ bucket: '{{ bucket }}', region: 'eu', auth: NONE })],
    ['a topic', LogSink.kafka({ brokers: ['a:1'], topic: '{{ topic }}', auth: NONE })],
    ['a date', LogSink.s3({ bucket: 'logs', region: 'eu', prefix: '%Y/%m', auth: NONE })],
    ['a credential', LogSink.loki({ url: 'https://a', auth: NONE, tenant: 'SECRET[credentials.loki/PASSWORD]' })],
  ])('refuses %s that is a template', (_, sink) => {
    expect(() => rendered({ sinks: [sink] })).toThrow(/which is not a valid|Use /);
  });

  test('does not read a set of an expression as a credential', () => {
    expect(
      rendered({ format: LogFormat.regex('^(?<a>SECRET[a.b])'), multiline: LogMultiline.startsWith('^SECRET[a.b]') }),
    ).not.toMatch(/SECRET\[[\w]+\./);
  });

  test('sends the time of a record, and keeps the fields of the app', () => {
    expect(config().log_schema).toEqual({ timestamp_key: '@timestamp' });
    expect(program()).toContain('."@timestamp" = format_timestamp!(at, "%Y-%m-%dT%H:%M:%S%.6fZ")');
    expect(program({}, 'loki')).toContain('to_string(to_unix_timestamp(at, unit: "nanoseconds"))');
    const time = { field: 'at-time', format: LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S,%L'), zone: 'Europe/Berlin' };
    expect(program({ format: LogFormat.json({ time }) })).toContain(
      'parse_timestamp(text, "%Y-%m-%d %H:%M:%S,%3f", timezone: "Europe/Berlin")',
    );
  });

  test('combines lines by the start or the continuation of a record', () => {
    expect(config({ multiline: LogMultiline.timestamp() }).sources.read_stdout.multiline.mode).toBe('halt_before');
    expect(config({ multiline: LogMultiline.continuesWith('^\\s') }).sources.read_stdout.multiline).toMatchObject({
      mode: 'continue_through',
      start_pattern: '',
      condition_pattern: '^[\\t\\n\\x0B\\x0C\\r ]',
    });
  });

  test.each<[string, LogFormat, string[]]>([
    ['an expression', LogFormat.regex('^(?<a>.*)$'), ['parse_regex(line,', 'parse_regex(first,', 'ends_with("\\n" +']],
    ['JSON', LogFormat.json(), ['parse_json(line)', 'parse_json(first)', '  kept = true']],
    ['logfmt', LogFormat.logfmt(), ['parse_key_value(first,']],
  ])('keeps the lines of a record that %s does not parse', (_, format, statements) => {
    const kept = ['.message = lines', '.message = string!(message) + "\\n" + lines', '. = {"message": line}'];
    for (const statement of [...statements, ...kept]) {
      expect(program({ format, multiline: LogMultiline.java() })).toContain(statement);
    }
    expect(program({ format })).not.toMatch(/first|kept/);
    expect(program({ multiline: LogMultiline.java() })).not.toContain('kept');
  });

  test('retries within seconds if a request is rejected because of load or a credential', () => {
    const { sinks } = config({ sinks: ['http', 'loki', 's3', 'elasticsearch'].map(name => SINKS[name][0]) });
    for (const name of ['http', 'loki', 's3']) {
      expect(sinks[`to_${name}`].retry_strategy.status_codes).toEqual(
        expect.arrayContaining([401, 403, 404, 429, 503]),
      );
      expect(sinks[`to_${name}`].request.retry_max_duration_secs).toBeLessThanOrEqual(10);
    }
    expect(sinks.to_elasticsearch.request_retry_partial).toBe(true);
  });

  test('sends the severity only to OTLP sinks', () => {
    const format = LogFormat.json({ severityField: 'level' });
    expect(program({ format }, 'otlp')).toMatch(/record\.severityNumber = .*"fatal": 21/);
    expect(program({ format })).not.toContain('severity');
  });
});
