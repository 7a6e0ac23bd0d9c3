import { Size } from 'cdk8s';
import { parse } from 'yaml';
import { LogCollector, LogFormat, LogMultiline, LogShippingProps, LogTimeFormat } from '../../../src';
import { podOf } from '../../synth';
import { collectorOf, COLLECTORS, configOf, FORMATS, logged, SINKS } from '../fixtures';

const objects = (props: Partial<LogShippingProps> = {}) => logged({ collector: LogCollector.fluentBit(), ...props });
const config = (props: Partial<LogShippingProps> = {}) => parse(configOf(objects(props)));
const output = (kind: string, i = 0) => config({ sinks: [SINKS[kind][i]] }).pipeline.outputs[0];
const scripts = (props: Partial<LogShippingProps>): string[] =>
  config(props).pipeline.filters.flatMap(({ code }: any) => code ?? []);

describe('Fluent Bit', () => {
  test('does not flush its backlog twice on shutdown, and retries within seconds', () => {
    const { service } = config();
    expect(service).not.toHaveProperty(['storage.backlog.flush_on_shutdown']);
    expect(service).toMatchObject({ 'scheduler.base': 1, 'scheduler.cap': 8, 'grace': 15 });
  });

  test('has room for a record of the maximum size and its line break', () => {
    const {
      service,
      pipeline: {
        inputs: [tail],
      },
    } = config({ maxRecordSize: Size.mebibytes(2), multiline: LogMultiline.java() });
    expect(tail.buffer_max_size).toBe('2112k');
    expect(service.multiline_buffer_limit).toBe(`${2112 * 1024}`);
  });

  test('parses a record of several lines as a whole, without its final line break', () => {
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

  test.each<[string, LogFormat, string[]]>([
    ['an expression', LogFormat.regex('^(?<a>.*)$'), ['record', 'message', 'first', '@first', 'fields']],
    ['JSON', LogFormat.json(), ['record', 'message', '@first']],
    ['logfmt', LogFormat.logfmt(), ['record', 'message', '@first', 'fields']],
  ])('keeps the lines of a record that %s does not parse', (_, format, steps) => {
    const multiline = LogMultiline.java();
    const stepsOf = (props: Partial<LogShippingProps>) =>
      config(props)
        .pipeline.filters.slice(0, -1)
        .map(({ call, key_name: key }: any) => call ?? key);
    expect(stepsOf({ format, multiline })).toEqual(steps);
    expect(scripts({ format, multiline }).join('')).toContain("['@record'] = line");
    expect(stepsOf({ format })).toEqual(['record', 'message']);
    expect(stepsOf({ multiline })).toEqual(['record']);
  });

  test('appends lines to the text of a JSON object, because Lua would change its numbers', () => {
    const props = { format: LogFormat.json(), multiline: LogMultiline.java() };
    expect(scripts(props)[0]).toContain(
      "head .. (head:find('[^%s{]') and ',' or '') .. '\"message\":\"' .. escaped(lines)",
    );
    expect(config(props).pipeline.filters.at(-1)).toMatchObject({
      rename: ['@unparsed message', '@record message'],
      remove: ['@timestamp', '@first', '@record'],
    });
  });

  test('appends the lines of a record that an expression does not contain to its message', () => {
    const props = { format: LogFormat.regex('^(?<message>[^\\n]*)'), multiline: LogMultiline.java() };
    const script = scripts(props).join('');
    expect(script).toContain("fields.message = fields.message .. '\\n' .. lines");
    expect(script).toContain('fields.message = lines');
    expect(script).toContain('return { message = whole }');
  });

  test('does not parse a line with text after a JSON object', () => {
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
  ])('parses the time in a record: %s', (_, format, text) => {
    expect(scripts({ format }).join('\n')).toContain(text);
  });

  test('sends the severity only to OTLP sinks', () => {
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

  test('sends the time in the format of each sink', () => {
    for (const kind of ['stdout', 'http', 's3']) {
      expect(output(kind)).toMatchObject({ json_date_key: '@timestamp', json_date_format: 'iso8601' });
    }
    expect(output('elasticsearch')).toMatchObject({ time_key: '@timestamp', time_key_nanos: 'on' });
  });

  test('retries requests to a search engine with document IDs, for a limited time', () => {
    expect(output('elasticsearch')).toMatchObject({
      name: 'opensearch',
      write_operation: 'create',
      generate_id: 'on',
      buffer_size: 'off',
      retry_limit: 750,
    });
  });

  test('does not support Kafka, because its client would lose records in a crash', () => {
    expect(() => output('kafka')).toThrow(
      "[test/app/logs] 'sinks[0]' is of the kind 'kafka', which Fluent Bit does not support. Use " +
        "'LogCollector.vector', or configure its output with 'LogSink.raw' if a crash can lose the records in the " +
        'memory of its Kafka client.',
    );
  });

  test('sends a chunk to an OTLP sink in one batch', () => {
    expect(output('otlp').batch_size).toBe(100_000);
  });

  test.each(COLLECTORS.fluentBit.sinks.flatMap(name => SINKS[name].map((sink, i) => [name, i + 1, sink] as const)))(
    'expands no value of a credential of %s (%i) a second time',
    (_, __, sink) => {
      const shipped = objects({ sinks: [sink] });
      const {
        env = [],
        pipeline: { outputs },
      } = parse(configOf(shipped));
      const { env: variables = [] } = collectorOf(shipped);
      // a credential is the content of a file, and only the AWS client reads its variables itself
      const fromSecrets = variables.filter(({ valueFrom }: any) => valueFrom?.secretKeyRef !== undefined);
      expect(fromSecrets.map(({ name }: any) => name).filter((name: string) => !name.startsWith('AWS_'))).toEqual([]);
      const credentials = env.filter(({ uri }: any) => uri !== undefined);
      expect(credentials.filter(({ uri }: any) => !uri.startsWith('file:///etc/log-collector-credentials/'))).toEqual(
        [],
      );
      // these settings are expanded when they are read and when they are used, the others only once
      for (const [key, value] of Object.entries<string>(outputs[0]).filter(([, text]) => /LOG_\w+/.test(text))) {
        expect([key, value]).toEqual([
          key,
          expect.stringMatching(
            /^http_(?:user|passwd)$/.test(key) ? /^\$\{DOLLAR\}\{LOG_\w+\}$/ : /^[^$]*\$\{LOG_\w+\}$/,
          ),
        ]);
      }
    },
  );

  test('reads credentials from files, and does not expand variables in them', () => {
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

  test('reads the access key of S3 from the variables of AWS, and has a home directory', () => {
    const names = collectorOf(objects({ sinks: [SINKS.s3[0]] })).env.map(({ name }: any) => name);
    expect(names).toEqual(expect.arrayContaining(['HOME', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']));
    expect(output('s3').retry_limit).toBe(1_000_000);
  });
});
