/** The time in a record. */
export interface LogTimeOptions {
  /** The field with the time. The field is kept. */
  readonly field: string;

  /** The format of the time. */
  readonly format: LogTimeFormat;

  /**
   * The time zone of times without an offset, as a name of the IANA database: `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly zone?: string;
}

/** The directives that all collectors support, with examples. */
export const TIME_DIRECTIVES: Record<string, string> = {
  '%Y': '2026',
  '%m': '01',
  '%d': '31',
  '%b': 'Jan',
  '%H': '23',
  '%M': '59',
  '%S': '58',
  '%L': '123, milliseconds after a `.` or `,`',
  '%f': '123456, microseconds after a `.` or `,`',
  '%z': '+0100 or +01:00',
};

/** The layout of a time. */
export type TimeLayout =
  | { readonly kind: 'iso8601' | 'unixSeconds' | 'unixMilliseconds' }
  | { readonly kind: 'pattern'; readonly pattern: string };

/** The format of the time in a log record. */
export class LogTimeFormat {
  /**
   * Parses a time of RFC 3339 with a `T` and an offset: `2026-01-31T23:59:58.123Z`, `2026-01-31T23:59:58+01:00`.
   *
   * @see https://www.rfc-editor.org/rfc/rfc3339
   */
  public static iso8601(): LogTimeFormat {
    return new LogTimeFormat({ kind: 'iso8601' });
  }

  /** Parses seconds since 1970, with or without a fraction: `1769903998.123`. */
  public static unixSeconds(): LogTimeFormat {
    return new LogTimeFormat({ kind: 'unixSeconds' });
  }

  /** Parses milliseconds since 1970, as written by pino: `1769903998123`. */
  public static unixMilliseconds(): LogTimeFormat {
    return new LogTimeFormat({ kind: 'unixMilliseconds' });
  }

  /** Parses the time of the Common Log Format, as written by nginx and Apache: `31/Jan/2026:23:59:58 +0100`. */
  public static commonLog(): LogTimeFormat {
    return LogTimeFormat.pattern('%d/%b/%Y:%H:%M:%S %z');
  }

  /**
   * Parses a time with directives of `strptime`.
   *
   * @param pattern text with `%Y`, `%m`, `%d`, `%b` (`Jan`), `%H`, `%M`, `%S`, `%L` (three digits of milliseconds),
   * `%f` (six digits of microseconds) and `%z`, for example `%Y-%m-%d %H:%M:%S,%L`. Year, month, day and time are
   * required
   */
  public static pattern(pattern: string): LogTimeFormat {
    return new LogTimeFormat({ kind: 'pattern', pattern });
  }

  /** @internal */
  public readonly _layout: TimeLayout;

  private constructor(layout: TimeLayout) {
    this._layout = layout;
  }
}
