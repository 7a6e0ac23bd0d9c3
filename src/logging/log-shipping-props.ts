import type { Size } from 'cdk8s';
import type { LogCollector } from './log-collector';
import type { LogFormat } from './log-format';
import type { LogMultiline } from './log-multiline';
import type { LogRotation } from './log-rotation';
import type { LogSink } from './log-sink';

/** Properties of `LogShipping`. */
export interface LogShippingProps {
  /**
   * The collector that reads the files.
   *
   * @default - the collector of `LogShippingDefaults`; otherwise required
   */
  readonly collector?: LogCollector;

  /**
   * The destinations of the records.
   *
   * @default - the sinks of `LogShippingDefaults`; otherwise required
   */
  readonly sinks?: LogSink[];

  /** The rotation of the files, which limits their size. */
  readonly rotation: LogRotation;

  /**
   * The directory to which the app writes its files.
   *
   * @default '/var/log/app'
   */
  readonly directory?: string;

  /**
   * The files to read, by name or pattern. A pattern must not match rotated files.
   *
   * @default ['*.log']
   */
  readonly files?: string[];

  /**
   * The format of the records.
   *
   * @default LogFormat.text()
   */
  readonly format?: LogFormat;

  /**
   * Combines several lines into one record, for example a message with a stack trace.
   *
   * @default - each line is a record
   */
  readonly multiline?: LogMultiline;

  /**
   * The maximum size of a record. The OpenTelemetry Collector splits longer records; the other collectors drop them and
   * log an error.
   *
   * @default Size.mebibytes(1)
   */
  readonly maxRecordSize?: Size;

  /**
   * The size limit of logs, buffers and offsets together. At most 80% of it is planned for.
   *
   * @default - the sum of the log files, buffers and offsets, with a reserve of 20%
   */
  readonly sizeLimit?: Size;

  /**
   * Whether to create a `PodMonitor` for the metrics of the collector, and to open its metrics port for Prometheus.
   * Needs the Prometheus Operator in the cluster.
   *
   * @default false
   */
  readonly podMonitor?: boolean;

  /**
   * Whether to create a `PrometheusRule` with alerts on lost records and on failing sinks. Needs `podMonitor`.
   *
   * @default false
   */
  readonly prometheusRule?: boolean;

  /**
   * The ID of the extension in the workload: a DNS label of at most 50 characters.
   *
   * @default 'logs'
   */
  readonly id?: string;
}
