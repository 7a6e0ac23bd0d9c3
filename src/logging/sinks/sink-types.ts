import { ELASTICSEARCH, ElasticsearchLogSinkOptions } from './elasticsearch';
import { FORWARD, ForwardLogSinkOptions } from './forward';
import { HTTP } from './http';
import { KAFKA, KafkaLogSinkOptions } from './kafka';
import { LOKI, LokiLogSinkOptions } from './loki';
import { OTLP } from './otlp';
import { RAW, RawLogSinkOptions } from './raw';
import { S3, S3LogSinkOptions } from './s3';
import type { SinkType } from './sink-type';
import { STDOUT } from './stdout';
import type { LogSinkOptions, UrlLogSinkOptions } from '../log-sink-props';

/** The options of each kind of sink. */
export interface SinkOptions {
  readonly stdout: LogSinkOptions;
  readonly loki: LokiLogSinkOptions;
  readonly elasticsearch: ElasticsearchLogSinkOptions;
  readonly opensearch: ElasticsearchLogSinkOptions;
  readonly otlp: UrlLogSinkOptions;
  readonly forward: ForwardLogSinkOptions;
  readonly s3: S3LogSinkOptions;
  readonly http: UrlLogSinkOptions;
  readonly kafka: KafkaLogSinkOptions;
  readonly raw: RawLogSinkOptions;
}

export type SinkKind = keyof SinkOptions;

/** A kind of sink with its options. */
export type SinkDefinition<K extends SinkKind = SinkKind> = {
  [P in K]: { readonly kind: P; readonly options: SinkOptions[P] };
}[K];

/** All kinds of sinks. */
export const SINK_TYPES: { readonly [K in SinkKind]: SinkType<SinkOptions[K]> } = {
  stdout: STDOUT,
  loki: LOKI,
  elasticsearch: ELASTICSEARCH,
  opensearch: ELASTICSEARCH,
  otlp: OTLP,
  forward: FORWARD,
  s3: S3,
  http: HTTP,
  kafka: KAFKA,
  raw: RAW,
};
