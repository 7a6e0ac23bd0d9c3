import type { Duration, Size } from 'cdk8s';

/** How an app rotates its files. */
export interface AppLogRotationOptions {
  /** How large a file may grow before it is rotated. */
  readonly maxFileSize: Size;

  /**
   * How many files of one log there are at most, the one being written included. At least 2: an old file stays until it
   * is read.
   */
  readonly maxFiles: number;

  /**
   * How many logs the app writes at a time.
   *
   * @default - one for each entry of `files`
   */
  readonly logCount?: number;

  /**
   * What a rotated file is called: `{file}` is the file's name (`app.log`), `{name}` and `{ext}` its two halves (`app`,
   * `.log`), `{n}` a number, `{date}` a date and perhaps a time. Compressed files may have `.gz` after it.
   *
   * @default '{file}.{n}'
   */
  readonly rotatedName?: string;
}

/** A sidecar that rotates in the app's place. */
export interface SidecarLogRotationOptions {
  /**
   * An image with `logrotate` and `/bin/sh`, such as Alpine with its package. No registry has one that is kept up by
   * logrotate's or a distribution's own people, so there is no default.
   */
  readonly image: string;

  /** How large a file may grow before it is rotated. It is exceeded by what the app writes between two looks. */
  readonly maxFileSize: Size;

  /** How many files of one log there are at most, the one being written included. At least 2. */
  readonly maxFiles: number;

  /**
   * How many logs the app writes at a time.
   *
   * @default - one for each entry of `files`
   */
  readonly logCount?: number;

  /**
   * How long to wait between two looks at the sizes.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;
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

  /**
   * A sidecar renames files that have grown too large. The app has to open its file again when the name leads to
   * another file or to none, as Python's `WatchedFileHandler` does; one that never does goes on writing into the
   * renamed file, and loses what it writes once that is deleted.
   *
   * @param options image, sizes and numbers
   * @see https://github.com/logrotate/logrotate
   */
  public static bySidecar(options: SidecarLogRotationOptions): LogRotation {
    return new LogRotation(options, '{file}.{n}', options);
  }

  /** How large a file may grow before it is rotated. */
  public readonly maxFileSize: Size;

  /** How many files of one log there are at most. */
  public readonly maxFiles: number;

  /** How many logs the app writes at a time, where that was said. */
  public readonly logCount?: number;

  /** @internal */
  public readonly _sidecar?: SidecarLogRotationOptions;

  private constructor(
    options: AppLogRotationOptions,
    /** What a rotated file is called. */
    public readonly rotatedName: string,
    sidecar?: SidecarLogRotationOptions,
  ) {
    this.maxFileSize = options.maxFileSize;
    this.maxFiles = options.maxFiles;
    this.logCount = options.logCount;
    this._sidecar = sidecar;
  }
}
