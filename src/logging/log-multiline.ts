/** The rule that combines several lines into one record. */
export interface MultilineRule {
  /** `start`: a line that matches starts a record. `continuation`: a line that matches continues the record. */
  readonly kind: 'start' | 'continuation';
  readonly pattern: string;
}

/** Lines that do not start a message: indented, or empty. */
const INDENTED = '\\s|$';

/** The lines of a stack trace after the first line of its record, by language. */
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

/** Combines several lines into one record, for example a message with a stack trace. */
export class LogMultiline {
  /**
   * Starts a record with each line that matches; other lines continue the record.
   *
   * @param pattern an expression without look-around and back-references
   */
  public static startsWith(pattern: string): LogMultiline {
    return new LogMultiline({ kind: 'start', pattern });
  }

  /**
   * Continues a record with each line that matches; other lines start a record.
   *
   * @param pattern an expression without look-around and back-references
   */
  public static continuesWith(pattern: string): LogMultiline {
    return new LogMultiline({ kind: 'continuation', pattern });
  }

  /** Starts a record with each line that begins with a date: `2026-01-31 ` or `2026-01-31T`. */
  public static timestamp(): LogMultiline {
    return LogMultiline.startsWith('^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]');
  }

  /** Starts a record with each line that begins with `[`. */
  public static bracket(): LogMultiline {
    return LogMultiline.startsWith('^\\[');
  }

  /** Starts a record with each line that is not indented. */
  public static indented(): LogMultiline {
    return LogMultiline.startsWith('^[^ \\t]');
  }

  /** Appends stack traces of Java, Kotlin and Scala to the line before them. */
  public static java(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.java);
  }

  /** Appends tracebacks of Python to the line before them. */
  public static python(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.python);
  }

  /** Appends goroutines of Go to the line of the panic. */
  public static go(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.go);
  }

  /** Appends backtraces of Ruby to the line before them. */
  public static ruby(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.ruby);
  }

  /** Appends stack traces of .NET to the line before them. */
  public static dotnet(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.dotnet);
  }

  /** Appends stack traces of Node.js and of browsers to the line before them. */
  public static javascript(): LogMultiline {
    return LogMultiline.continuesWith(STACK_TRACES.javascript);
  }

  /** @internal */
  public readonly _rule: MultilineRule;

  private constructor(rule: MultilineRule) {
    this._rule = rule;
  }
}
