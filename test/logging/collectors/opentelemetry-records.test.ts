import { parse } from 'yaml';
import { LogAuth, LogFormat, LogMultiline, LogShippingProps, LogSink, LogTimeFormat } from '../../../src';
import { configOf, logged } from '../fixtures';

const auth = LogAuth.none('inside of the mesh');
const otlp = LogSink.otlp({ url: 'https://otlp.example.com', auth });

const receiver = (props: Partial<LogShippingProps>) =>
  Object.values<any>(parse(configOf(logged({ sinks: [otlp], ...props }))).receivers)[0];
const operators = (props: Partial<LogShippingProps>, type: string) =>
  receiver(props).operators.filter((operator: any) => operator.type === type);

describe('the receiver of the OpenTelemetry Collector', () => {
  test('reads current and rotated files from their start, with offsets on disk', () => {
    expect(receiver({})).toMatchObject({
      start_at: 'beginning',
      storage: 'file_storage',
      include: ['/var/log/app/*.log', '/var/log/app/*.log.[0-9]*'],
    });
  });

  test('parses JSON objects with exact integers, and keeps other lines', () => {
    const format = LogFormat.json();
    expect(operators({ format }, 'json_parser')).toEqual([
      {
        type: 'json_parser',
        if: 'type(fromJSON(body)) == "map"',
        parse_ints: true,
        on_error: 'send_quiet',
        parse_from: 'body',
        parse_to: 'attributes',
      },
    ]);
    expect(operators({ format }, 'move')).toMatchObject([{ from: 'attributes.message', to: 'body' }]);
  });

  test('parses records of several lines as a whole', () => {
    const format = LogFormat.regex('^(?<level>[A-Z]+) (?<message>.*)$');
    expect(operators({ format }, 'regex_parser')).toMatchObject([
      { regex: '(?s:\\A(?P<level>[A-Z]+) (?P<message>.*)\\z)' },
    ]);
  });

  test.each<[string, LogFormat, string]>([
    ['an expression', LogFormat.regex('^(?<a>.*)$'), 'regex_parser'],
    ['JSON', LogFormat.json({ severityField: 'level' }), 'json_parser'],
  ])('keeps the lines of a record that %s does not parse', (_, format, type) => {
    const multiline = LogMultiline.java();
    const first = 'attributes["collector.first"]';
    expect(operators({ format, multiline }, type).map(({ parse_from: from }: any) => from)).toEqual(['body', first]);
    expect(operators({ format, multiline }, 'add').map(({ field }: any) => field)).toEqual(
      expect.arrayContaining([first, 'attributes["message"]']),
    );
    expect(operators({ format }, type)).toHaveLength(1);
    // the body that Loki gets contains all lines
    const sinks = [LogSink.loki({ url: 'https://loki', auth })];
    expect(operators({ format, multiline, sinks }, 'add').map(({ field }: any) => field)).not.toContain(
      'attributes["message"]',
    );
  });

  test('writes each record to stdout as one line of JSON', () => {
    const props = { sinks: [LogSink.stdout()], format: LogFormat.json() };
    expect(operators(props, 'add').map(({ field }: any) => field)).toEqual([
      'attributes["collector.now"]',
      ...['message', '@timestamp', 'app', 'namespace', 'pod'].map(field => `attributes["${field}"]`),
      'body',
    ]);
    expect(operators(props, 'move')).toEqual([]);
  });

  test('sends a record to Loki either as a line or as fields, not both', () => {
    const loki = LogSink.loki({ url: 'https://loki', auth, labels: { team: 'shop' } });
    expect(operators({ sinks: [loki], format: LogFormat.json() }, 'json_parser')).toEqual([]);
    expect(operators({ sinks: [loki], format: LogFormat.json({ severityField: 'level' }) }, 'retain')).toEqual([
      { type: 'retain', fields: ['attributes["log.file.name"]'] },
    ]);
    expect(receiver({ sinks: [loki] }).resource).toMatchObject({ 'service.name': 'test-app', 'team': 'shop' });
  });

  test.each<[string, LogTimeFormat, object[]]>([
    ['RFC 3339', LogTimeFormat.iso8601(), [{ layout_type: 'gotime', layout: '2006-01-02T15:04:05Z07:00' }]],
    ['milliseconds', LogTimeFormat.unixMilliseconds(), [{ layout_type: 'epoch', layout: 'ms' }]],
    [
      'seconds',
      LogTimeFormat.unixSeconds(),
      [{ parse_from: 'attributes["collector.seconds"]', layout_type: 'epoch', layout: 's.us' }],
    ],
    [
      'a pattern',
      LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S,%L'),
      [{ layout_type: 'gotime', layout: '2006-01-02 15:04:05,000', location: 'Europe/Berlin' }],
    ],
    [
      'a pattern with an offset',
      LogTimeFormat.commonLog(),
      ['-0700', 'Z07:00'].map(offset => ({ layout: `02/Jan/2006:15:04:05 ${offset}` })),
    ],
  ])('parses the time in the format of %s', (_, format, layouts) => {
    const [now, ...further] = operators(
      { format: LogFormat.json({ time: { field: 'ts', format, zone: 'Europe/Berlin' } }) },
      'time_parser',
    );
    expect(now).toMatchObject({ layout_type: 'native' });
    expect(further).toMatchObject(layouts);
  });
});
