import { continuedBy, startedBy } from './opentelemetry-multiline';
import { wholeRecord } from '../expressions';
import type { LogFormat } from '../log-format';
import type { TimeLayout } from '../log-time';
import { keepsLines, Pipeline, readPaths, Sink, unreadPaths } from '../pipeline';

/** Returns the receiver that reads the files for a sink and parses their lines. */
export function receiver(pipeline: Pipeline, sink: Sink): Record<string, any> {
  const { multiline } = pipeline;
  return {
    // identifies files by their content, so a renamed file is read to its end
    include: readPaths(pipeline),
    exclude: unreadPaths(pipeline),
    start_at: 'beginning',
    storage: 'file_storage',
    poll_interval: '200ms',
    max_log_size: pipeline.maxRecordBytes,
    // less than the time that the collector has for the last line of the app
    force_flush_period: '1s',
    preserve_leading_whitespaces: true,
    preserve_trailing_whitespaces: true,
    include_file_name: true,
    include_file_record_number: true,
    resource: {
      'service.name': pipeline.app,
      'k8s.pod.name': '${env:POD_NAME}',
      'k8s.namespace.name': '${env:POD_NAMESPACE}',
      ...(sink.kind === 'loki' && sink.options.labels),
    },
    multiline: multiline && {
      line_start_pattern: dollars(
        multiline.kind === 'start' ? startedBy(multiline.pattern) : continuedBy(multiline.pattern),
      ),
    },
    operators: operators(pipeline, sink),
    // a full disk delays reading, not the app
    retry_on_failure: { enabled: true, max_interval: '5s', max_elapsed_time: 0 },
  };
}

/** Above this size a record is sent to Loki without its fields, because Loki limits them to 64 KiB. */
const LOKI_FIELDS = 16 * 1024;

/**
 * The receiver passes on a hundred records at a time, of any size, and waits forever if they do not fit into the queue.
 * So long records are passed on separately, grouped by the last two digits of their number.
 */
const LONG_RECORD = 16 * 1024;
const NUMBER = 'attributes["log.file.record_number"]';

function splitLongRecords(): any[] {
  const router = (id: string, digit: string, output: string) => ({
    type: 'router',
    id,
    routes: [`len(body) < ${LONG_RECORD}`, ...[...Array(10).keys()].map(value => `${digit} % 10 == ${value}`)].map(
      expr => ({
        expr,
        output,
      }),
    ),
  });
  return [
    router('ones', NUMBER, 'tens'),
    router('tens', `int(${NUMBER} / 10)`, 'number'),
    { type: 'remove', id: 'number', field: NUMBER },
  ];
}

function operators(pipeline: Pipeline, sink: Sink): any[] {
  const { format, multiline } = pipeline;
  const severity = format._options.severityField;
  const needsFields = pipeline.time !== undefined || severity !== undefined;
  // Loki gets the record unchanged: it parses JSON in queries, and rejects records with many fields
  const unchanged = sink.kind === 'loki';
  const parsed = ['json', 'regex'].includes(format._kind) && !(unchanged && format._kind === 'json' && !needsFields);
  return [
    ...splitLongRecords(),
    ...readTime(),
    ...(multiline
      ? [{ type: 'add', field: 'body', value: 'EXPR(trimSuffix(replace(body, "\\r\\n", "\\n"), "\\n"))' }]
      : []),
    ...(parsed ? [parser(format)] : []),
    ...(parsed && keepsLines(pipeline) ? firstLine(format, unchanged) : []),
    ...(parsed && pipeline.time ? timeParsers(pipeline.time) : []),
    ...(parsed && severity !== undefined ? [severityParser(severity)] : []),
    ...(sink.kind === 'stdout' ? jsonLine() : []),
    ...(parsed && !unchanged && sink.kind !== 'stdout'
      ? [{ type: 'move', from: 'attributes.message', to: 'body', if: 'type(attributes.message) == "string"' }]
      : []),
    ...(parsed && unchanged
      ? [
          {
            type: 'retain',
            fields: ['attributes["log.file.name"]'],
            if: format._kind === 'json' ? undefined : `len(body) > ${LOKI_FIELDS}`,
          },
        ]
      : []),
  ];
}

/**
 * Returns operators that write a record as one line of JSON. A record that is not parsed has one attribute, its file.
 */
function jsonLine(): any[] {
  const add = (field: string, value: string, rest = {}) => ({
    type: 'add',
    id: `json_${field}`,
    field: attribute(field),
    value: `EXPR(${value})`,
    ...rest,
  });
  return [
    add('message', 'body', { if: 'len(attributes) == 1' }),
    add('@timestamp', 'timestamp.UTC().Format("2006-01-02T15:04:05.000000Z07:00")'),
    ...Object.entries({ app: 'service.name', namespace: 'k8s.namespace.name', pod: 'k8s.pod.name' }).map(
      ([field, name]) => add(field, `resource["${name}"]`),
    ),
    // removes line breaks between fields; those in strings are escaped
    { type: 'add', id: 'json', field: 'body', value: 'EXPR(replace(toJSON(attributes), "\\n", ""))' },
    { type: 'remove', id: 'json_done', field: 'attributes' },
  ];
}

const QUIET = { on_error: 'send_quiet' };

