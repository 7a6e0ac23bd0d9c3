import { once, twice } from './fluent-bit-credentials';
import { OTLP_METADATA, severityField } from './fluent-bit-lua';
import { notOffered } from './preset';
import { kibibytes } from '../../checks/values';
import { CredentialPart, Pipeline, Sink, sinkDirectory } from '../pipeline';

/** The record's time, in UTC with microseconds. */
const TIME = { json_date_key: '@timestamp', json_date_format: 'iso8601' };

/**
 * How often what a search engine does not take is tried again, for about an hour. It answers for each record, and
 * Fluent Bit looks whether all were taken, so what is refused for good is tried again like what there was no time for.
 */
const SEARCH_TRIES = 750;

/** A sink in Fluent Bit's words, with the share of the buffer on disk that it may fill. */
export function fluentBitOutput(sink: Sink, pipeline: Pipeline): Record<string, any> {
  const { name, ...settings } = output(sink, pipeline);
  return {
    name,
    ...settings,
    'match': 'logs',
    'alias': sink.name,
    // a sink that takes a request and does not answer is left before the collector has to end
    'net.io_timeout': ['stdout', 'raw'].includes(sink.kind) ? undefined : '10s',
    // the oldest goes when it is full, and is counted; until then it is tried again
    // what is printed is not kept: nothing could be in its way
    'storage.total_limit_size': sink.kind === 'stdout' ? undefined : `${share(sink)}K`,
    'retry_limit': settings.retry_limit ?? 'no_limits',
    'processors': processors(sink, pipeline),
  };
}

/** Kibibytes of one store of a sink; objects for S3 are put together in a second one. */
function share(sink: Sink): number {
  return Math.floor(kibibytes(sink.buffer!) / (sink.kind === 's3' ? 2 : 1));
}

/** Who wrote the record belongs to the resource in OpenTelemetry; its severity is nothing to other sinks. */
function processors(sink: Sink, pipeline: Pipeline): Record<string, any> | undefined {
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

function modifier(context: string, action: string, key: string, value?: string): Record<string, any> {
  return { name: 'content_modifier', context, action, key, value };
}

function output(sink: Sink, { app }: Pipeline): Record<string, any> {
  const { address, credentials } = sink;
  const of = (part: CredentialPart) => twice(sink, part);
  const header = credentials.TOKEN ? `Authorization Bearer ${once(sink, 'TOKEN')}` : undefined;
  const server = {
    'host': address?.host,
    'port': address?.port,
    'tls': sink.tls ? 'on' : 'off',
    'tls.verify': sink.tls ? 'on' : undefined,
    'tls.ca_file': sink.caFile,
  };
  const basic = { http_user: of('USERNAME'), http_passwd: of('PASSWORD') };
  const root = address === undefined || address.path === '/' ? '' : address.path;
  switch (sink.kind) {
    case 'stdout':
      return { name: 'stdout', format: 'json_lines', ...TIME };
    case 'loki':
      return {
        name: 'loki',
        ...server,
        uri: `${root}/loki/api/v1/push`,
        ...basic,
        bearer_token: of('TOKEN'),
        tenant_id: sink.options.tenant,
        labels: Object.entries({ ...sink.options.labels, app })
          .map(([key, value]) => `${key}=${value}`)
          .join(', '),
        label_keys: '$namespace, $pod',
        line_format: 'json',
      };
    case 'elasticsearch':
    case 'opensearch':
      return {
        // the output for Elasticsearch takes an answer in which one record was taken for one in which all were
        name: 'opensearch',
        ...server,
        path: root || undefined,
        ...basic,
        index: sink.options.index ?? 'logs',
        suppress_type_name: 'on',
        replace_dots: 'on',
        // what was taken before is known by its id, so that all may be sent again
        write_operation: 'create',
        generate_id: 'on',
        time_key: '@timestamp',
        time_key_nanos: 'on',
        // an answer that is cut could not be read
        buffer_size: 'off',
        retry_limit: SEARCH_TRIES,
      };
    case 'otlp':
      return {
        name: 'opentelemetry',
        ...server,
        logs_uri: `${root}/v1/logs`,
        ...basic,
        header,
        logs_body_key: '$message',
        logs_body_key_attributes: 'on',
        compress: 'gzip',
        // all that a chunk holds: of several batches only what becomes of the last one counts
        batch_size: 100_000,
      };
    case 'http':
      return {
        name: 'http',
        ...server,
        uri: root || '/',
        ...basic,
        header,
        format: 'json_lines',
        ...TIME,
      };
    case 'forward':
      return {
        name: 'forward',
        ...server,
        shared_key: once(sink, 'SHARED_KEY'),
        self_hostname: '${POD_NAME}',
        require_ack_response: 'on',
        retain_metadata_in_forward_mode: 'off',
      };
    case 's3':
      return {
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
        store_dir_limit_size: `${share(sink)}K`,
        // without a number it gives up after five
        retry_limit: 1_000_000,
      };
    case 'kafka':
      return notOffered(sink.kind);
    case 'raw':
      return { ...sink.options.config, name: sink.options.plugin };
  }
}
