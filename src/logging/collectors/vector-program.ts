import { wholeRecord } from '../expressions';
import type { LogFormat, LogFormatKind } from '../log-format';
import type { TimeLayout } from '../log-time';
import { keepsLines, Pipeline, RecordTime, Sink } from '../pipeline';

/** The severity numbers of OpenTelemetry for the names of common loggers, and for the levels of pino and bunyan. */
const SEVERITIES: Record<number, string> = {
  1: 'trace 10',
  5: 'debug 20',
  9: 'info i notice informational 30',
  13: 'warn warning w 40',
  17: 'error err e 50',
  21: 'fatal f critical crit panic alert emerg 60',
};

/** Returns a program in Vector's remap language that turns a line into a record. A line that does not parse is kept. */
export function remapProgram(pipeline: Pipeline, sink: Sink): string {
  const { kind } = sink;
  const { format, app, time } = pipeline;
  const {
    _options: { severityField },
  } = format;
  return [
    'at = timestamp(.@timestamp) ?? now()',
    // line breaks of Windows
    'line = replace(string!(.message), "\\r\\n", "\\n")',
    'if ends_with(line, "\\r") {',
    '  line = slice!(line, 0, -1)',
    '}',
    '. = {"message": line}',
    ...parsed(pipeline),
    ...(time === undefined ? [] : timed(time, format)),
    ...(kind === 'otlp'
      ? telemetry(app, severityField)
      : [
          // sinks that the user configures expect a timestamp of Vector
          `."@timestamp" = ${kind === 'raw' ? 'at' : 'format_timestamp!(at, "%Y-%m-%dT%H:%M:%S%.6fZ")'}`,
          `.app = ${JSON.stringify(app)}`,
          '.namespace = get_env_var!("POD_NAMESPACE")',
          '.pod = get_env_var!("POD_NAME")',
          ...(sink.kind === 'loki' ? stream(sink, app) : []),
        ]),
    '',
  ].join('\n');
}

function parsed(pipeline: Pipeline): string[] {
  const { format } = pipeline;
  const regex = expression(noSecret(wholeRecord(format._pattern ?? '', 'rust')));
  const parsers: Record<LogFormatKind, ((text: string) => string) | undefined> = {
    text: undefined,
    json: text => `parse_json(${text})`,
    // words without a value are not fields
    logfmt: text => `parse_key_value(${text}, accept_standalone_key: false, whitespace: "strict")`,
    regex: text => `parse_regex(${text}, ${regex})`,
  };
  const parse = parsers[format._kind];
  if (parse === undefined) {
    return [];
  }
  return [
    ...(keepsLines(pipeline) ? lineParsers(format._kind, parse) : [`fields, err = ${parse('line')}`]),
    'if err == null && is_object(fields) && !is_empty(object!(fields)) {',
    '  . = object!(fields)',
    ...(keepsLines(pipeline) ? LINES_IN_MESSAGE : []),
    '}',
  ];
}

/** Returns statements that parse all lines of a record, or only the first, and whether fields contain the others. */
function lineParsers(kind: LogFormatKind, parse: (text: string) => string): string[] {
  const first = `fields, err = ${parse('first')}`;
  return [
    'parts = split(line, "\\n", limit: 2)',
    'first = string(parts[0]) ?? ""',
    'lines = string(parts[1]) ?? ""',
    'kept = lines == ""',
    ...(kind === 'logfmt'
      ? [first]
      : [
          `fields, err = ${parse('line')}`,
          'if err != null {',
          `  ${first}`,
          ...(kind === 'json' ? ['} else {', '  kept = true'] : []),
          '}',
        ]),
    ...(kind === 'regex'
      ? [
          'for_each(object!(fields)) -> |_key, value| {',
          '  if ends_with("\\n" + to_string(value), "\\n" + lines) {',
          '    kept = true',
          '  }',
          '}',
        ]
      : []),
  ];
}

/** Statements that append lines that no field contains to the message. */
const LINES_IN_MESSAGE = [
  '  if !kept {',
  '    message = get!(object!(fields), ["message"])',
  '    if message == null {',
  '      .message = lines',
  '    } else if is_string(message) {',
  '      .message = string!(message) + "\\n" + lines',
  '    } else {',
  '      . = {"message": line}',
  '    }',
  '  }',
];

