import { parse } from 'yaml';
import { Short, schemaProblems } from './schema';

const SINK: Record<string, Short> = {
  'type!': 'string',
  'inputs!': ['string'],
  'acknowledgements': { enabled: 'boolean' },
  'buffer': { 'type!': 'disk', 'max_size!': 'integer', 'when_full!': 'string' },
};
const TLS: Record<string, Short> = { tls: { ca_file: 'string' } };
const AUTH: Record<string, Short> = { auth: { 'strategy!': 'string', 'user': 'variable', 'password': 'variable', 'token': 'variable' } };
const LINES: Record<string, Short> = { 'encoding!': { 'codec!': 'string' }, 'framing': { 'method!': 'string' } };

// the options of each component of Vector 0.57
const SINKS: Record<string, Record<string, Short>> = {
  console: { 'target': 'string', 'encoding!': { 'codec!': 'string' } },
  loki: { ...TLS, ...AUTH, 'endpoint!': 'string', 'tenant_id': 'string', 'labels!': { '*': 'string' }, 'out_of_order_action': 'string', 'encoding!': { 'codec!': 'string' } },
  elasticsearch: { ...TLS, ...AUTH, 'endpoints!': ['string'], 'mode': 'string', 'bulk': { index: 'string', action: 'string' } },
  http: { ...TLS, ...AUTH, ...LINES, 'uri!': 'string', 'method': 'string' },
  aws_s3: {
    ...TLS,
    ...LINES,
    'bucket!': 'string',
    'region': 'string',
    'endpoint': 'string',
    'auth': { access_key_id: 'variable', secret_access_key: 'variable' },
    'key_prefix': 'string',
    'compression': 'string',
    'batch': { timeout_secs: 'integer' },
  },
  kafka: {
    'bootstrap_servers!': 'string',
    'topic!': 'string',
    'sasl': { enabled: 'boolean', mechanism: 'string', username: 'variable', password: 'variable' },
    'tls': { enabled: 'boolean', ca_file: 'string' },
    'encoding!': { 'codec!': 'string' },
  },
  prometheus_exporter: { address: 'string' },
  // of a user's own, for the raw sink
  papertrail: { 'endpoint!': 'string', 'encoding!': { 'codec!': 'string' } },
};

const CONFIG: Short = {
  'data_dir!': 'string',
  'api': { enabled: 'boolean', address: 'string' },
  'sources!': {
    files: {
      'type!': 'file',
      'include!': ['string'],
      'exclude': ['string'],
      'read_from!': 'beginning',
      'glob_minimum_cooldown_ms': 'integer',
      'max_line_bytes': 'integer',
      'multiline': { 'mode!': 'halt_before', 'start_pattern!': 'string', 'condition_pattern!': 'string', 'timeout_ms!': 'integer' },
    },
    internal: { 'type!': 'internal_metrics' },
  },
  'transforms!': { '*': { 'type!': 'remap', 'inputs!': ['string'], 'source!': 'string' } },
  'sinks!': { '*': 'any' },
};

/**
 * What Vector would complain of: options that it does not know, inputs that are not there, buffers that are too small.
 *
 * @see https://vector.dev/docs/reference/configuration/
 */
export function vectorProblems(text: string): string[] {
  const config = parse(text);
  const components = [...Object.keys(config.sources), ...Object.keys(config.transforms)];
  const sinks: [string, any][] = Object.entries(config.sinks);
  return [
    ...schemaProblems(CONFIG, config, 'vector'),
    ...sinks.flatMap(([name, sink]) => schemaProblems({ ...SINK, ...SINKS[sink.type] ?? { 'unknown type!': 'any' } }, sink, `sink ${name}`)),
    ...[...sinks.map(([, sink]) => sink), ...Object.values<any>(config.transforms)].flatMap(({ inputs }) => inputs)
      .filter(input => !components.includes(input)).map(input => `no component '${input}'`),
    ...sinks.filter(([, { buffer }]) => buffer && buffer.max_size < 268435488).map(([name]) => `the buffer of '${name}' is too small`),
  ];
}
