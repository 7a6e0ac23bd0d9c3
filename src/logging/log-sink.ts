import type { Size } from 'cdk8s';
import type { LogSinkOptions, UrlLogSinkOptions } from './log-sink-props';
import type { ElasticsearchLogSinkOptions } from './sinks/elasticsearch';
import type { ForwardLogSinkOptions } from './sinks/forward';
import type { KafkaLogSinkOptions } from './sinks/kafka';
import type { LokiLogSinkOptions } from './sinks/loki';
import type { RawLogSinkOptions } from './sinks/raw';
import type { S3LogSinkOptions } from './sinks/s3';
import type { SinkDefinition } from './sinks/sink-types';

/**
 * A destination of log records. Each sink has its own bounded buffer on disk, so a sink that is slow or unavailable
 * does not delay the other sinks.
 */
export class LogSink {
  /**
   * Prints records to the standard output of the collector, which node agents and `kubectl logs` read.
   *
   * @param options name and buffer
   */
  public static stdout(options: LogSinkOptions = {}): LogSink {
    return new LogSink({ kind: 'stdout', options });
  }

  /**
   * Sends records to Grafana Loki. The URL is the root of its API: `https://loki.example.com`.
   *
   * @param options URL, credential, tenant and labels
   * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/
   */
  public static loki(options: LokiLogSinkOptions): LogSink {
    return new LogSink({ kind: 'loki', options });
  }

  /**
   * Sends records to Elasticsearch.
   *
   * @param options URL, credential and index
   */
  public static elasticsearch(options: ElasticsearchLogSinkOptions): LogSink {
    return new LogSink({ kind: 'elasticsearch', options });
  }

  /**
   * Sends records to OpenSearch.
   *
   * @param options URL, credential and index
   */
  public static openSearch(options: ElasticsearchLogSinkOptions): LogSink {
    return new LogSink({ kind: 'opensearch', options });
  }

  /**
   * Sends records to any receiver of the OpenTelemetry protocol over HTTP, at `/v1/logs` below the URL.
   *
   * @param options URL and credential
   * @see https://opentelemetry.io/docs/specs/otlp/
   */
  public static otlp(options: UrlLogSinkOptions): LogSink {
    return new LogSink({ kind: 'otlp', options });
  }

  /**
   * Sends records to a Fluentd or Fluent Bit aggregator over the forward protocol.
   *
   * @param options host, port and credential
   */
  public static forward(options: ForwardLogSinkOptions): LogSink {
    return new LogSink({ kind: 'forward', options });
  }

  /**
   * Writes objects to S3 or a compatible object store every few minutes.
   *
   * @param options bucket, region and credential
   */
  public static s3(options: S3LogSinkOptions): LogSink {
    return new LogSink({ kind: 's3', options });
  }

  /**
   * Sends records in POST requests, as JSON with one record per line.
   *
   * @param options URL and credential
   */
  public static http(options: UrlLogSinkOptions): LogSink {
    return new LogSink({ kind: 'http', options });
  }

  /**
   * Sends records to a topic of Apache Kafka, as one JSON message per record.
   *
   * @param options brokers, topic and credential
   */
  public static kafka(options: KafkaLogSinkOptions): LogSink {
    return new LogSink({ kind: 'kafka', options });
  }

  /**
   * Sends records to any other output of the collector, configured in the syntax of the collector. It must be rewritten
   * for another collector.
   *
   * @param options plugin, settings, Secrets and ports
   */
  public static raw(options: RawLogSinkOptions): LogSink {
    return new LogSink({ kind: 'raw', options });
  }

  /** @internal */
  public readonly _definition: SinkDefinition;

  private constructor(definition: SinkDefinition) {
    this._definition = definition;
  }

  /** The disk space for records that wait, if it is set. */
  public get bufferSize(): Size | undefined {
    return this._definition.options.bufferSize;
  }
}