function parser({ _kind: kind, _pattern: pattern }: LogFormat, from = 'body'): any {
  const parse = { ...QUIET, parse_from: from, parse_to: 'attributes' };
  return kind === 'json'
    ? // the parser of exact integers ignores text after the object, so the condition checks the whole line
      { type: 'json_parser', if: `type(fromJSON(${from})) == "map"`, parse_ints: true, ...parse }
    : { type: 'regex_parser', regex: dollars(wholeRecord(pattern!, 're2')), ...parse };
}

const FIRST = attribute('collector.first');
const LINES = 'split(body, "\\n", 2)';

/**
 * Returns operators for records of several lines. If a record is not parsed as a whole, its first line is parsed. Lines
 * that no field contains are appended to the message, unless the body contains them anyway.
 */
function firstLine(format: LogFormat, unchanged: boolean): any[] {
  const isJson = format._kind === 'json';
  const message = attribute('message');
  const inField = `any(values(attributes), type(#) == "string" && ("\\n" + #) endsWith ("\\n" + ${LINES}[1]))`;
  const isString = `type(fromJSON(${FIRST})["message"] ?? "") == "string"`;
  return [
    // a record that is not parsed has one attribute, its file
    {
      type: 'add',
      id: 'first',
      field: FIRST,
      value: `EXPR(${LINES}[0])`,
      if: 'len(attributes) == 1 && body contains "\\n"',
    },
    {
      ...parser(format, FIRST),
      id: 'first_parser',
      if: isJson ? `${FIRST} != nil && type(fromJSON(${FIRST})) == "map" && ${isString}` : `${FIRST} != nil`,
    },
    ...(unchanged
      ? []
      : [
          {
            type: 'add',
            id: 'lines',
            field: message,
            value: `EXPR((${message} == nil ? "" : ${message} + "\\n") + ${LINES}[1])`,
            if:
              `len(${LINES}) == 2 && ${LINES}[1] != "" && ` +
              (isJson
                ? `${FIRST} != nil && len(attributes) > 2`
                : `len(attributes) > (${FIRST} == nil ? 1 : 2) && not ${inField}`),
          },
        ]),
    { type: 'remove', id: 'first_done', field: FIRST, if: `${FIRST} != nil` },
  ];
}

function attribute(field: string): string {
  return `attributes["${field}"]`;
}

const NOW = 'collector.now';

/** Returns operators that set the time at which a record is read, until the time in the record is parsed. */
function readTime(): any[] {
  return [
    { type: 'add', id: 'now', field: attribute(NOW), value: 'EXPR(now())' },
    { type: 'time_parser', id: 'read', parse_from: attribute(NOW), layout_type: 'native' },
    { type: 'remove', id: 'now_done', field: attribute(NOW) },
  ];
}

const SECONDS = 'collector.seconds';

function timeParsers({ field, layout, zone }: NonNullable<Pipeline['time']>): any[] {
  const from = (name: string, rest: object) => ({
    type: 'time_parser',
    ...QUIET,
    parse_from: attribute(name),
    if: `${attribute(name)} != nil`,
    ...rest,
  });
  switch (layout.kind) {
    case 'iso8601':
      return [from(field, { layout_type: 'gotime', layout: '2006-01-02T15:04:05Z07:00' })];
    case 'unixMilliseconds':
      return [from(field, { layout_type: 'epoch', layout: 'ms' })];
    // reads the fraction of a string as nanoseconds, so strings are converted to numbers
    case 'unixSeconds':
      return [
        {
          type: 'add',
          ...QUIET,
          field: attribute(SECONDS),
          value: `EXPR(float(${attribute(field)}))`,
          if: `${attribute(field)} != nil`,
        },
        from(SECONDS, { layout_type: 'epoch', layout: 's.us' }),
        { type: 'remove', ...QUIET, field: attribute(SECONDS), if: `${attribute(SECONDS)} != nil` },
      ];
    case 'pattern':
      return goLayouts(layout).map(goLayout =>
        from(field, { layout_type: 'gotime', layout: goLayout, location: zone }),
      );
  }
}

const GO_LAYOUT: Record<string, string> = {
  '%Y': '2006',
  '%m': '01',
  '%d': '02',
  '%b': 'Jan',
  '%H': '15',
  '%M': '04',
  '%S': '05',
  '%L': '000',
  '%f': '000000',
  '%z': '-0700',
};

/** Returns one layout, or two for offsets with and without a colon. */
function goLayouts({ pattern }: Extract<TimeLayout, { kind: 'pattern' }>): string[] {
  const layout = pattern.replace(/%[^]/g, directive => GO_LAYOUT[directive]);
  return pattern.includes('%z') ? [layout, layout.replace('-0700', 'Z07:00')] : [layout];
}

/** Lowercase names in addition to those that the collector knows; the numbers are those of pino and bunyan. */
const SEVERITIES = {
  trace: ['10'],
  debug: ['d', '20'],
  info: ['i', 'notice', 'information', 'informational', '30'],
  warn: ['w', '40'],
  error: ['e', '50'],
  fatal: ['f', 'critical', 'crit', 'panic', 'alert', 'emerg', 'emergency', '60'],
};

function severityParser(field: string): any {
  return {
    type: 'severity_parser',
    ...QUIET,
    parse_from: attribute(field),
    if: `${attribute(field)} != nil`,
    mapping: SEVERITIES,
  };
}

/** Escapes a dollar before a brace, where the collector expands variables. */
function dollars(pattern: string): string {
  return pattern.replace(/\$(?=[${])/g, '$$$$');
}
