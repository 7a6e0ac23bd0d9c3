import { wholeRecord } from '../expressions';
import type { Pipeline, RecordTime, Sink } from '../pipeline';

/** What the sinks get a record's time as: a text in the record, or Vector's own timestamp where the sink knows that. */
const OWN_TIMESTAMP: readonly string[] = ['loki', 'raw'];

/** The numbers of OpenTelemetry for the names of common loggers, and for the levels of pino and bunyan. */
const SEVERITIES: Record<number, string> = {
  1: 'trace 10', 5: 'debug 20', 9: 'info i notice informational 30', 13: 'warn warning w 40', 17: 'error err e 50', 21: 'fatal f critical crit panic alert emerg 60',
};

/** A program in Vector's remap language that makes a sink's record of what was read. Lines that do not parse stay as they are. */
export function remapProgram(pipeline: Pipeline, { kind }: Sink): string {
  const { format: { _options: { severityField } }, app, time } = pipeline;
  return [
    'at = timestamp(.@timestamp) ?? now()',
    // lines of Windows
    'line = replace(string!(.message), "\\r\\n", "\\n")',
    'if ends_with(line, "\\r") {',
    '  line = slice!(line, 0, -1)',
    '}',
    '. = {"message": line}',
    ...parsed(pipeline),
    ...time === undefined ? [] : timed(time),
    ...kind === 'otlp' ? telemetry(app, severityField) : [
      `."@timestamp" = ${OWN_TIMESTAMP.includes(kind) ? 'at' : 'format_timestamp!(at, "%Y-%m-%dT%H:%M:%S%.6fZ")'}`,
      `.app = ${JSON.stringify(app)}`,
      '.namespace = get_env_var!("POD_NAMESPACE")',
      '.pod = get_env_var!("POD_NAME")',
    ],
    '',
  ].join('\n');
}

function parsed({ format }: Pipeline): string[] {
  const parse = {
    text: undefined,
    json: 'parse_json(line)',
    // a line without any pair is text
    logfmt: 'parse_key_value(if contains(line, "=") { line } else { "" })',
    regex: `parse_regex(line, ${expression(wholeRecord(format._pattern ?? '', 'rust'))})`,
  }[format._kind];
  return parse === undefined ? [] : [
    `fields, err = ${parse}`,
    'if err == null && is_object(fields) && !is_empty(object!(fields)) {',
    '  . = object!(fields)',
    '}',
  ];
}

/** An expression between quotes, of which it may hold none that is not escaped. */
function expression(pattern: string): string {
  return `r'${pattern.replace(/\\?'|\\[^]/g, found => found.endsWith('\'') ? '\\\'' : found)}'`;
}

/** The record's own time; a time that cannot be read leaves that of reading. */
function timed({ field, layout, zone }: RecordTime): string[] {
  const unix = (unit: string, factor: number) => [
    'number, err = to_float(text)',
    'if err == null {',
    `  own, err = from_unix_timestamp(to_int(round(number * ${factor})), unit: "${unit}")`,
    '}',
  ];
  const strptime = (pattern: string, more = '') => [`own, err = parse_timestamp(text, ${JSON.stringify(pattern)}${more})`];
  return [
    `text = to_string(.${JSON.stringify(field)}) ?? ""`,
    ...{
      iso8601: () => strptime('%+'),
      unixSeconds: () => unix('microseconds', 1000000),
      unixMilliseconds: () => unix('milliseconds', 1),
      pattern: () => strptime(
        (layout as { pattern: string }).pattern.replace('%L', '%3f').replace('%f', '%6f'), `, timezone: ${JSON.stringify(zone)}`,
      ),
    }[layout.kind](),
    'if err == null {',
    '  at = own',
    '}',
  ];
}

/** A request of OTLP with one record: Vector's codec wants the whole tree, and a batch is one request after another. */
function telemetry(app: string, severityField?: string): string[] {
  const names = Object.entries(SEVERITIES).flatMap(([number, all]) => all.split(' ').map(name => `"${name}": ${number}`));
  const attribute = (key: string, value: string) => `{"key": "${key}", "value": {"stringValue": ${value}}}`;
  return [
    'own_fields = object!(.)',
    'record = {"timeUnixNano": to_unix_timestamp(at, unit: "nanoseconds"), "observedTimeUnixNano": to_unix_timestamp(now(), unit: "nanoseconds")}',
    ...severityField === undefined ? [] : [
      `severity = to_string(get!(own_fields, [${JSON.stringify(severityField)}])) ?? ""`,
      'if severity != "" {',
      '  record.severityText = severity',
      `  record.severityNumber = int(get!({${names.join(', ')}}, [downcase(severity)])) ?? 0`,
      '}',
    ],
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
    `resource = [${attribute('service.name', JSON.stringify(app))}, ${attribute('k8s.namespace.name', 'get_env_var!("POD_NAMESPACE")')}, ${attribute('k8s.pod.name', 'get_env_var!("POD_NAME")')}]`,
    '. = {"resourceLogs": [{"resource": {"attributes": resource}, "scopeLogs": [{"logRecords": [record]}]}]}',
  ];
}
