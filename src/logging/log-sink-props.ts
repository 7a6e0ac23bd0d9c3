import type { Size } from 'cdk8s';
import type { LogAuth, LogTls, SecretKey } from './log-auth';

/** What every sink has. */
export interface LogSinkOptions {
  /**
   * The sink's name in the collector's configuration, and part of its variables' names: a DNS label.
   *
   * @default - what it is: `loki`, `s3`
   */
  readonly name?: string;

  /**
   * How much of the disk may be taken while the sink is slow or away. What comes when it is full is dropped and
   * counted in
   * the collector's metrics; the app never waits.
   *
   * @default - 64Mi, or the least that the collector takes
   */
  readonly bufferSize?: Size;
}

/** What every sink over the network has. */
export interface NetworkLogSinkOptions extends LogSinkOptions {
  /** The credential. `LogAuth.none(reason)` where the sink needs none. */
  readonly auth: LogAuth;

  /**
   * How the connection is encrypted.
   *
   * @default LogTls.on()
   */
  readonly tls?: LogTls;

  /**
   * The ports that the network policy lets the pods reach. A policy sees the port of the pods behind a Service, so name
   * those where the two differ.
   *
   * @default - the port of the address
   */
  readonly egressPorts?: number[];
}

/** A sink at a URL. */
export interface UrlLogSinkOptions extends NetworkLogSinkOptions {
  /** Where: `https://logs.example.com:3100`. */
  readonly url: string;
}

/** Grafana Loki. */
export interface LokiLogSinkOptions extends UrlLogSinkOptions {
  /**
   * The tenant.
   *
   * @default - none
   */
  readonly tenant?: string;

  /**
   * Labels of the streams beside `app` and `namespace`. Keep them few and their values bounded.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;
}

/** Elasticsearch or OpenSearch. */
export interface ElasticsearchLogSinkOptions extends UrlLogSinkOptions {
  /**
   * The index; with Fluent Bit and Vector it may be a data stream too.
   *
   * @default 'logs'
   */
  readonly index?: string;
}

/** A Fluentd or Fluent Bit that listens to the forward protocol. */
export interface ForwardLogSinkOptions extends NetworkLogSinkOptions {
  /** Its host. */
  readonly host: string;

  /**
   * Its port.
   *
   * @default 24224
   */
  readonly port?: number;
}

/** S3, or a store that speaks its protocol. */
export interface S3LogSinkOptions extends NetworkLogSinkOptions {
  /** The bucket. */
  readonly bucket: string;

  /** The region. */
  readonly region: string;

  /**
   * What the objects' names begin with, before the day and the pod.
   *
   * @default 'logs'
   */
  readonly prefix?: string;

  /**
   * The URL of a store other than Amazon's.
   *
   * @default - Amazon's
   */
  readonly endpoint?: string;
}

/** Apache Kafka. */
export interface KafkaLogSinkOptions extends NetworkLogSinkOptions {
  /** Brokers as `host:port`. */
  readonly brokers: string[];

  /** The topic. */
  readonly topic: string;
}

/** A sink in a collector's own words. */
export interface RawLogSinkOptions extends LogSinkOptions {
  /** What the collector calls it: the output, sink or exporter. Letters, digits, `.`, `_` and `-`. */
  readonly plugin: string;

  /**
   * Its settings in the collector's own words; those that this library sets for every sink stay its own. Secrets do not
   * belong here: refer to a variable of `env`.
   *
   * @default - none
   */
  readonly config?: Record<string, any>;

  /**
   * Variables of the collector, from Secrets, that `config` refers to.
   *
   * @default - none
   */
  readonly env?: Record<string, SecretKey>;

  /**
   * The ports that the network policy lets the pods reach.
   *
   * @default - none
   */
  readonly egressPorts?: number[];
}
