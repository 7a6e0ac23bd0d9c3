/** Plugins that an image of Fluentd can contain in addition to the built-in plugins. */
export enum FluentdPlugin {
  /** `fluent-plugin-elasticsearch` */
  ELASTICSEARCH = 'elasticsearch',
  /** `fluent-plugin-opensearch` */
  OPENSEARCH = 'opensearch',
  /** `fluent-plugin-grafana-loki` */
  LOKI = 'loki',
  /** `fluent-plugin-s3` */
  S3 = 's3',
  /** `fluent-plugin-kafka` */
  KAFKA = 'kafka',
  /** `fluent-plugin-parser-logfmt` */
  LOGFMT = 'logfmt',
  /** `fluent-plugin-prometheus` */
  PROMETHEUS = 'prometheus',
}
