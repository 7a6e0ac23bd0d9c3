/** How the lines of a record of several lines are known. */
export interface MultilineRule {
  /** `start`: a line that matches begins a record. `continuation`: a line that matches goes on with the one before. */
  readonly kind: 'start' | 'continuation';
  readonly pattern: string;
}

/** A line that no log message begins with: indented, or empty. */
const INDENTED = '\\s|$';

/** How the lines of one stack trace go on after its first line, in each language. */
const STACK_TRACES = {
  java:
    `^(?:${INDENTED}|Caused by: |Suppressed: ` +
    `|(?:[a-z]\\w*\\.)+[A-Z][\\w$.]*(?:Exception|Error|Throwable)(?::|$)|Exception in thread )`,
  python:
    `^(?:${INDENTED}|Traceback \\(most recent call ` +
    `last\\):|(?:\\w+\\.)*\\w*(?:Error|Exception|Warning|Interrupt|Exit)(?::|$)|During handling of the above |The ` +
    'above exception was )',
  go:
    `^(?:${INDENTED}|goroutine \\d+ \\[|created by |\\[signal |[\\w./*()-]+\\.[\\w.*()\\[\\]-]+\\([^ ` +
    `]*\\)$|\\.\\.\\.additional frames elided)`,
  ruby: `^(?:${INDENTED}|[^ ]+:\\d+:in [\`'])`,
  dotnet: `^(?:${INDENTED}|Unhandled exception\\. |(?:[A-Z]\\w*\\.)+\\w*(?:Exception|Error)(?::|$)|--- End of )`,
  javascript: `^(?:${INDENTED}|(?:\\w*Error|Uncaught \\w+)(?::|$)|\\}|\\])`,
};

/** Which lines make one record of several lines, such as one with a stack trace. */
export class LogMultiline {
  /**
   * A record begins with each line that matches; all others belong to the record before.
   *
   * @param pattern an expression in what all collectors understand: neither look-around nor back-references
   */
  public static startsWith(pattern: string): LogMultiline {
    return new LogMultiline({ kind: 'start', pattern });
  }

  /**
   * A line that matches belongs to the record before; each other line begins a record.
   *
   * @param pattern an expression in what all collectors understand: neither look-around nor back-references
   */
  public static continuesWith(pattern: string): LogMultiline {
    return new LogMultiline({ kind: 'continuation', pattern });
  }

  /** A record begins with a date: `2026-01-31 ` or `2026-01-31T`. */
  public static timestamp(): LogMultiline {
    return LogMultiline.startsWith('^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]');
  }

  /** A record begins with `[`. */
  public static bracket(): LogMultiline {
    return LogMultiline.startsWith('^\\[');
  }

  /** A record begins with a line that is not indented. */
  public static indented(): LogMultiline {
    return LogMultiline.startsWith('^[^ \\t]');
  }

  /** Stack traces of Java, Kotlin and Scala belong to the line before them. */
  public static java(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.java);
  }

  /** Tracebacks of Python belong to the line before them. */
  public static python(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.python);
  }

  /** Goroutines of Go belong to the line of the panic. */
  public static go(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.go);
  }

  /** Backtraces of Ruby belong to the line before them. */
  public static ruby(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.ruby);
  }

  /** Stack traces of .NET belong to the line before them. */
  public static dotnet(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.dotnet);
  }

  /** Stack traces of Node.js and of JavaScript in browsers belong to the line before them. */
  public static javascript(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.javascript);
  }

  /** @internal */
  public readonly _rule: MultilineRule;

  private constructor(rule: MultilineRule) {
    this._rule = rule;
  }
}
