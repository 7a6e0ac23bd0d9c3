import { continuedBy, startedBy } from './opentelemetry-multiline';
import { wholeRecord } from '../expressions';
import type { TimeLayout } from '../log-time';
import { Pipeline, readPaths, Sink, unreadPaths } from '../pipeline';

/** What reads the files for a sink, and makes records of their lines. */
export function receiver(pipeline: Pipeline, sink: Sink): Record<string, any> {
  const { multiline } = pipeline;
  return {
    // files are known by their content, so a renamed one is read to its end
    include: readPaths(pipeline),
    exclude: unreadPaths(pipeline),
    start_at: 'beginning',
    storage: 'file_storage',
    poll_interval: '200ms',
    max_log_size: pipeline.maxRecordBytes,
    // less than the collector has for the app's last line
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
    // a disk that is full holds up the reading, not the app
    retry_on_failure: { enabled: true, max_interval: '5s', max_elapsed_time: 0 },
  };
}

/** Above this, Loki might not take the fields of a record beside it: it takes 64 KiB. */
const LOKI_FIELDS = 16 * 1024;

/**
 * What reads files hands on a hundred records at once, of whatever size, and waits for ever where these are more than
 * the
 * queue may hold. So each long one goes by itself: by the last digit of its number, and by the one before.
 */
const LONG = 16 * 1024;
const NUMBER = 'attributes["log.file.record_number"]';

function longOnesApart(): any[] {
  const router = (id: string, digit: string, output: string) => ({
    type: 'router',
    id,
    routes: [`len(body) < ${LONG}`, ...[...Array(10).keys()].map(value => `${digit} % 10 == ${value}`)].map(expr => ({
      expr,
      output,
    })),
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
  const knows = pipeline.time !== undefined || severity !== undefined;
  // Loki gets a record as it stands; it parses JSON itself, and refuses records with many fields
  const whole = sink.kind === 'loki';
  const parsed = ['json', 'regex'].includes(format._kind) && !(whole && format._kind === 'json' && !knows);
  return [
    ...longOnesApart(),
    ...timeOfReading(),
    ...(multiline
      ? [{ type: 'add', field: 'body', value: 'EXPR(trimSuffix(replace(body, "\\r\\n", "\\n"), "\\n"))' }]
      : []),
    ...(parsed ? [parser(format._kind, format._pattern)] : []),
    ...(parsed && pipeline.time ? timeParsers(pipeline.time) : []),
    ...(parsed && severity !== undefined ? [severityParser(severity)] : []),
    ...(sink.kind === 'stdout' ? jsonLine() : []),
    ...(parsed && !whole && sink.kind !== 'stdout'
      ? [{ type: 'move', from: 'attributes.message', to: 'body', if: 'type(attributes.message) == "string"' }]
      : []),
    ...(parsed && whole
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

/** A record in one line of JSON, whatever it holds: what is not parsed has the name of its file alone beside it. */
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
    // line breaks of texts are escaped; those between fields go
    { type: 'add', id: 'json', field: 'body', value: 'EXPR(replace(toJSON(attributes), "\\n", ""))' },
    { type: 'remove', id: 'json_done', field: 'attributes' },
  ];
}

const QUIET = { on_error: 'send_quiet' };

function parser(kind: string, pattern?: string): any {
  const parse = { ...QUIET, parse_from: 'body', parse_to: 'attributes' };
  return kind === 'json'
    ? // its reader of exact numbers takes no notice of what stands behind the object, so that is looked at before
      { type: 'json_parser', if: 'type(fromJSON(body)) == "map"', parse_ints: true, ...parse }
    : { type: 'regex_parser', regex: dollars(wholeRecord(pattern!, 're2')), ...parse };
}

function attribute(field: string): string {
  return `attributes["${field}"]`;
}

const NOW = 'collector.now';

/** A record has the time at which it was read until its own is known. */
function timeOfReading(): any[] {
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
    // of texts it takes the fraction for so many billionths, so they are made numbers
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
      return goLayouts(layout).map(one => from(field, { layout_type: 'gotime', layout: one, location: zone }));
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

/** Offsets are read with and without a colon. */
function goLayouts({ pattern }: Extract<TimeLayout, { kind: 'pattern' }>): string[] {
  const layout = pattern.replace(/%[^]/g, directive => GO_LAYOUT[directive]);
  return pattern.includes('%z') ? [layout, layout.replace('-0700', 'Z07:00')] : [layout];
}

/** Beside what the collector knows itself, in lower case; numbers are those of pino and bunyan. */
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

/** Variables are filled in where a dollar stands before a brace. */
function dollars(pattern: string): string {
  return pattern.replace(/\$(?=[${])/g, '$$$$');
}