/** Returns an equivalent expression in which Vector finds no reference to a credential. */
export function noSecret(pattern: string): string {
  return pattern.replace(/SECRET(?=\[)/g, '(?:SECRET)');
}

/** Returns a regular expression literal, with its quotes escaped. */
function expression(pattern: string): string {
  return `r'${pattern.replace(/\\?'|\\[^]/g, found => (found.endsWith("'") ? "\\'" : found))}'`;
}

/** Returns statements that parse the time in a record; otherwise the time at which it is read is kept. */
function timed({ field, layout, zone }: RecordTime, { _kind: kind }: LogFormat): string[] {
  const assign = (parse: string) => [`own, err = ${parse}`, 'if err == null {', '  at = own', '}'];
  const unix = (unit: string, factor: number) => [
    'number, err = to_float(text)',
    'if err == null {',
    ...assign(`from_unix_timestamp(to_int(round(number * ${factor})), unit: "${unit}")`).map(line => `  ${line}`),
    '}',
  ];
  return [
    // Vector knows that the groups of an expression are strings
    `text = ${kind === 'regex' ? 'string' : 'to_string'}(.${JSON.stringify(field)}) ?? ""`,
    ...{
      iso8601: () => assign('parse_timestamp(text, "%+")'),
      unixSeconds: () => unix('microseconds', 1000000),
      unixMilliseconds: () => unix('milliseconds', 1),
      pattern: () =>
        assign(`parse_timestamp(text, ${JSON.stringify(directives(layout))}, timezone: ${JSON.stringify(zone)})`),
    }[layout.kind](),
  ];
}

function directives(layout: TimeLayout): string {
  return layout.kind === 'pattern' ? layout.pattern.replace('%L', '%3f').replace('%f', '%6f') : '';
}

/** Returns statements that build a stream of Loki with one record: Loki merges streams with the same labels. */
function stream(sink: Sink<'loki'>, app: string): string[] {
  const labels = Object.entries({ ...sink.options.labels, app }).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return [
    'labels = {"namespace": .namespace, "pod": .pod, ' + `${labels.join(', ')}}`,
    'del(."@timestamp")',
    '. = {"stream": labels, "values": [[to_string(to_unix_timestamp(at, unit: "nanoseconds")), encode_json(.)]]}',
  ];
}

/** Returns statements that build an OTLP request with one record: Vector concatenates the requests of a batch. */
function telemetry(app: string, severityField?: string): string[] {
  const names = Object.entries(SEVERITIES).flatMap(([number, all]) =>
    all.split(' ').map(name => `"${name}": ${number}`),
  );
  const attribute = (key: string, value: string) => `{"key": "${key}", "value": {"stringValue": ${value}}}`;
  return [
    'own_fields = object!(.)',
    'record = {"timeUnixNano": to_unix_timestamp(at, unit: "nanoseconds")}',
    'record.observedTimeUnixNano = to_unix_timestamp(now(), unit: "nanoseconds")',
    ...(severityField === undefined
      ? []
      : [
          `severity = to_string(get!(own_fields, [${JSON.stringify(severityField)}])) ?? ""`,
          'if severity != "" {',
          '  record.severityText = severity',
          `  record.severityNumber = int(get!({${names.join(', ')}}, [downcase(severity)])) ?? 0`,
          '}',
        ]),
    'message = del(own_fields.message)',
    'record.body = {"stringValue": line}',
    'if is_string(message) {',
    '  record.body = {"stringValue": message}',
    '} else if message != null {',
    '  own_fields.message = message',
    '}',
    'attributes = []',
    'for_each(own_fields) -> |key, value| {',
    '  kind = "stringValue"',
    '  if is_integer(value) {',
    '    kind = "intValue"',
    '  } else if is_float(value) {',
    '    kind = "doubleValue"',
    '  } else if is_boolean(value) {',
    '    kind = "boolValue"',
    '  } else if !is_string(value) {',
    '    value = encode_json(value)',
    '  }',
    '  attributes = push(attributes, {"key": key, "value": set!({}, [kind], value)})',
    '}',
    'record.attributes = attributes',
    'resource = [',
    `  ${attribute('service.name', JSON.stringify(app))},`,
    `  ${attribute('k8s.namespace.name', 'get_env_var!("POD_NAMESPACE")')},`,
    `  ${attribute('k8s.pod.name', 'get_env_var!("POD_NAME")')},`,
    ']',
    '. = {"resourceLogs": [{"resource": {"attributes": resource}, "scopeLogs": [{"logRecords": [record]}]}]}',
  ];
}
