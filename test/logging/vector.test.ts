import { parse } from 'yaml';
import { collectorOf, configOf, logged, SINKS } from './fixtures';
import { LogCollector, LogFormat, LogMultiline, LogTimeFormat } from '../../src';

const collector = LogCollector.vector();
const rendered = (props = {}) => configOf(logged({ collector, ...props }));
const config = (props = {}) => parse(rendered(props));
const program = (props = {}, sink = 'stdout') =>
  config({ sinks: [SINKS[sink][0]], ...props }).transforms[`records_${sink}`].source;
const collectorStop = (of: LogCollector) => collectorOf(logged({ collector: of })).lifecycle.preStop.sleep.seconds;
const all = ['stdout', 'loki', 'elasticsearch', 'opensearch', 'otlp', 's3', 'http', 'kafka'];

describe('Vector', () => {
  test('reads the files once for each sink, and marks as read what the sink has taken', () => {
    const { sources, transforms, sinks } = config({ sinks: all.map(name => SINKS[name][0]) });
    for (const name of all) {
      expect(sources[`read_${name}`]).toMatchObject({ type: 'file', oldest_first: true, rotate_wait_secs: 5 });
      expect(transforms[`records_${name}`].inputs).toEqual([`read_${name}`]);
      expect(sinks[`to_${name}`]).toMatchObject({
        inputs: [`records_${name}`],
        buffer: { type: 'memory', when_full: 'block' },
      });
      expect((sinks[`to_${name}`].protocol ?? sinks[`to_${name}`]).acknowledgements).toEqual({ enabled: true });
    }
  });

  test('is told to stop when it has looked at an idle file again', () => {
    const { lifecycle } = collectorOf(logged({ collector }));
    expect(lifecycle.preStop.sleep.seconds).toBe(collectorStop(LogCollector.fluentBit()) + 9);
  });

  test('fills in variables, and holds no other dollar for one', () => {
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

  test('puts each credential into a block of its own, where YAML takes it as it is', () => {
    const text = rendered({ sinks: [SINKS.loki[0]] });
    for (const odd of ['123', 'true', 'null', ' * &', '"\'', '${HOME}', 'a # b', '{[!|>', '%\\n']) {
      expect(parse(text.replace('SECRET[credentials.loki/PASSWORD]', () => odd)).sinks.to_loki.auth.password).toBe(odd);
    }
  });

  test('does not take a set of an expression for a credential', () => {
    expect(
      rendered({ format: LogFormat.regex('^(?<a>SECRET[a.b])'), multiline: LogMultiline.startsWith('^SECRET[a.b]') }),
    ).not.toMatch(/SECRET\[[\w]+\./);
  });

  test("gives the record's time to the sink, and leaves the app's own fields to the app", () => {
    expect(config().log_schema).toEqual({ timestamp_key: '@timestamp' });
    expect(program()).toContain('."@timestamp" = format_timestamp!(at, "%Y-%m-%dT%H:%M:%S%.6fZ")');
    expect(program({}, 'loki')).toContain('to_string(to_unix_timestamp(at, unit: "nanoseconds"))');
    const time = { field: 'at-time', format: LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S,%L'), zone: 'Europe/Berlin' };
    expect(program({ format: LogFormat.json({ time }) })).toContain(
      'parse_timestamp(text, "%Y-%m-%d %H:%M:%S,%3f", timezone: "Europe/Berlin")',
    );
  });

  test('groups lines by what begins a record, or by what goes on with one', () => {
    expect(config({ multiline: LogMultiline.timestamp() }).sources.read_stdout.multiline.mode).toBe('halt_before');
    expect(config({ multiline: LogMultiline.continuesWith('^\\s') }).sources.read_stdout.multiline).toMatchObject({
      mode: 'continue_through',
      start_pattern: '',
      condition_pattern: '^[\\t\\n\\x0B\\x0C\\r ]',
    });
  });

  test('sends again what is refused for load or for a credential, within seconds', () => {
    const { sinks } = config({ sinks: ['http', 'loki', 's3', 'elasticsearch'].map(name => SINKS[name][0]) });
    for (const name of ['http', 'loki', 's3']) {
      expect(sinks[`to_${name}`].retry_strategy.status_codes).toEqual(
        expect.arrayContaining([401, 403, 404, 429, 503]),
      );
      expect(sinks[`to_${name}`].request.retry_max_duration_secs).toBeLessThanOrEqual(10);
    }
    expect(sinks.to_elasticsearch.request_retry_partial).toBe(true);
  });

  test('says the severity to sinks of OTLP alone', () => {
    const format = LogFormat.json({ severityField: 'level' });
    expect(program({ format }, 'otlp')).toMatch(/record\.severityNumber = .*"fatal": 21/);
    expect(program({ format })).not.toContain('severity');
  });
});
