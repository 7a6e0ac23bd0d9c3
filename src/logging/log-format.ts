import { LogTimeFormat, LogTimeOptions } from './log-time';
import { checkProps, PropTable, required, optional } from '../checks/props';

/** Options common to formats with fields. */
export interface LogFormatOptions {
  /**
   * The time in a record, which becomes its timestamp in each sink, such as `@timestamp`. A record without a valid time
   * gets the time at which it is read.
   *
   * @default - the time at which the record is read
   */
  readonly time?: LogTimeOptions;

  /**
   * The field with the severity of a record, such as `level`. OTLP sinks get its text and its number. The names of
   * common loggers and the numbers of pino and bunyan are known.
   *
   * @default - records have no severity
   */
  readonly severityField?: string;
}

const OPTIONS: PropTable<LogFormatOptions> = { time: optional('object'), severityField: optional('string') };
const TIME: PropTable<LogTimeOptions> = {
  field: required('"time"', 'string'),
  format: required('LogTimeFormat.iso8601()', 'LogTimeFormat'),
  zone: optional('string'),
};

/** The kinds of formats, named after the factories of `LogFormat`. */
export type LogFormatKind = 'text' | 'json' | 'logfmt' | 'regex';

const APACHE =
  '^(?<host>[^ ]*) [^ ]* (?<user>[^ ]*) \\[(?<time>[^\\]]*)\\] "(?<method>[^ "]*) (?<path>[^"]*) (?<protocol>[^ ' +
  '"]*)" (?<code>[^ ]*) (?<size>[^ ]*)';
const KLOG = '^(?<severity>[IWEF])(?<time>[0-9]{4} [0-9:.]+) +(?<thread>[0-9]+) (?<source>[^ \\]]+)\\] (?<message>.*)$';
const NGINX =
  '^(?<remote>[^ ]*) - (?<user>[^ ]*) \\[(?<time>[^\\]]*)\\] "(?<method>[^ "]*) (?<path>[^"]*) (?<protocol>[^ ' +
  '"]*)" (?<code>[^ ]*) (?<size>[^ ]*) "(?<referer>[^"]*)" "(?<agent>[^"]*)"';

/**
 * The format of log records. The collector parses fields from it. A line that does not match is kept unchanged in the
 * field `message`. A record of several lines is parsed as a whole or, if it does not match, by its first line. Lines
 * that no field contains are appended to `message`. The collector sets the fields `@timestamp`, `app`, `namespace` and
 * `pod`, and overwrites fields of the line with these names.
 */
export class LogFormat {
  /** Does not parse lines: a line is the `message` of a record. */
  public static text(): LogFormat {
    return new LogFormat('text');
  }

  /**
   * Parses each line as a JSON object. With `multiline`, an object can have several lines or be followed by lines of
   * text, such as a stack trace.
   *
   * @param options time and severity
   */
  public static json(options: LogFormatOptions = {}): LogFormat {
    return new LogFormat('json', options);
  }

  /**
   * Parses each line as `key=value` pairs.
   *
   * @param options time and severity
   */
  public static logfmt(options: LogFormatOptions = {}): LogFormat {
    return new LogFormat('logfmt', options);
  }

  /**
   * Parses each record with a regular expression, which has the same meaning in all collectors: `^` and `$` match the
   * start and the end of the whole record, `.` matches any character including line breaks, and `\d`, `\w`, `\s` and
   * `\b` match only ASCII. Only the groups become fields: text of the first line outside of them is not shipped.
   *
   * @param pattern an expression with at least one named group, such as `(?<level>[A-Z]+)`, without look-around and
   * back-references
   * @param options time and severity
   */
  public static regex(pattern: string, options: LogFormatOptions = {}): LogFormat {
    return new LogFormat('regex', options, pattern);
  }

  /** Parses the combined log format of nginx, including the time. */
  public static nginx(): LogFormat {
    return LogFormat.regex(NGINX, { time: { field: 'time', format: LogTimeFormat.commonLog() } });
  }

  /** Parses the common log format of the Apache HTTP Server, including the time; other fields of a line are ignored. */
  public static apache(): LogFormat {
    return LogFormat.regex(APACHE, { time: { field: 'time', format: LogTimeFormat.commonLog() } });
  }

  /** Parses the log format of Kubernetes components, including the severity. */
  public static klog(): LogFormat {
    return LogFormat.regex(KLOG, { severityField: 'severity' });
  }

  /** @internal */
  public readonly _kind: LogFormatKind;
  /** @internal */
  public readonly _options: LogFormatOptions;
  /** @internal */
  public readonly _pattern?: string;

  private constructor(kind: LogFormatKind, options: LogFormatOptions = {}, pattern?: string) {
    checkProps(`LogFormat.${kind}`, options, OPTIONS);
    if (options.time !== undefined) {
      checkProps(`LogFormat.${kind}`, options.time, TIME, "'time'");
    }
    this._kind = kind;
    this._options = options;
    this._pattern = pattern;
  }
}
