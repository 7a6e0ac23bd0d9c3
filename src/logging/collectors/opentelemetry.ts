import { Duration } from 'cdk8s';
import { Scalar } from 'yaml';
import { authenticator, exporter, leastBuffer } from './opentelemetry-exporters';
import { receiver } from './opentelemetry-records';
import { CollectorPreset, collectorResources, yaml } from './preset';
import { CONFIG_DIRECTORY, Pipeline, STATE_DIRECTORY } from '../pipeline';

/**
 * The OpenTelemetry Collector, of the distribution `contrib`, which has what reads files and keeps offsets.
 *
 * @see https://opentelemetry.io/docs/collector/
 */
export const openTelemetry: CollectorPreset = {
  name: 'otel-collector',
  title: 'the OpenTelemetry Collector',
  image: 'docker.io/otel/opentelemetry-collector-contrib:0.159.0',
  memoryVariable: 'GOMEMLIMIT',
  // else up to 100 records wait in memory alone, with the offset past them (opentelemetry-collector-contrib#35456)
  args: () => [`--config=file:${CONFIG_DIRECTORY}/config.yaml`, '--feature-gates=stanza.synchronousLogEmitter'],
  resources: collectorResources(50, 256),
  healthPath: '/',
  healthPort: 13133,
  metricsPort: 8888,
  metricsPath: '/metrics',
  lossMetrics: {
    // what the sink refuses for good, and what the disk did not take
    lost: [{ name: 'otelcol_exporter_send_failed_log_records' }, { name: 'otelcol_receiver_refused_log_records' }],
    // tries are not counted: something waits for a sink, and nothing was sent to it
    retried: [
      {
        name: 'otelcol_exporter_queue_size',
        expression: pods =>
          `max by (namespace, pod) (otelcol_exporter_queue_size{${pods}} > 0 unless on (namespace, pod, exporter) ` +
          `increase(otelcol_exporter_sent_log_records{${pods}}[5m]) > 0)`,
      },
    ],
  },
  // a request that hangs, and one more with what was still to be sent
  flush: Duration.seconds(25),
  credentialFiles: true,
  leastBuffer,
  unsupportedFormats: {
    logfmt:
      "take 'LogCollector.fluentBit' or 'LogCollector.vector', parse it behind the collector, or take " +
      "'LogFormat.regex'",
  },
  sinks: ['stdout', 'loki', 'otlp', 'raw'],
  sinkRemedy: "send 'LogSink.otlp' to a gateway that has it, or give its exporter as 'LogSink.raw'",
  render: pipeline => ({ 'config.yaml': yaml(quoted(config(pipeline))) }),
};

/**
 * Each sink reads the files for itself, with offsets of its own: one that is away holds up no other, and drops nothing.
 */
function config(pipeline: Pipeline): Record<string, any> {
  const sinks = pipeline.sinks.map(sink => ({
    name: sink.name,
    auth: authenticator(sink),
    exporter: exporter(pipeline, sink),
    reads: receiver(pipeline, sink),
  }));
  const authenticators = Object.assign({}, ...sinks.map(({ auth }) => auth));
  return {
    extensions: {
      health_check: { endpoint: `0.0.0.0:${pipeline.healthPort}` },
      // Synchronized, or a node that crashes leaves a database whose pages do not fit together. The collector does not
      // start
      // with one, nor does the app behind it; 'recreate' helps only where opening it fails by a panic, not where
      // reading does.
      file_storage: { directory: STATE_DIRECTORY, create_directory: true, fsync: true, recreate: true },
      ...authenticators,
    },
    receivers: Object.fromEntries(sinks.map(({ name, reads }) => [`file_log/${name}`, reads])),
    exporters: Object.fromEntries(sinks.map(one => one.exporter)),
    service: {
      extensions: ['health_check', 'file_storage', ...Object.keys(authenticators)],
      // no batch processor: what waits in one is in memory alone, and the offset is past it already
      pipelines: Object.fromEntries(
        sinks.map(one => [`logs/${one.name}`, { receivers: [`file_log/${one.name}`], exporters: [one.exporter[0]] }]),
      ),
      telemetry: {
        metrics: {
          // the names that 'lossMetrics' has
          readers: [
            {
              pull: {
                exporter: {
                  prometheus: {
                    host: '0.0.0.0',
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

/** The collector takes what looks like a date for one: the layout of a time, and the name of an app. */
function quoted(value: any): any {
  if (Array.isArray(value)) {
    return value.map(quoted);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, quoted(inner)]));
  }
  return typeof value === 'string' && /^\d{4}-\d/.test(value)
    ? Object.assign(new Scalar(value), { type: Scalar.QUOTE_DOUBLE })
    : value;
}
