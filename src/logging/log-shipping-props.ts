import type { Size } from 'cdk8s';
import type { LogCollector } from './log-collector';
import type { LogFormat } from './log-format';
import type { LogMultiline } from './log-multiline';
import type { LogRotation } from './log-rotation';
import type { LogSink } from './log-sink';

/** What ships an app's logs. */
export interface LogShippingProps {
  /** The program that reads the files. */
  readonly collector: LogCollector;

  /** Where the records go. */
  readonly sinks: LogSink[];

  /** Who rotates the files, and how much they hold at most. */
  readonly rotation: LogRotation;

  /**
   * The directory that the app writes its files to.
   *
   * @default '/var/log/app'
   */
  readonly directory?: string;

  /**
   * The files to read, by name or pattern. None may match the name of a rotated file.
   *
   * @default - every file named `*.log`
   */
  readonly files?: string[];

  /**
   * How a line becomes a record.
   *
   * @default LogFormat.text()
   */
  readonly format?: LogFormat;

  /**
   * Which lines make one record, such as one with a stack trace.
   *
   * @default - each line is a record
   */
  readonly multiline?: LogMultiline;

  /**
   * The longest record. A longer one is split by the OpenTelemetry Collector, and left out by the others, which log it.
   *
   * @default Size.mebibytes(1)
   */
  readonly maxRecordSize?: Size;

  /**
   * How much logs, buffers and offsets may hold together. At most 80 % of it is planned for.
   *
   * @default - what rotation and buffers add up to
   */
  readonly sizeLimit?: Size;

  /**
   * Whether to define a `PodMonitor` for the collector's metrics, and to let Prometheus reach them. Needs the
   * Prometheus
   * Operator in the cluster.
   *
   * @default false
   */
  readonly podMonitor?: boolean;

  /**
   * Whether to define a `PrometheusRule` with alerts on lines that are lost and on sinks that do not take theirs. Needs
   * `podMonitor`.
   *
   * @default false
   */
  readonly prometheusRule?: boolean;

  /**
   * Its name inside the workload: a DNS label of at most 50 characters.
   *
   * @default 'logs'
   */
  readonly id?: string;
}
