import type { Size } from 'cdk8s';
import type {
  ForwardLogSinkOptions,
  KafkaLogSinkOptions,
  LogSinkOptions,
  LokiLogSinkOptions,
  RawLogSinkOptions,
  S3LogSinkOptions,
  ElasticsearchLogSinkOptions,
  UrlLogSinkOptions,
} from './log-sink-props';

/** What a sink is and what was said of it. */
export type SinkDefinition =
  | { readonly kind: 'stdout'; readonly options: LogSinkOptions }
  | { readonly kind: 'loki'; readonly options: LokiLogSinkOptions }
  | { readonly kind: 'elasticsearch' | 'opensearch'; readonly options: ElasticsearchLogSinkOptions }
  | { readonly kind: 'otlp' | 'http'; readonly options: UrlLogSinkOptions }
  | { readonly kind: 'forward'; readonly options: ForwardLogSinkOptions }
  | { readonly kind: 's3'; readonly options: S3LogSinkOptions }
  | { readonly kind: 'kafka'; readonly options: KafkaLogSinkOptions }
  | { readonly kind: 'raw'; readonly options: RawLogSinkOptions };

export type SinkKind = SinkDefinition['kind'];

/**
 * Where log records go. Each sink has a bounded buffer of its own on disk, so that one that is slow or away takes
 * nothing from the others.
 */
export class LogSink {
  /**
   * The collector's own output, which the cluster's node agents read and `kubectl logs` shows.
   *
   * @param options name and buffer
   */
  public static stdout(options: LogSinkOptions = {}): LogSink {
    return new LogSink({ kind: 'stdout', options });
  }

  /**
   * Grafana Loki, at the root of its API: `https://loki.example.com`.
   *
   * @param options where, and who the collector is
   * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/
   */
  public static loki(options: LokiLogSinkOptions): LogSink {
    return new LogSink({ kind: 'loki', options });
  }

  /**
   * Elasticsearch.
   *
   * @param options where, and who the collector is
   */
  public static elasticsearch(options: ElasticsearchLogSinkOptions): LogSink {
    return new LogSink({ kind: 'elasticsearch', options });
  }

  /**
   * OpenSearch.
   *
   * @param options where, and who the collector is
   */
  public static openSearch(options: ElasticsearchLogSinkOptions): LogSink {
    return new LogSink({ kind: 'opensearch', options });
  }

  /**
   * Anything that takes the OpenTelemetry protocol over HTTP; records go to `/v1/logs` below the URL.
   *
   * @param options where, and who the collector is
   * @see https://opentelemetry.io/docs/specs/otlp/
   */
  public static otlp(options: UrlLogSinkOptions): LogSink {
    return new LogSink({ kind: 'otlp', options });
  }

  /**
   * A Fluentd or Fluent Bit that gathers the records of many.
   *
   * @param options where, and who the collector is
   */
  public static forward(options: ForwardLogSinkOptions): LogSink {
    return new LogSink({ kind: 'forward', options });
  }

  /**
   * S3, or a store that speaks its protocol; objects are written every few minutes.
   *
   * @param options where, and who the collector is
   */
  public static s3(options: S3LogSinkOptions): LogSink {
    return new LogSink({ kind: 's3', options });
  }

  /**
   * A POST of JSON, one record a line.
   *
   * @param options where, and who the collector is
   */
  public static http(options: UrlLogSinkOptions): LogSink {
    return new LogSink({ kind: 'http', options });
  }

  /**
   * A topic of Apache Kafka, one JSON record a message.
   *
   * @param options where, and who the collector is
   */
  public static kafka(options: KafkaLogSinkOptions): LogSink {
    return new LogSink({ kind: 'kafka', options });
  }

  /**
   * Any other sink that the collector has, in the collector's own words. Changing the collector means writing it anew.
   *
   * @param options its type, its settings, its secrets and its ports
   */
  public static raw(options: RawLogSinkOptions): LogSink {
    return new LogSink({ kind: 'raw', options });
  }

  /** @internal */
  public readonly _definition: SinkDefinition;

  private constructor(definition: SinkDefinition) {
    this._definition = definition;
  }

  /** How much may wait on disk, where that was said. */
  public get bufferSize(): Size | undefined {
    return this._definition.options.bufferSize;
  }
}
