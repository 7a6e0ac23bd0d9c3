import { parse } from 'yaml';
import { Short, schemaProblems } from './schema';

const ACKNOWLEDGED: Record<string, Short> = { acknowledgements: { 'enabled!': 'boolean' } };
const SINK: Record<string, Short> = {
  'type!': 'string',
  'inputs!': ['string'],
  'acknowledgements': ACKNOWLEDGED.acknowledgements,
  'buffer': { 'type!': 'memory', 'max_size!': 'integer', 'when_full!': 'block' },
};
const TLS: Record<string, Short> = { tls: { ca_file: 'string' } };
const AUTH: Record<string, Short> = {
  auth: { 'strategy!': 'string', 'user': 'secret', 'password': 'secret', 'token': 'secret' },
};
const LINES: Record<string, Short> = {
  'encoding!': { 'codec!': 'string' },
  'framing': { 'method!': 'string', 'character_delimited': { 'delimiter!': 'string' } },
};
const REQUEST: Record<string, Short> = {
  request: {
    concurrency: 'integer',
    timeout_secs: 'integer',
    retry_initial_backoff_secs: 'integer',
    retry_max_duration_secs: 'integer',
    headers: { '*': 'string' },
  },
  batch: { max_bytes: 'integer', timeout_secs: 'integer' },
};
const RETRY: Record<string, Short> = { retry_strategy: { 'type!': 'custom', 'status_codes!': ['integer'] } };
const HTTP: Record<string, Short> = {
  ...TLS,
  ...AUTH,
  ...LINES,
  ...REQUEST,
  ...RETRY,
  'uri!': 'string',
  'method': 'string',
  'compression': 'string',
  'payload_prefix': 'string',
  'payload_suffix': 'string',
};

// the options of the components of Vector 0.57
const SINKS: Record<string, Record<string, Short>> = {
  console: { 'target': 'string', 'encoding!': { 'codec!': 'string' } },
  http: HTTP,
  opentelemetry: { 'protocol!': { ...HTTP, ...ACKNOWLEDGED, 'type!': 'http' } },
  elasticsearch: {
    ...TLS,
    ...AUTH,
    ...REQUEST,
    'endpoints!': ['string'],
    'mode': 'string',
    'bulk': { index: 'string', action: 'string' },
    'request_retry_partial': 'boolean',
  },
  aws_s3: {
    ...TLS,
    ...LINES,
    ...REQUEST,
    ...RETRY,
    'bucket!': 'string',
    'region': 'string',
    'endpoint': 'string',
    'auth': { access_key_id: 'secret', secret_access_key: 'secret' },
    'key_prefix': 'string',
    'compression': 'string',
  },
  kafka: {
    'bootstrap_servers!': 'string',
    'topic!': 'string',
    'sasl': { enabled: 'boolean', mechanism: 'string', username: 'secret', password: 'secret' },
    'tls': { enabled: 'boolean', ca_file: 'string' },
    'encoding!': { 'codec!': 'string' },
    'message_timeout_ms': 'integer',
    'librdkafka_options': { '*': 'string' },
  },
  prometheus_exporter: { address: 'string' },
  // the plugin of the test of raw sinks
  papertrail: { 'endpoint!': 'string', 'encoding!': { 'codec!': 'string' } },
};

const MULTILINE: Short = {
  'mode!': 'string',
  'start_pattern!': 'any',
  'condition_pattern!': 'string',
  'timeout_ms!': 'integer',
};
const FILES: Short = {
  'type!': 'file',
  'include!': ['string'],
  'exclude': ['string'],
  'read_from!': 'beginning',
  'oldest_first': 'boolean',
  'max_read_bytes': 'integer',
  'glob_minimum_cooldown_ms': 'integer',
  'rotate_wait_secs': 'integer',
  'max_line_bytes': 'integer',
  'file_key': '',
  'host_key': '',
  'multiline': MULTILINE,
};

const CONFIG: Short = {
  'data_dir!': 'string',
  'log_schema': { 'timestamp_key!': 'string' },
  'secret': { credentials: { 'type!': 'directory', 'path!': 'string', 'remove_trailing_whitespace!': 'boolean' } },
  'sources!': { '*': 'any' },
  'transforms!': {
    'nothing!': { 'type!': 'filter', 'inputs!': ['string'], 'condition!': 'string' },
    '*': { 'type!': 'remap', 'inputs!': ['string'], 'source!': 'string' },
  },
  'sinks!': { '*': 'any' },
};

/**
 * Returns the errors that Vector would report, such as unknown options and missing inputs, and sinks without
 * acknowledgements.
 *
 * @see https://vector.dev/docs/reference/configuration/
 */
export function vectorProblems(text: string): string[] {
  const config = parse(text);
  const sources: [string, any][] = Object.entries(config.sources);
  const components = [...Object.keys(config.sources), ...Object.keys(config.transforms)];
  const sinks: [string, any][] = Object.entries(config.sinks);
  return [
    ...schemaProblems(CONFIG, config, 'vector'),
    ...sources
      .filter(([, { type }]) => type !== 'internal_metrics')
      .flatMap(([name, source]) => schemaProblems(FILES, source, `source ${name}`)),
    ...sinks.flatMap(([name, sink]) =>
      schemaProblems({ ...SINK, ...(SINKS[sink.type] ?? { 'unknown type!': 'any' }) }, sink, `sink ${name}`),
    ),
    ...[...sinks.map(([, sink]) => sink), ...Object.values<any>(config.transforms)]
      .flatMap(({ inputs }) => inputs)
      .filter(input => !components.includes(input))
      .map(input => `no component '${input}'`),
    ...sinks
      .filter(
        ([name, sink]) => !['health', 'metrics'].includes(name) && !(sink.protocol ?? sink).acknowledgements?.enabled,
      )
      .map(([name]) => `'${name}' does not say what it has taken`),
  ];
}
