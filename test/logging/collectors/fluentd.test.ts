import { Size } from 'cdk8s';
import { LogAuth, LogFormat, LogMultiline, LogShippingProps, LogSink, LogTimeFormat, SecretSource } from '../../../src';
import { kind } from '../../synth';
import { COLLECTORS, collectorOf, configOf, logged, SINKS } from '../fixtures';
import { fluentdProblems } from '../formats/fluentd';

const { collector } = COLLECTORS.fluentd;
const objects = (props: Partial<LogShippingProps> = {}) => logged({ collector, ...props });
const text = (props?: Partial<LogShippingProps>) => configOf(objects(props));
const files = (props?: Partial<LogShippingProps>) => Object.keys(kind(objects(props), 'ConfigMap').data);

describe('Fluentd', () => {
  test('starts with a read-only root filesystem, and shows no credential in its log or on its port', () => {
    expect(text()).toMatch(
      /<system>\n {2}log_level info\n {2}disable_shared_socket true\n {2}suppress_config_dump true\n/,
    );
    expect(text()).toContain('include_config false');
    expect(collectorOf(objects()).command.join(' ')).toContain(
      'exec tini -s -- fluentd --config /etc/log-collector/fluent.conf --plugin /etc/log-collector',
    );
  });

  test.each<[string, string]>([
    ['forward', 'ignore_network_errors_at_startup true'],
    ['s3', 'check_apikey_on_start false'],
    ['elasticsearch', 'verify_es_version_at_startup false'],
    ['opensearch', 'verify_os_version_at_startup false'],
  ])('starts while %s is unavailable', (sink, setting) => {
    expect(text({ sinks: [SINKS[sink][0]] })).toContain(setting);
  });

  test.each(['loki', 'elasticsearch', 'opensearch', 'forward', 's3', 'http', 'kafka'])(
    'continues after a rejected request to %s, and retries within seconds',
    sink => {
      const config = text({ sinks: [SINKS[sink][0]] });
      expect(config).toContain('disable_chunk_backup true');
      expect(config).toContain('retry_max_interval 5s');
    },
  );

  test('retries if a credential has just been rotated', () => {
    expect(text({ sinks: [SINKS.http[0]] })).toMatch(/retryable_response_codes \[401,403,404,/);
    expect(files({ sinks: [SINKS.loki[0]] })).toEqual(
      expect.arrayContaining(['filter_app_record.rb', 'out_app_loki.rb']),
    );
    expect(files({ sinks: [SINKS.kafka[0]] })).toEqual(
      expect.arrayContaining(['filter_app_record.rb', 'out_app_kafka.rb']),
    );
  });

  test('has chunks with room for the largest record, and batches below the limit of Kafka brokers', () => {
    const sinks = [SINKS.http[0], SINKS.kafka[0]];
    expect(text({ sinks })).toMatch(/chunk_limit_size 2112k[^]*compression_codec gzip[^]*chunk_limit_size 1088k/);
    expect(text({ sinks, maxRecordSize: Size.mebibytes(4) })).toMatch(
      /max_line_size 4194306[^]*chunk_limit_size 8256k[^]*chunk_limit_size 4160k/,
    );
    // lines that are read together must not be split
    expect(text()).toContain('read_lines_limit 1\n');
  });

  test('reads credentials unchanged, and writes a token as JSON', () => {
    const sinks = [LogSink.http({ url: 'https://a', auth: LogAuth.bearer({ secret: SecretSource.fromName('a') }) })];
    expect(text({ sinks })).toContain(
      "headers \"#{{'Authorization' => 'Bearer ' + " +
        "File.binread('/etc/log-collector-credentials/http/TOKEN').force_encoding('UTF-8').chomp}.to_json}\"",
    );
    expect(fluentdProblems(text({ sinks }))).toEqual([]);
  });

  test.each(
    ['loki', 'elasticsearch', 'opensearch', 'forward', 's3', 'http', 'kafka'].flatMap(name =>
      SINKS[name].map((sink, i) => [name, i + 1, sink] as const),
    ),
  )('reads each credential of %s (%i) from a file when it starts, and has none in a variable', (_, __, sink) => {
    const shipped = objects({ sinks: [sink] });
    const data = Object.values<string>(kind(shipped, 'ConfigMap').data).join('\n');
    expect(data).toContain('suppress_config_dump true\n');
    expect(data).not.toMatch(/ENV\['LOG_|ENV\["LOG_|\$\{LOG_/);
    const { env, volumeMounts } = collectorOf(shipped);
    expect(env.filter(({ valueFrom }: any) => valueFrom?.secretKeyRef !== undefined)).toEqual([]);
    const hasFiles = volumeMounts.some(({ mountPath }: any) => mountPath === '/etc/log-collector-credentials');
    expect(/File\.binread\('\/etc\/log-collector-credentials\//.test(data)).toBe(hasFiles);
  });

  test('identifies the first line of a record', () => {
    expect(text({ multiline: LogMultiline.startsWith('^[a-z]+$') })).toContain(
      "format_firstline '/(?a:^[a-z]+(?=\\\\r?$))/'",
    );
    expect(text({ multiline: LogMultiline.continuesWith('^ at') })).toContain(
      "format_firstline '/\\\\A(?!.*(?a:^ at))/'",
    );
    expect(text({ multiline: LogMultiline.continuesWith('^ at') })).toContain('emit_unmatched_lines true');
  });

  test('parses a record of several lines as a whole', () => {
    expect(text({ format: LogFormat.regex('^(?<a>.*)$') })).toContain("expression '/(?am:\\\\A(?<a>.*)\\\\z)/'");
  });

  test.each<[string, LogFormat, string[]]>([
    ['an expression', LogFormat.regex('^(?<a>.*)$'), ['fields = parsed(text)', '.end_with?("\\n#{lines}")']],
    ['JSON', LogFormat.json(), ['fields = parsed(text)', 'return fields if fields\n']],
    ['logfmt', LogFormat.logfmt(), ['fields ||= parsed(first)']],
  ])('keeps the lines of a record that %s does not parse', (_, format, statements) => {
    const filter = (props: Partial<LogShippingProps>) =>
      kind(objects({ format, ...props }), 'ConfigMap').data['filter_app_record.rb'];
    for (const statement of [...statements, "fields.merge('message' => "]) {
      expect(filter({ multiline: LogMultiline.java() })).toContain(statement);
      expect(filter({})).not.toContain(statement);
    }
  });

  test('parses only JSON objects, and the time in a record', () => {
    const time = { field: 'at', format: LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S,%f'), zone: 'Europe/Berlin' };
    const config = text({ format: LogFormat.json({ time }) });
    expect(config).toContain("parsed_begins_with '/\\\\A\\\\s*\\\\{/'");
    expect(config).toMatch(/time_field at\n +time_layout '%Y-%m-%d %H:%M:%S,%N'\n +time_zone Europe\/Berlin/);
  });

  test('retries single records of a search engine only for its sink', () => {
    const config = text({ sinks: [SINKS.elasticsearch[0], SINKS.http[0]] });
    expect(config).toMatch(/@type relabel\n +@id to_elasticsearch\n +@label @sink_elasticsearch\n/);
    expect(config).toMatch(/<label @sink_elasticsearch>\n +<match \*\*>\n +@type elasticsearch\n/);
    expect(config).toContain('unrecoverable_error_types ["out_of_memory_error"]');
  });
});
