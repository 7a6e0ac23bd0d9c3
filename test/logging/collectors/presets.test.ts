import { parse } from 'yaml';
import { LogCollector, LogFormat, LogMultiline, LogSink, SecretSource } from '../../../src';
import { PRESETS } from '../../../src/logging/collectors/presets';
import { COLLECTORS, configOf, FORMATS, logged, SINKS } from '../fixtures';
import { PROBLEMS } from '../formats/problems';

const NAMES = Object.keys(COLLECTORS);
const CASES = NAMES.flatMap(name =>
  COLLECTORS[name].sinks.flatMap(kind =>
    SINKS[kind].map((sink, i): [string, string, number, LogSink] => [name, kind, i + 1, sink]),
  ),
);

test('each preset has a factory and fixtures', () => {
  expect(NAMES.sort()).toEqual(Object.keys(PRESETS).sort());
  for (const [name, { title }] of Object.entries(PRESETS)) {
    expect(COLLECTORS[name].collector._preset.title).toBe(title);
  }
});

test.each(CASES)('%s: the configuration of the sink %s (%i) is valid', (name, _, __, sink) => {
  expect(PROBLEMS[name](configOf(logged({ collector: COLLECTORS[name].collector, sinks: [sink] })))).toEqual([]);
});

describe.each(NAMES)('%s', name => {
  const { collector, formats, sinks } = COLLECTORS[name];
  const text = (props = {}) => configOf(logged({ collector, ...props }));

  test('supports the sinks of the fixtures, and raw sinks', () => {
    expect([...collector._preset.sinks!].sort()).toEqual([...sinks, 'raw'].sort());
  });

  test.each(formats)('parses %s', format => {
    expect(PROBLEMS[name](text({ format: FORMATS[format](), multiline: LogMultiline.timestamp() }))).toEqual([]);
    expect(text({ format: FORMATS[format]() })).toMatchSnapshot();
  });

  test('has a separate buffer for each sink', () => {
    const all = sinks.map(sink => SINKS[sink][0]);
    expect(PROBLEMS[name](text({ sinks: all }))).toEqual([]);
    expect(text({ sinks: all })).toMatchSnapshot();
  });

  test('escapes slashes, quotes and dollars of expressions', () => {
    const format = LogFormat.regex('^(?<path>/[^ \'"]+) \\$\\{(?<rest>.*)\\}$');
    expect(PROBLEMS[name](text({ format, multiline: LogMultiline.startsWith('^/') }))).toEqual([]);
  });

  test('reads each file by its path', () => {
    expect(text({ files: ['app.log', 'audit-*.log'] })).toContain('/var/log/app/app.log');
  });
});

test.each<[string, LogCollector, LogSink]>([
  [
    'fluentd',
    LogCollector.fluentd(),
    LogSink.raw({
      plugin: 'syslog_rfc5424',
      config: { host: 'syslog', port: 6514, transport: 'tls', format: { '@type': 'json' } },
      egressPorts: [6514],
    }),
  ],
  [
    'fluentBit',
    LogCollector.fluentBit(),
    LogSink.raw({
      plugin: 'splunk',
      config: { host: 'splunk', port: 8088, tls: 'on', splunk_token: '${SPLUNK_TOKEN}' },
      env: { SPLUNK_TOKEN: { secret: SecretSource.fromName('splunk'), key: 'token' } },
    }),
  ],
  [
    'vector',
    LogCollector.vector(),
    LogSink.raw({ plugin: 'papertrail', config: { endpoint: 'logs:514', encoding: { codec: 'text' } } }),
  ],
])('%s supports a raw sink', (name, collector, sink) => {
  const objects = logged({ collector, sinks: [sink] });
  expect(PROBLEMS[name](configOf(objects))).toEqual([]);
  expect(configOf(objects)).toMatchSnapshot();
});

test.each<[string, string | RegExp, string]>([
  ['fluentd', '@type app_loki', '@type app_lokki'],
  ['fluentd', 'read_from_head', 'read_from_haed'],
  ['fluentd', 'read_from_head true', 'read_from_head perhaps'],
  ['fluentd', 'pos_file', 'tag'],
  ['fluentd', '</source>', ''],
  ['fluentBit', 'name: loki', 'name: lokki'],
  ['fluentBit', 'read_from_head', 'read_from_haed'],
  ['fluentBit', 'tls: "on"', 'tls: true'],
  ['fluentBit', /http_passwd: .*/, 'http_passwd: secret'],
  ['vector', 'type: http', 'type: htpt'],
  ['vector', 'read_from', 'read_form'],
  ['vector', '- records', '- recrods'],
  ['vector', /max_size: \d+/, 'max_size: much'],
  ['vector', 'when_full: block', 'when_full: drop_newest'],
  ['vector', 'SECRET[credentials.loki/PASSWORD]', 'password'],
  ['vector', 'acknowledgements:\n      enabled: true', 'acknowledgements:\n      enabled: false'],
])('the check of %s finds %s replaced with %s', (name, valid, invalid) => {
  const text = configOf(logged({ collector: COLLECTORS[name].collector, sinks: [SINKS.loki[0]] }));
  let problems: string[];
  try {
    problems = PROBLEMS[name](text.replace(valid, invalid));
  } catch (error) {
    problems = [(error as Error).message];
  }
  expect(problems).not.toEqual([]);
});

describe('health without an open API', () => {
  const config = (collector: LogCollector) => configOf(logged({ collector, sinks: [LogSink.stdout()] }));

  test('Vector has no API, and its health port serves no metrics', () => {
    const vector = parse(config(LogCollector.vector({ healthPort: 8000 })));
    expect(vector.api).toBeUndefined();
    expect(vector.sinks.health).toEqual({
      type: 'prometheus_exporter',
      inputs: ['nothing'],
      address: '0.0.0.0:8000',
    });
    expect(vector.transforms.nothing).toEqual({ type: 'filter', inputs: ['internal'], condition: 'false' });
  });

  test('the monitor agent of Fluentd shows no configuration, and no dump is in the log', () => {
    const fluentd = config(LogCollector.fluentd());
    expect(fluentd).toMatch(/@type monitor_agent[^<]*include_config false\n {2}include_debug_info false\n/);
    expect(fluentd).toMatch(/<system>[^<]*suppress_config_dump true\n/);
  });
});
