import { below, CredentialPart, origin, Pipeline, renderSink, Sink, SinkRenderers } from '../pipeline';

type Settings = Record<string, any>;

/** The bytes that wait in memory for a sink; the rest waits in the log files. */
const WAITING_BYTES = 1024 * 1024;

/** The bytes of one request. */
const REQUEST_BYTES = 512 * 1024;

/** Statuses after which Vector retries, including those of a token or a path that is about to change. */
const RETRIED = [401, 403, 404, 408, 425, 429, 500, 502, 503, 504];

/** The secret backend with the credentials: `SECRET[credentials.loki/PASSWORD]`. */
export const SECRETS = 'credentials';

const REQUEST = { concurrency: 2, timeout_secs: 30, retry_initial_backoff_secs: 1, retry_max_duration_secs: 8 };
const BATCH = { max_bytes: REQUEST_BYTES, timeout_secs: 1 };
const RETRY = { type: 'custom', status_codes: RETRIED };
const JSON_LINES = { encoding: { codec: 'json' }, framing: { method: 'newline_delimited' } };

/** The sinks of Vector. */
export const SINKS: SinkRenderers<Settings> = {
  stdout: () => ({ type: 'console', target: 'stdout', encoding: { codec: 'json' } }),
  loki: sink => ({
    // Vector's sink for Loki drops records that are rejected because a token has just changed
    type: 'http',
    uri: below(sink, '/loki/api/v1/push'),
    method: 'post',
    auth: auth(sink),
    tls: ca(sink),
    encoding: { codec: 'json' },
    framing: { method: 'character_delimited', character_delimited: { delimiter: ',' } },
    payload_prefix: '{"streams":',
    payload_suffix: '}',
    compression: 'gzip',
    request: { ...REQUEST, headers: sink.options.tenant && { 'X-Scope-OrgID': sink.options.tenant } },
    batch: BATCH,
    retry_strategy: RETRY,
  }),
  elasticsearch: search,
  opensearch: search,
  otlp: sink => ({
    type: 'opentelemetry',
    protocol: {
      type: 'http',
      uri: below(sink, '/v1/logs'),
      method: 'post',
      auth: auth(sink),
      tls: ca(sink),
      encoding: { codec: 'otlp' },
      compression: 'gzip',
      request: REQUEST,
      batch: BATCH,
      retry_strategy: RETRY,
      acknowledgements: { enabled: true },
    },
  }),
  s3: sink => ({
    type: 'aws_s3',
    bucket: sink.options.bucket,
    region: sink.options.region,
    endpoint: sink.address && origin(sink),
    auth: sink.credentials.ACCESS_KEY_ID && {
      access_key_id: secret(sink, 'ACCESS_KEY_ID'),
      secret_access_key: secret(sink, 'SECRET_ACCESS_KEY'),
    },
    tls: ca(sink),
    key_prefix: `${sink.options.prefix ?? 'logs'}/%Y/%m/%d/\${POD_NAME}-`,
    compression: 'gzip',
    ...JSON_LINES,
    request: REQUEST,
    batch: { max_bytes: 16 * REQUEST_BYTES, timeout_secs: 60 },
    retry_strategy: RETRY,
  }),
  http: sink => ({
    type: 'http',
    uri: below(sink, sink.address!.path === '/' ? '/' : ''),
    method: 'post',
    auth: auth(sink),
    tls: ca(sink),
    ...JSON_LINES,
    request: REQUEST,
    batch: BATCH,
    retry_strategy: RETRY,
  }),
  kafka: (sink, { maxRecordBytes }) => ({
    type: 'kafka',
    bootstrap_servers: sink.options.brokers.join(','),
    topic: sink.options.topic,
    sasl: sink.credentials.PASSWORD && {
      enabled: true,
      mechanism: 'SCRAM-SHA-512',
      username: secret(sink, 'USERNAME'),
      password: secret(sink, 'PASSWORD'),
    },
    tls: { enabled: sink.tls, ca_file: sink.caFile },
    encoding: { codec: 'json' },
    // a record waits for its broker without a limit
    message_timeout_ms: 0,
    librdkafka_options: {
      'message.max.bytes': String(2 * maxRecordBytes + 1024 * 1024),
      'queue.buffering.max.kbytes': String(16 * 1024),
    },
  }),
  raw: ({ options }) => ({ ...options.config, type: options.plugin }),
};

/** Returns the name of a component that belongs to a sink. */
export function component(prefix: string, { name }: Sink): string {
  return `${prefix}_${name.replace(/-/g, '_')}`;
}

/** Returns the sink; a record counts as read when the sink has accepted it. */
export function vectorSink(sink: Sink, pipeline: Pipeline): Settings {
  const acknowledgements = { enabled: true };
  return {
    ...renderSink(SINKS, sink, pipeline),
    inputs: [component('records', sink)],
    ...(sink.kind !== 'otlp' && { acknowledgements }),
    buffer: { type: 'memory', max_size: WAITING_BYTES, when_full: 'block' },
  };
}

function search(sink: Sink<'elasticsearch' | 'opensearch'>): Settings {
  return {
    type: 'elasticsearch',
    endpoints: [below(sink, '')],
    auth: auth(sink),
    tls: ca(sink),
    mode: 'bulk',
    // data streams accept only `create`
    bulk: { index: sink.options.index ?? 'logs', action: 'create' },
    // sends records again that the cluster has rejected because of its load
    request_retry_partial: true,
    request: REQUEST,
    batch: BATCH,
  };
}

function secret({ credentials, name }: Sink, part: CredentialPart): string | undefined {
  return credentials[part] && `SECRET[${SECRETS}.${name}/${part}]`;
}

function auth(sink: Sink): Settings | undefined {
  return sink.credentials.TOKEN
    ? { strategy: 'bearer', token: secret(sink, 'TOKEN') }
    : sink.credentials.PASSWORD && {
        strategy: 'basic',
        user: secret(sink, 'USERNAME'),
        password: secret(sink, 'PASSWORD'),
      };
}

function ca({ caFile }: Sink): Settings | undefined {
  return caFile === undefined ? undefined : { ca_file: caFile };
}
