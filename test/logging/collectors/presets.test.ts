import { parse } from 'yaml';
import { FluentdPlugin, LogCollector, LogFormat, LogMultiline, LogSink, SecretSource } from '../../../src';
import { PRESETS } from '../../../src/logging/collectors/presets';
import { COLLECTORS, configOf, FORMATS, logged, SINKS } from '../fixtures';
import { PROBLEMS } from '../formats/problems';
import { LISTENERS } from '../listeners';

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
  const OFFICIAL = LogCollector.fluentd();
  const PLUGINS = { image: 'acme/fluentd:1.19.3', plugins: Object.values(FluentdPlugin) };
  const FAMILY = "#{(IPSocket.getaddress(Socket.gethostname) rescue '').include?(':') ? '[::]' : '0.0.0.0'}";
  const monitor = (port: number) => `monitor_agent [::]:${port} configuration false variables false`;
  const SETTINGS: [string, string, LogCollector, string[]][] = [
    ['vector', 'its defaults', LogCollector.vector(), ['health [::]:8686', 'metrics [::]:9598']],
    [
      'vector',
      'other ports',
      LogCollector.vector({ healthPort: 8000, metricsPort: 8001 }),
      ['health [::]:8000', 'metrics [::]:8001'],
    ],
    [
      'vector',
      'another image',
      LogCollector.vector({ image: 'acme/vector:0.57.0', healthPort: 9598, metricsPort: 8686 }),
      ['health [::]:9598', 'metrics [::]:8686'],
    ],
    ['fluentd', 'its defaults', OFFICIAL, [monitor(24220)]],
    ['fluentd', 'another port', LogCollector.fluentd({ healthPort: 8000 }), [monitor(8000)]],
    ['fluentd', 'metrics', LogCollector.fluentd(PLUGINS), [monitor(24220), `prometheus ${FAMILY}:24231`]],
    [
      'fluentd',
      'metrics on another port',
      LogCollector.fluentd({ ...PLUGINS, healthPort: 8000, metricsPort: 8001 }),
      [monitor(8000), `prometheus ${FAMILY}:8001`],
    ],
    ['fluentBit', 'its defaults', LogCollector.fluentBit(), ['service :::2020']],
    ['fluentBit', 'another port', LogCollector.fluentBit({ healthPort: 8000 }), ['service :::8000']],
    ['openTelemetry', 'its defaults', LogCollector.openTelemetry(), ['health_check [::]:13133', 'metrics :::8888']],
    [
      'openTelemetry',
      'other ports',
      LogCollector.openTelemetry({ healthPort: 8000, metricsPort: 8001 }),
      ['health_check [::]:8000', 'metrics :::8001'],
    ],
  ];

  test.each(SETTINGS)('%s listens only for health and metrics with %s', (name, _, collector, listeners) => {
    expect(LISTENERS[name](configOf(logged({ collector, sinks: [LogSink.stdout()] })))).toEqual(listeners);
  });

  /** Settings of a raw sink that would open an API anywhere else in the configuration. */
  const OPENING: Record<string, any>[] = [
    { 'api': { enabled: true, address: '0.0.0.0:8686' }, 'api.enabled': true, 'api.playground': true },
    {
      '@type': 'monitor_agent',
      '@id': 'monitor',
      'bind': '0.0.0.0',
      'include_config': true,
      'include_debug_info': true,
    },
    { source: { '@type': 'debug_agent', 'bind': '0.0.0.0' }, system: { rpc_endpoint: '0.0.0.0:24444' } },
    { http_server: 'on', http_listen: '0.0.0.0', hot_reload: 'on', service: { hot_reload: 'on' } },
    { name: 'http', inputs: [{ name: 'http', listen: '0.0.0.0' }], type: 'http_server' },
    { extensions: { zpages: { endpoint: '0.0.0.0:55679' }, pprof: {} }, service: { extensions: ['zpages', 'pprof'] } },
    { receivers: { otlp: { protocols: { grpc: {} } } }, sources: { all: { type: 'http_server' } } },
    { text: 'a\n  </store>\n</match>\n<source>\n  @type debug_agent\n  bind 0.0.0.0\n</source>' },
    { text: 'a\r\n</source>\r\n<system>\r\n  rpc_endpoint 0.0.0.0:24444\r\n</system>' },
    { text: '"\napi:\n  enabled: true\n  address: 0.0.0.0:8686\n#' },
    { text: "'}]\nservice:\n  http_listen: 0.0.0.0\n  hot_reload: on\n" },
  ];
  const PLUGIN: Record<string, string> = { vector: 'http', fluentd: 'http', fluentBit: 'http', openTelemetry: 'otlp' };

  test.each(
    SETTINGS.filter(([, title]) => ['its defaults', 'metrics'].includes(title)).flatMap(
      ([name, title, collector, listeners]) =>
        OPENING.map((config, i) => [name, title, i, collector, config, listeners] as const),
    ),
  )('%s with %s: raw settings (%i) open nothing', (name, _, __, collector, config, listeners) => {
    const sinks = [LogSink.raw({ plugin: PLUGIN[name], config })];
    expect(LISTENERS[name](configOf(logged({ collector, sinks })))).toEqual(listeners);
  });

  test('Vector has no API, and its health port serves no metrics', () => {
    const { sinks, transforms } = parse(
      configOf(logged({ collector: LogCollector.vector({ healthPort: 8000 }), sinks: [LogSink.stdout()] })),
    );
    expect(sinks.health.inputs).toEqual(['nothing']);
    expect(transforms.nothing).toEqual({ type: 'filter', inputs: ['internal'], condition: 'false' });
  });

  test('the log of Fluentd contains no dump of its configuration', () => {
    expect(configOf(logged({ collector: OFFICIAL }))).toMatch(/<system>[^<]*suppress_config_dump true\n/);
  });
});
