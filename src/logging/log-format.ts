/** Formats by name, for those that are only an expression. */
export const NAMED_FORMATS: Record<string, string> = {
  apache: '^(?<host>[^ ]*) [^ ]* (?<user>[^ ]*) \\[(?<time>[^\\]]*)\\] "(?<method>[^ "]*) (?<path>[^"]*) (?<protocol>[^ "]*)" (?<code>[^ ]*) (?<size>[^ ]*)',
  klog: '^(?<severity>[IWEF])(?<time>[0-9]{4} [0-9:.]+) +(?<thread>[0-9]+) (?<source>[^ \\]]+)\\] (?<message>.*)$',
  nginx: '^(?<remote>[^ ]*) - (?<user>[^ ]*) \\[(?<time>[^\\]]*)\\] "(?<method>[^ "]*) (?<path>[^"]*) (?<protocol>[^ "]*)" (?<code>[^ ]*) (?<size>[^ ]*) "(?<referer>[^"]*)" "(?<agent>[^"]*)"',
};

/** Multiline starts by name. */
export const NAMED_STARTS: Record<string, string> = {
  bracket: '^\\[',
  indented: '^[^ \\t]',
  timestamp: '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]',
};

/**
 * How a line becomes a record with fields. A line that does not fit is kept as it is, in the field `message`.
 */
export class LogFormat {
  /** A line is text: the record's `message`. */
  public static text(): LogFormat {
    return new LogFormat('text');
  }

  /** A line is a JSON object. */
  public static json(): LogFormat {
    return new LogFormat('json');
  }

  /** A line is `key=value` pairs. */
  public static logfmt(): LogFormat {
    return new LogFormat('logfmt');
  }

  /**
   * A line is taken apart by an expression.
   *
   * @param pattern an expression with at least one named group, `(?<level>[A-Z]+)`, in what all collectors understand:
   * neither look-around nor back-references
   */
  public static regex(pattern: string): LogFormat {
    return new LogFormat('regex', pattern);
  }

  /**
   * A well-known format.
   *
   * @param name `json`, `logfmt`, `text`, `apache`, `klog` or `nginx`
   */
  public static named(name: string): LogFormat {
    if (Object.prototype.hasOwnProperty.call(NAMED_FORMATS, name)) {
      return new LogFormat('regex', NAMED_FORMATS[name]);
    }
    // an unknown name is refused when the shipping is added, where its path is known
    return new LogFormat(name);
  }

  private constructor(
    /** What it is: `text`, `json`, `logfmt` or `regex`. */
    public readonly kind: string,
    /** The expression, where it is one. */
    public readonly pattern?: string,
  ) {}
}

/** Where one record of several lines begins, such as one with a stack trace. */
export class LogMultiline {
  /**
   * A record begins with each line that matches; all others belong to the record before.
   *
   * @param pattern an expression in what all collectors understand: neither look-around nor back-references
   */
  public static startsWith(pattern: string): LogMultiline {
    return new LogMultiline(pattern);
  }

  /**
   * A well-known beginning.
   *
   * @param name `timestamp` (2026-01-31 or 2026-01-31T), `bracket` (`[`) or `indented` (a line that is not indented)
   */
  public static named(name: string): LogMultiline {
    return new LogMultiline(Object.prototype.hasOwnProperty.call(NAMED_STARTS, name) ? NAMED_STARTS[name] : undefined, name);
  }

  private constructor(
    /** The expression. */
    public readonly pattern?: string,
    /** Its name, where it was given by one. */
    public readonly name?: string,
  ) {}
}
