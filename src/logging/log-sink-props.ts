import type { Size } from 'cdk8s';
import type { LogAuth, LogTls } from './log-auth';

/** Options common to all sinks. */
export interface LogSinkOptions {
  /**
   * The name of the sink in the configuration of the collector and in the names of its variables: a DNS label.
   *
   * @default - the kind of sink, such as `loki` or `s3`
   */
  readonly name?: string;

  /**
   * The disk space for records that wait while the sink is slow or unavailable. When the buffer is full, the collector
   * drops records and counts them in its metrics; the app never waits. Vector has no buffers: records wait in the log
   * files.
   *
   * @default - 64Mi
   */
  readonly bufferSize?: Size;
}

/** Options common to all sinks on the network. */
export interface NetworkLogSinkOptions extends LogSinkOptions {
  /** The credential. Use `LogAuth.none(reason)` if the sink needs none. */
  readonly auth: LogAuth;

  /**
   * The encryption of the connection.
   *
   * @default LogTls.on()
   */
  readonly tls?: LogTls;

  /**
   * The ports that the network policy opens. A policy sees the port of the pods behind a Service: name that port if it
   * differs from the port of the Service.
   *
   * @default - the port of the address
   */
  readonly egressPorts?: number[];
}

/** Options common to all sinks at a URL. */
export interface UrlLogSinkOptions extends NetworkLogSinkOptions {
  /** The URL, for example `https://logs.example.com:3100`. */
  readonly url: string;
}
