import { Duration } from 'cdk8s';
import { CollectorPreset, collectorResources, yaml } from './preset';
import { kibibytes } from '../../checks/values';
import { below, CONFIG_DIRECTORY, origin, CredentialPart, Pipeline, readPaths, Sink, STATE_DIRECTORY, unreadPaths } from '../pipeline';

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
  flush: Duration.seconds(15),
  unsupportedFormats: { logfmt: 'take \'LogCollector.fluentBit\' or \'LogCollector.vector\', parse it behind the collector, or take \'LogFormat.regex\'' },
  sinks: ['stdout', 'loki', 'otlp', 'raw'],
  sinkRemedy: 'send \'LogSink.otlp\' to a gateway that has it, or give its exporter as \'LogSink.raw\'',
  render: pipeline => ({ 'config.yaml': yaml(config(pipeline)) }),
};

function config(pipeline: Pipeline): Record<string, any> {
  const exporters = Object.fromEntries(pipeline.sinks.map(sink => exporter(sink)));
  return {
    extensions: {
      health_check: { endpoint: `0.0.0.0:${pipeline.healthPort}` },
      file_storage: { directory: STATE_DIRECTORY, create_directory: true, fsync: true },
      ...Object.assign({}, ...pipeline.sinks.map(authenticator)),
    },
    receivers: { file_log: receiver(pipeline) },
    exporters,
    service: {
      extensions: ['health_check', 'file_storage', ...pipeline.sinks.flatMap(sink => Object.keys(authenticator(sink)))],
      // no batch processor: what waits in one is in memory alone, and the offset is past it already
      pipelines: { logs: { receivers: ['file_log'], exporters: Object.keys(exporters) } },
      telemetry: {
        metrics: {
          readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: pipeline.metricsPort } } } }],
        },
      },
    },
  };
}

function receiver(pipeline: Pipeline): Record<string, any> {
  const { format, multiline } = pipeline;
  return {
    // files are known by their content, so a renamed one is read to its end
    include: readPaths(pipeline),
    exclude: unreadPaths(pipeline),
    start_at: 'beginning',
    storage: 'file_storage',
    poll_interval: '200ms',
    max_log_size: pipeline.maxRecordBytes,
    include_file_name: true,
    resource: {
      'service.name': pipeline.app,
      'k8s.pod.name': '${env:POD_NAME}',
      'k8s.namespace.name': '${env:POD_NAMESPACE}',
    },
    multiline: multiline === undefined ? undefined : { line_start_pattern: dollars(multiline.pattern) },
    operators: operators(format._kind, format._pattern),
    // one sink that is away holds up the reading, not the app, until what is given up is counted; where there are more,
    // it must not hold up the others, and what it cannot take is counted at once
    retry_on_failure: pipeline.sinks.length === 1 ? { enabled: true, max_elapsed_time: '5m' } : undefined,
  };
}

function operators(kind: string, pattern?: string): any[] | undefined {
  const parse = { on_error: 'send_quiet', parse_from: 'body', parse_to: 'attributes' };
  switch (kind) {
    case 'json': return [{ type: 'json_parser', ...parse }];
    // Go writes named groups with a P
    case 'regex': return [{ type: 'regex_parser', regex: dollars(pattern!.replace(/\(\?<(?![=!])/g, '(?P<')), ...parse }];
    default: return undefined;
  }
}

/** How much of its file the database takes for what is in it: 2.12 times, measured with records of 200 bytes. */
const DATABASE_OVERHEAD = 2.25;

function exporter(sink: Sink): [string, any] {
  const queue = {
    retry_on_failure: { enabled: true, max_elapsed_time: 0 },
    sending_queue: { enabled: true, storage: 'file_storage', sizer: 'bytes', queue_size: Math.floor(kibibytes(sink.buffer!) * 1024 / DATABASE_OVERHEAD) },
  };
  switch (sink.kind) {
    case 'loki':
    case 'otlp':
      return [`otlp_http/${sink.name}`, {
        // Loki takes the same protocol
        logs_endpoint: below(sink, sink.kind === 'loki' ? '/otlp/v1/logs' : '/v1/logs'),
        endpoint: origin(sink),
        tls: sink.tls ? { ca_file: sink.caFile } : { insecure: true },
        headers: headers(sink),
        auth: sink.auth === 'basic' ? { authenticator: `basicauth/${sink.name}` } : undefined,
        ...queue,
      }];
    case 'raw':
      return [`${sink.options.type}/${sink.name}`, { ...sink.options.config, ...queue }];
    default:
      return [`debug/${sink.name}`, { verbosity: 'normal', use_internal_logger: false }];
  }
}

function headers(sink: Sink): Record<string, string> | undefined {
  const tenant = sink.kind === 'loki' ? sink.options.tenant : undefined;
  const all = {
    ...sink.credentials.TOKEN && { Authorization: `Bearer \${env:${sink.credentials.TOKEN.variable}}` },
    ...tenant !== undefined && { 'X-Scope-OrgID': tenant },
  };
  return Object.keys(all).length > 0 ? all : undefined;
}

/** Variables are filled in where a dollar stands before a brace. */
function dollars(pattern: string): string {
  return pattern.replace(/\$(?=[${])/g, '$$$$');
}

/** Basic authentication is encoded by an extension. */
function authenticator(sink: Sink): Record<string, any> {
  const of = (part: CredentialPart) => `\${env:${sink.credentials[part]!.variable}}`;
  return sink.auth === 'basic' ? { [`basicauth/${sink.name}`]: { client_auth: { username: of('USERNAME'), password: of('PASSWORD') } } } : {};
}
