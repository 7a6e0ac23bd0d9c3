import type { Size } from 'cdk8s';

/** How an app rotates its files. */
export interface AppLogRotationOptions {
  /** How large a file may grow before it is rotated. */
  readonly maxFileSize: Size;

  /** How many files of one log there are at most, the one being written included. At least 2: an old file stays until it is read. */
  readonly maxFiles: number;

  /**
   * How many logs the app writes at a time.
   *
   * @default - one for each entry of `files`
   */
  readonly logs?: number;

  /**
   * What a rotated file is called: `{file}` is the file's name (`app.log`), `{name}` and `{ext}` its two halves (`app`,
   * `.log`), `{n}` a number, `{date}` a date and perhaps a time. Compressed files may have `.gz` after it.
   *
   * @default '{file}.{n}'
   */
  readonly rotatedName?: string;
}

/**
 * Who rotates the log files, and how much they hold at most. Files are rotated by renaming; a file that is copied and
 * truncated (`copytruncate`) loses the lines written in between.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
export class LogRotation {
  /**
   * The app rotates its files itself, by renaming them, as stated here.
   *
   * @param options sizes, numbers and names
   */
  public static byApp(options: AppLogRotationOptions): LogRotation {
    return new LogRotation(options, options.rotatedName ?? '{file}.{n}');
  }

  /** How large a file may grow before it is rotated. */
  public readonly maxFileSize: Size;

  /** How many files of one log there are at most. */
  public readonly maxFiles: number;

  /** How many logs the app writes at a time, where that was said. */
  public readonly logs?: number;

  private constructor(
    options: AppLogRotationOptions,
    /** What a rotated file is called. */
    public readonly rotatedName: string,
  ) {
    this.maxFileSize = options.maxFileSize;
    this.maxFiles = options.maxFiles;
    this.logs = options.logs;
  }
}
