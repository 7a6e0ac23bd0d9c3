import { notOffered } from './preset';
import { below, CredentialPart, origin, Pipeline, Sink } from '../pipeline';

/** What waits in memory for a sink; the rest waits in the log files. */
const WAITING_BYTES = 1024 * 1024;

/** What is sent in one request. */
const REQUEST_BYTES = 512 * 1024;

/** A token that has just been changed and a path that is not there yet are no fault of the record. */
const RETRIED = [401, 403, 404, 408, 425, 429, 500, 502, 503, 504];

/** Where Vector finds credentials: `SECRET[credentials.loki/PASSWORD]`. */
export const SECRETS = 'credentials';

/** The name of a sink in the names of its components. */
export function component(prefix: string, { name }: Sink): string {
  return `${prefix}_${name.replace(/-/g, '_')}`;
}

/** A sink in Vector's words. What it has not taken yet is not marked as read. */
export function vectorSink(sink: Sink, { maxRecordBytes }: Pipeline): Record<string, any> {
  const acknowledgements = { enabled: true };
  return {
    ...output(sink, maxRecordBytes),
    inputs: [component('records', sink)],
    ...(sink.kind !== 'otlp' && { acknowledgements }),
    buffer: { type: 'memory', max_size: WAITING_BYTES, when_full: 'block' },
  };
}

function output(sink: Sink, maxRecordBytes: number): Record<string, any> {
  const { credentials } = sink;
  const of = (part: CredentialPart) => credentials[part] && `SECRET[${SECRETS}.${sink.name}/${part}]`;
  const tls = sink.caFile === undefined ? undefined : { ca_file: sink.caFile };
  const auth = credentials.TOKEN
    ? { strategy: 'bearer', token: of('TOKEN') }
    : credentials.PASSWORD && { strategy: 'basic', user: of('USERNAME'), password: of('PASSWORD') };
  const request = { concurrency: 2, timeout_secs: 30, retry_initial_backoff_secs: 1, retry_max_duration_secs: 8 };
  const batch = { max_bytes: REQUEST_BYTES, timeout_secs: 1 };
  const retry = { type: 'custom', status_codes: RETRIED };
  const lines = { encoding: { codec: 'json' }, framing: { method: 'newline_delimited' } };
  switch (sink.kind) {
    case 'stdout':
      return { type: 'console', target: 'stdout', encoding: { codec: 'json' } };
    case 'loki':
      return {
        // Vector's own sink for Loki drops what is refused for a token that has just been changed
        type: 'http',
        uri: below(sink, '/loki/api/v1/push'),
        method: 'post',
        auth,
        tls,
        encoding: { codec: 'json' },
        framing: { method: 'character_delimited', character_delimited: { delimiter: ',' } },
        payload_prefix: '{"streams":',
        payload_suffix: '}',
        compression: 'gzip',
        request: { ...request, headers: sink.options.tenant && { 'X-Scope-OrgID': sink.options.tenant } },
        batch,
        retry_strategy: retry,
      };
    case 'elasticsearch':
    case 'opensearch':
      return {
        type: 'elasticsearch',
        endpoints: [below(sink, '')],
        auth,
        tls,
        mode: 'bulk',
        // data streams take nothing but `create`
        bulk: { index: sink.options.index ?? 'logs', action: 'create' },
        // what the cluster has no room for now
        request_retry_partial: true,
        request,
        batch,
      };
    case 'http':
      return {
        type: 'http',
        uri: below(sink, sink.address!.path === '/' ? '/' : ''),
        method: 'post',
        auth,
        tls,
        ...lines,
        request,
        batch,
        retry_strategy: retry,
      };
    case 'otlp':
      return {
        type: 'opentelemetry',
        protocol: {
          type: 'http',
          uri: below(sink, '/v1/logs'),
          method: 'post',
          auth,
          tls,
          encoding: { codec: 'otlp' },
          compression: 'gzip',
          request,
          batch,
          retry_strategy: retry,
          acknowledgements: { enabled: true },
        },
      };
    case 's3':
      return {
        type: 'aws_s3',
        bucket: sink.options.bucket,
        region: sink.options.region,
        endpoint: sink.address && origin(sink),
        auth: credentials.ACCESS_KEY_ID && {
          access_key_id: of('ACCESS_KEY_ID'),
          secret_access_key: of('SECRET_ACCESS_KEY'),
        },
        tls,
        key_prefix: `${sink.options.prefix ?? 'logs'}/%Y/%m/%d/\${POD_NAME}-`,
        compression: 'gzip',
        ...lines,
        request,
        batch: { max_bytes: 16 * REQUEST_BYTES, timeout_secs: 60 },
        retry_strategy: retry,
      };
    case 'kafka':
      return {
        type: 'kafka',
        bootstrap_servers: sink.options.brokers.join(','),
        topic: sink.options.topic,
        sasl: credentials.PASSWORD && {
          enabled: true,
          mechanism: 'SCRAM-SHA-512',
          username: of('USERNAME'),
          password: of('PASSWORD'),
        },
        tls: { enabled: sink.tls, ca_file: sink.caFile },
        encoding: { codec: 'json' },
        // a record waits for its broker as long as it has to
        message_timeout_ms: 0,
        librdkafka_options: {
          'message.max.bytes': String(2 * maxRecordBytes + 1024 * 1024),
          'queue.buffering.max.kbytes': String(16 * 1024),
        },
      };
    case 'raw':
      return { ...sink.options.config, type: sink.options.plugin };
    case 'forward':
      return notOffered(sink.kind);
  }
}
