import { Duration } from 'cdk8s';
import { authenticator, exporter, EXPORTERS, leastBuffer } from './opentelemetry-exporters';
import { receiver } from './opentelemetry-records';
import { CollectorPreset, collectorResources } from './preset';
import { writeYaml, yamlLibrary } from '../../checks/yaml-library';
import { withDigest } from '../../facts/image-digests';
import { OPEN_TELEMETRY } from '../../facts/images/collectors';
import { ANY_ADDRESS } from '../../facts/network';
import { CONFIG_DIRECTORY, Pipeline, STATE_DIRECTORY, supportedSinks } from '../pipeline';

/**
 * The OpenTelemetry Collector, in the distribution `contrib`, which contains the file receiver and the file storage.
 *
 * @see https://opentelemetry.io/docs/collector/
 */
export const openTelemetry: CollectorPreset = {
  name: 'otel-collector',
  title: OPEN_TELEMETRY.title,
  image: withDigest('docker.io/otel/opentelemetry-collector-contrib:0.159.0'),
  // calls the receiver `file_log`
  minimumVersion: '0.149.0',
  memoryVariable: 'GOMEMLIMIT',
  // otherwise up to 100 records wait only in memory after their offset is saved (opentelemetry-collector-contrib#35456)
  args: () => [`--config=file:${CONFIG_DIRECTORY}/config.yaml`, '--feature-gates=stanza.synchronousLogEmitter'],
  resources: collectorResources(50, 256),
  healthPath: '/',
  healthPort: 13133,
  metricsPort: 8888,
  metricsPath: '/metrics',
  lossMetrics: {
    // records that the sink rejects for good, and records that the disk did not store
    lost: [{ name: 'otelcol_exporter_send_failed_log_records' }, { name: 'otelcol_receiver_refused_log_records' }],
    // retries are not counted, so the condition is that records wait and none was sent
    retried: [
      {
        name: 'otelcol_exporter_queue_size',
        expression: pods =>
          `max by (namespace, pod) (otelcol_exporter_queue_size{${pods}} > 0 unless on (namespace, pod, exporter) ` +
          `increase(otelcol_exporter_sent_log_records{${pods}}[5m]) > 0)`,
      },
    ],
  },
  // one request that hangs, and one with the remaining records
  flush: Duration.seconds(25),
  credentialFiles: true,
  leastBuffer,
  unsupportedFormats: {
    logfmt: "use 'LogFormat.regex'",
  },
  sinks: supportedSinks(EXPORTERS),
  sinkRemedy: () => "use 'LogSink.otlp' with a gateway that supports the sink, or 'LogSink.raw' with the exporter",
  render: pipeline => ({ 'config.yaml': writeYaml(quoted(config(pipeline))) }),
};

/** Each sink has its own receiver and offsets, so an unavailable sink neither delays the others nor loses records. */
function config(pipeline: Pipeline): Record<string, any> {
  const sinks = pipeline.sinks.map(sink => ({
    name: sink.name,
    auth: authenticator(sink),
    exporter: exporter(sink, pipeline),
    receiver: receiver(pipeline, sink),
  }));
  const authenticators = Object.assign({}, ...sinks.map(({ auth }) => auth));
  return {
    extensions: {
      health_check: { endpoint: `[${ANY_ADDRESS}]:${pipeline.healthPort}` },
      // Without 'fsync' a node crash can corrupt the database, and then neither the collector nor the app starts.
      // 'recreate' only helps if opening the database panics, not if reading it fails.
      file_storage: { directory: STATE_DIRECTORY, create_directory: true, fsync: true, recreate: true },
      ...authenticators,
    },
    receivers: Object.fromEntries(sinks.map(sink => [`file_log/${sink.name}`, sink.receiver])),
    exporters: Object.fromEntries(sinks.map(sink => sink.exporter)),
    service: {
      extensions: ['health_check', 'file_storage', ...Object.keys(authenticators)],
      // no batch processor: its records wait only in memory after their offset is saved
      pipelines: Object.fromEntries(
        sinks.map(({ name, exporter: [exporterName] }) => [
          `logs/${name}`,
          { receivers: [`file_log/${name}`], exporters: [exporterName] },
        ]),
      ),
      telemetry: {
        metrics: {
          // the names in 'lossMetrics'
          readers: [
            {
              pull: {
                exporter: {
                  prometheus: {
                    host: ANY_ADDRESS,
                    port: pipeline.metricsPort,
                    without_type_suffix: true,
                    without_units: true,
                    without_scope_info: true,
                  },
                },
              },
            },
          ],
        },
      },
    },
  };
}

/** Quotes strings that look like a date, such as the layout of a time, because the collector reads them as one. */
function quoted(value: any): any {
  if (Array.isArray(value)) {
    return value.map(quoted);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, quoted(inner)]));
  }
  return typeof value === 'string' && /^\d{4}-\d/.test(value)
    ? Object.assign(new (yamlLibrary().Scalar)(value), { type: yamlLibrary().Scalar.QUOTE_DOUBLE })
    : value;
}
