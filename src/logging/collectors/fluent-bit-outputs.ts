import { once, twice } from './fluent-bit-credentials';
import { OTLP_METADATA, severityField } from './fluent-bit-lua';
import { kibibytes } from '../../checks/values';
import { Pipeline, renderSink, Sink, sinkDirectory, SinkRenderers } from '../pipeline';

type Settings = Record<string, any>;

/** The time of a record, in UTC with microseconds. */
const TIME = { json_date_key: '@timestamp', json_date_format: 'iso8601' };

/**
 * The number of retries of a request to a search engine, which take about an hour. A search engine answers for each
 * record, but Fluent Bit only sees whether it accepted all of them, so it also retries records that are rejected for
 * good.
 */
const SEARCH_RETRIES = 750;

/** The outputs of Fluent Bit. */
export const OUTPUTS: SinkRenderers<Settings> = {
  stdout: () => ({ name: 'stdout', format: 'json_lines', ...TIME }),
  loki: (sink, { app }) => ({
    name: 'loki',
    ...server(sink),
    uri: `${root(sink)}/loki/api/v1/push`,
    ...basicAuth(sink),
    bearer_token: twice(sink, 'TOKEN'),
    tenant_id: sink.options.tenant,
    labels: Object.entries({ ...sink.options.labels, app })
      .map(([key, value]) => `${key}=${value}`)
      .join(', '),
    label_keys: '$namespace, $pod',
    line_format: 'json',
  }),
  elasticsearch: search,
  opensearch: search,
  otlp: sink => ({
    name: 'opentelemetry',
    ...server(sink),
    logs_uri: `${root(sink)}/v1/logs`,
    ...basicAuth(sink),
    header: bearerHeader(sink),
    logs_body_key: '$message',
    logs_body_key_attributes: 'on',
    compress: 'gzip',
    // the whole chunk: with several batches only the result of the last one counts
    batch_size: 100_000,
  }),
  forward: sink => ({
    name: 'forward',
    ...server(sink),
    shared_key: once(sink, 'SHARED_KEY'),
    self_hostname: '${POD_NAME}',
    require_ack_response: 'on',
    retain_metadata_in_forward_mode: 'off',
  }),
  s3: sink => ({
    name: 's3',
    bucket: sink.options.bucket,
    region: sink.options.region,
    endpoint: sink.options.endpoint,
    s3_key_format: `/${sink.options.prefix ?? 'logs'}/%Y/%m/%d/%H%M%S-\${POD_NAME}-$UUID.gz`,
    use_put_object: 'on',
    total_file_size: '10M',
    upload_timeout: '5m',
    compression: 'gzip',
    ...TIME,
    store_dir: sinkDirectory(sink),
    store_dir_limit_size: `${storeKibibytes(sink)}K`,
    // it gives up after five attempts unless a number is set
    retry_limit: 1_000_000,
  }),
  http: sink => ({
    name: 'http',
    ...server(sink),
    uri: root(sink) || '/',
    ...basicAuth(sink),
    header: bearerHeader(sink),
    format: 'json_lines',
    ...TIME,
  }),
  raw: ({ options }) => ({ ...options.config, name: options.plugin }),
};

/** Returns the output of a sink, with the part of its buffer that it can fill. */
export function fluentBitOutput(sink: Sink, pipeline: Pipeline): Settings {
  const { name, ...settings } = renderSink(OUTPUTS, sink, pipeline);
  return {
    name,
    ...settings,
    'match': 'logs',
    'alias': sink.name,
    // a request without a response must end before the collector does
    'net.io_timeout': ['stdout', 'raw'].includes(sink.kind) ? undefined : '10s',
    // retries until the buffer is full, then drops the oldest chunk and counts it; stdout never waits
    'storage.total_limit_size': sink.kind === 'stdout' ? undefined : `${storeKibibytes(sink)}K`,
    'retry_limit': settings.retry_limit ?? 'no_limits',
    'processors': processors(sink, pipeline),
  };
}

/** Returns the size of one store of a sink. S3 has two: chunks, and objects that are not complete yet. */
function storeKibibytes(sink: Sink): number {
  return Math.floor(kibibytes(sink.buffer!) / (sink.kind === 's3' ? 2 : 1));
}

/** Moves the app, namespace and pod to the OpenTelemetry resource, or removes the severity for other sinks. */
function processors(sink: Sink, pipeline: Pipeline): Settings | undefined {
  if (sink.kind !== 'otlp') {
    const severity = severityField(pipeline);
    return severity === undefined ? undefined : { logs: [modifier('attributes', 'delete', OTLP_METADATA)] };
  }
  const resource = {
    'service.name': pipeline.app,
    'k8s.namespace.name': '${POD_NAMESPACE}',
    'k8s.pod.name': '${POD_NAME}',
  };
  return {
    logs: [
      { name: 'opentelemetry_envelope' },
      ...Object.entries(resource).map(([key, value]) => modifier('otel_resource_attributes', 'upsert', key, value)),
      ...['app', 'namespace', 'pod'].map(key => modifier('body', 'delete', key)),
    ],
  };
}

function modifier(context: string, action: string, key: string, value?: string): Settings {
  return { name: 'content_modifier', context, action, key, value };
}

function search(sink: Sink<'elasticsearch' | 'opensearch'>): Settings {
  return {
    // the output for Elasticsearch counts a request as successful if one of its records was accepted
    name: 'opensearch',
    ...server(sink),
    path: root(sink) || undefined,
    ...basicAuth(sink),
    index: sink.options.index ?? 'logs',
    suppress_type_name: 'on',
    replace_dots: 'on',
    // records that were accepted before are recognized by their ID, so the whole request can be sent again
    write_operation: 'create',
    generate_id: 'on',
    time_key: '@timestamp',
    time_key_nanos: 'on',
    // a truncated response could not be parsed
    buffer_size: 'off',
    retry_limit: SEARCH_RETRIES,
  };
}

function server({ address, tls, caFile }: Sink): Settings {
  return {
    'host': address?.host,
    'port': address?.port,
    'tls': tls ? 'on' : 'off',
    'tls.verify': tls ? 'on' : undefined,
    'tls.ca_file': caFile,
  };
}

function basicAuth(sink: Sink): Settings {
  return { http_user: twice(sink, 'USERNAME'), http_passwd: twice(sink, 'PASSWORD') };
}

function bearerHeader(sink: Sink): string | undefined {
  return sink.credentials.TOKEN ? `Authorization Bearer ${once(sink, 'TOKEN')}` : undefined;
}

function root({ address }: Sink): string {
  return address === undefined || address.path === '/' ? '' : address.path;
}
