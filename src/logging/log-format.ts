import { LogTimeFormat, LogTimeOptions } from './log-time';

/** Which fields of a record say something that sinks know too. */
export interface LogFormatOptions {
  /**
   * The record's own time, which becomes the timestamp that each sink has: `@timestamp`, Loki's, OTLP's. A record
   * whose time
   * cannot be read gets the time at which it was read.
   *
   * @default - the time at which the record was read
   */
  readonly time?: LogTimeOptions;

  /**
   * The field with the record's severity, such as `level`. OTLP sinks get its text and its number; names of common
   * loggers
   * and the numbers of pino and bunyan are known.
   *
   * @default - none
   */
  readonly severityField?: string;
}

/** What a line is before it becomes a record with fields. */
export type LogFormatKind = 'text' | 'json' | 'logfmt' | 'regex';

const APACHE =
  '^(?<host>[^ ]*) [^ ]* (?<user>[^ ]*) \\[(?<time>[^\\]]*)\\] "(?<method>[^ "]*) (?<path>[^"]*) (?<protocol>[^ ' +
  '"]*)" (?<code>[^ ]*) (?<size>[^ ]*)';
const KLOG = '^(?<severity>[IWEF])(?<time>[0-9]{4} [0-9:.]+) +(?<thread>[0-9]+) (?<source>[^ \\]]+)\\] (?<message>.*)$';
const NGINX =
  '^(?<remote>[^ ]*) - (?<user>[^ ]*) \\[(?<time>[^\\]]*)\\] "(?<method>[^ "]*) (?<path>[^"]*) (?<protocol>[^ ' +
  '"]*)" (?<code>[^ ]*) (?<size>[^ ]*) "(?<referer>[^"]*)" "(?<agent>[^"]*)"';

/**
 * How a line becomes a record with fields. A line that does not fit is kept as it is, in the field `message`. The
 * fields
 * `@timestamp`, `app`, `namespace` and `pod` are the collector's, whatever the line says.
 */
export class LogFormat {
  /** A line is text: the record's `message`. */
  public static text(): LogFormat {
    return new LogFormat('text');
  }

  /**
   * A line is a JSON object.
   *
   * @param options time and severity
   */
  public static json(options: LogFormatOptions = {}): LogFormat {
    return new LogFormat('json', options);
  }

  /**
   * A line is `key=value` pairs.
   *
   * @param options time and severity
   */
  public static logfmt(options: LogFormatOptions = {}): LogFormat {
    return new LogFormat('logfmt', options);
  }

  /**
   * A record is taken apart by an expression. It means the same in every collector: `^` and `$` are the beginning and
   * the end
   * of the whole record, `.` is any character, a line break too, and `\d`, `\w`, `\s` and `\b` know ASCII.
   *
   * @param pattern an expression with at least one named group, `(?<level>[A-Z]+)`, in what all collectors understand:
   * neither look-around nor back-references
   * @param options time and severity
   */
  public static regex(pattern: string, options: LogFormatOptions = {}): LogFormat {
    return new LogFormat('regex', options, pattern);
  }

  /** The combined log of nginx, with its time. */
  public static nginx(): LogFormat {
    return LogFormat.regex(NGINX, { time: { field: 'time', format: LogTimeFormat.commonLog() } });
  }

  /** The common log of Apache httpd, and the beginning of its combined log, with its time. */
  public static apache(): LogFormat {
    return LogFormat.regex(APACHE, { time: { field: 'time', format: LogTimeFormat.commonLog() } });
  }

  /** The log of Kubernetes' own programs, with its severity. */
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
    this._kind = kind;
    this._options = options;
    this._pattern = pattern;
  }
}
