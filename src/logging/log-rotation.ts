import type { Duration, Size } from 'cdk8s';
import { checkProps, OPTIONAL, PropTable, required, optional } from '../checks/props';

/** Options of `LogRotation.byApp`. */
export interface AppLogRotationOptions {
  /** The size at which a file is rotated. */
  readonly maxFileSize: Size;

  /**
   * The maximum number of files of one log, including the current file. At least 2, so that a rotated file can be read.
   */
  readonly maxFiles: number;

  /**
   * The number of logs that the app writes at the same time.
   *
   * @default - the number of entries in `files`
   */
  readonly logCount?: number;

  /**
   * The template for the names of rotated files. `{file}` is the name of the file (`app.log`), `{name}` and `{ext}` are
   * its parts (`app`, `.log`), `{n}` is a number, and `{date}` is a date with or without a time. Names of compressed
   * files can end in `.gz`.
   *
   * @default '{file}.{n}'
   */
  readonly rotatedName?: string;
}

/** Options of `LogRotation.bySidecar`. */
export interface SidecarLogRotationOptions {
  /**
   * An image with `logrotate` and `/bin/sh`, for example Alpine with the package `logrotate`. Required,
   * because neither logrotate nor a distribution publishes such an image.
   */
  readonly image: string;

  /** The size at which a file is rotated. A file can grow larger between two checks. */
  readonly maxFileSize: Size;

  /** The maximum number of files of one log, including the current file. At least 2. */
  readonly maxFiles: number;

  /**
   * The number of logs that the app writes at the same time.
   *
   * @default - the number of entries in `files`
   */
  readonly logCount?: number;

  /**
   * The time between two checks of the file sizes.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;
}

const LIMITS = {
  maxFileSize: required('Size.mebibytes(10)'),
  maxFiles: required('4'),
  logCount: OPTIONAL,
};
const BY_APP: PropTable<AppLogRotationOptions> = { ...LIMITS, rotatedName: optional('string') };
const BY_SIDECAR: PropTable<SidecarLogRotationOptions> = {
  ...LIMITS,
  image: required('"registry.example.com/logrotate:3.22.0"', 'string'),
  interval: optional('Duration'),
};

/**
 * The rotation of the log files, which limits their size. Files are rotated by renaming: copying and truncating a file
 * (`copytruncate`) loses the lines that are written in between.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
export class LogRotation {
  /**
   * Describes how the app rotates its files by renaming them.
   *
   * @param options size, number and names of the files
   */
  public static byApp(options: AppLogRotationOptions): LogRotation {
    checkProps('LogRotation.byApp', options, BY_APP);
    return new LogRotation(options, options.rotatedName ?? '{file}.{n}');
  }

  /**
   * Rotates files in a sidecar, by renaming them. The app must reopen its file when the file is renamed, as Python's
   * `WatchedFileHandler` does. An app that does not reopen its file keeps writing to the renamed file, and loses the
   * lines that it writes after that file is deleted.
   *
   * @param options image, size and number of the files
   * @see https://github.com/logrotate/logrotate
   */
  public static bySidecar(options: SidecarLogRotationOptions): LogRotation {
    checkProps('LogRotation.bySidecar', options, BY_SIDECAR);
    return new LogRotation(options, '{file}.{n}', options);
  }

  /** The size at which a file is rotated. */
  public readonly maxFileSize: Size;

  /** The maximum number of files of one log, including the current file. */
  public readonly maxFiles: number;

  /** The number of logs that the app writes at the same time, if it is set. */
  public readonly logCount?: number;

  /** @internal */
  public readonly _sidecar?: SidecarLogRotationOptions;

  private constructor(
    options: AppLogRotationOptions,
    /** The template for the names of rotated files. */
    public readonly rotatedName: string,
    sidecar?: SidecarLogRotationOptions,
  ) {
    this.maxFileSize = options.maxFileSize;
    this.maxFiles = options.maxFiles;
    this.logCount = options.logCount;
    this._sidecar = sidecar;
  }
}
