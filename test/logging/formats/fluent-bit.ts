import { parse } from 'yaml';
import { Short, schemaProblems } from './schema';

const SERVER: Record<string, Short> = {
  'host!': 'string',
  'port!': 'integer',
  'tls!': 'switch',
  'tls.verify': 'switch',
  'tls.ca_file': 'string',
};
const OUTPUT: Record<string, Short> = {
  'name!': 'string',
  'match!': 'string',
  'alias': 'string',
  'storage.total_limit_size': 'string',
  'retry_limit!': 'any',
  'net.io_timeout': 'string',
  'processors': 'any',
};
const BASIC: Record<string, Short> = { http_user: 'variable', http_passwd: 'variable' };
const SEARCH: Record<string, Short> = {
  ...SERVER,
  ...BASIC,
  path: 'string',
  index: 'string',
  suppress_type_name: 'switch',
  replace_dots: 'switch',
  write_operation: 'create',
  generate_id: 'switch',
  time_key: 'string',
  time_key_nanos: 'switch',
  buffer_size: 'string',
};

// the parameters of the plugins of Fluent Bit 5
const OUTPUTS: Record<string, Record<string, Short>> = {
  stdout: { format: 'string', json_date_key: 'string', json_date_format: 'string' },
  loki: {
    ...SERVER,
    ...BASIC,
    'uri': 'string',
    'bearer_token': 'variable',
    'tenant_id': 'string',
    'labels!': 'string',
    'label_keys': 'string',
    'line_format': 'string',
  },
  opensearch: SEARCH,
  opentelemetry: {
    ...SERVER,
    ...BASIC,
    logs_uri: 'string',
    header: 'string',
    logs_body_key: 'string',
    logs_body_key_attributes: 'switch',
    compress: 'string',
    batch_size: 'integer',
  },
  http: {
    ...SERVER,
    ...BASIC,
    uri: 'string',
    header: 'string',
    format: 'string',
    json_date_key: 'string',
    json_date_format: 'string',
  },
  forward: {
    ...SERVER,
    shared_key: 'variable',
    self_hostname: 'string',
    require_ack_response: 'switch',
    retain_metadata_in_forward_mode: 'switch',
  },
  s3: {
    'bucket!': 'string',
    'region!': 'string',
    'endpoint': 'string',
    's3_key_format': 'string',
    'use_put_object': 'switch',
    'total_file_size': 'string',
    'upload_timeout': 'string',
    'compression': 'string',
    'json_date_key': 'string',
    'json_date_format': 'string',
    'store_dir': 'string',
    'store_dir_limit_size': 'string',
    'tls.ca_file': 'string',
  },
  // the plugin of the test of raw sinks
  splunk: { ...SERVER, splunk_token: 'variable' },
};

const FILTERS: Record<string, Record<string, Short>> = {
  parser: {
    'name!': 'string',
    'match!': 'string',
    'key_name!': 'string',
    'parser!': 'string',
    'reserve_data': 'switch',
    'preserve_key': 'switch',
  },
  modify: { 'name!': 'string', 'match!': 'string', 'rename': 'strings', 'remove': 'strings', 'set': ['string'] },
  lua: { 'name!': 'string', 'match!': 'string', 'call!': 'string', 'code!': 'string', 'time_as_table': 'switch' },
};

const INPUT: Short = {
  'name!': 'tail',
  'tag!': 'string',
  'path!': 'string',
  'exclude_path': 'string',
  'key': 'string',
  'db!': 'string',
  'db.locking': 'switch',
  'read_from_head!': 'switch',
  'refresh_interval': 'integer',
  'rotate_wait': 'integer',
  'buffer_chunk_size': 'string',
  'buffer_max_size': 'string',
  'skip_long_lines!': 'switch',
  'multiline.parser': 'string',
  'storage.type!': 'filesystem',
};

const CONFIG: Short = {
  'env': [{ 'name!': 'string', 'value': 'string', 'uri': 'string' }],
  'service!': {
    'flush!': 'integer',
    'grace!': 'integer',
    'log_level': 'string',
    'http_server!': 'switch',
    'http_listen!': 'string',
    'http_port!': 'integer',
    'scheduler.base': 'integer',
    'scheduler.cap': 'integer',
    'multiline_buffer_limit': 'string',
    'storage.path!': 'string',
    'storage.sync': 'string',
    'storage.metrics': 'switch',
    'storage.max_chunks_up': 'integer',
    'storage.backlog.mem_limit': 'string',
  },
  'parsers': [{ 'name!': 'string', 'format!': 'string', 'regex': 'string' }],
  'multiline_parsers': [
    {
      'name!': 'string',
      'type!': 'regex',
      'flush_timeout': 'integer',
      'rules!': [{ 'state!': 'string', 'regex!': 'string', 'next_state!': 'string' }],
    },
  ],
  'pipeline!': { 'inputs!': [INPUT], 'filters': ['any'], 'outputs!': ['any'] },
};

/**
 * Returns the errors that Fluent Bit would report: unknown keys, references to missing parsers, and invalid
 * expressions.
 *
 * @see https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
 */
export function fluentBitProblems(text: string): string[] {
  const config = parse(text);
  const {
    env = [],
    parsers = [],
    multiline_parsers: multiline = [],
    pipeline: { inputs, filters = [], outputs },
  } = config;
  const variables = new Set(['POD_NAME', 'POD_NAMESPACE', 'SPLUNK_TOKEN', ...env.map(({ name }: any) => name)]);
  const known = (list: any[], name?: string) => name === undefined || list.some(parser => parser.name === name);
  const used = [...JSON.stringify(config).matchAll(/\$(?:\{DOLLAR\})?\{([^}]*)\}/g)].map(([, name]) => name);
  return [
    ...used.filter(name => !variables.has(name)).map(name => `an unknown variable ${name}`),
    ...filters
      .filter(({ name, call, code }: any) => name === 'lua' && !code.includes(`function ${call}(`))
      .map(() => 'a script without its function'),
    ...schemaProblems(CONFIG, config, 'fluent-bit'),
    ...filters.flatMap((filter: any) => schemaProblems(FILTERS[filter.name] ?? {}, filter, `filter ${filter.name}`)),
    ...outputs.flatMap((output: any) =>
      schemaProblems(
        { ...OUTPUT, ...(OUTPUTS[output.name] ?? { 'unknown plugin!': 'any' }) },
        output,
        `output ${output.name}`,
      ),
    ),
    ...outputs
      .filter((output: any) => output.name !== 'stdout' && !output['storage.total_limit_size'])
      .map((output: any) => `output ${output.name} has no bound`),
    ...inputs
      .filter((input: any) => !known(multiline, input['multiline.parser']))
      .map(() => 'an unknown multiline parser'),
    ...filters.filter((filter: any) => !known(parsers, filter.parser)).map(() => 'an unknown parser'),
    ...parsers
      .filter(
        (parser: any) =>
          !['json', 'logfmt', 'regex', 'ltsv'].includes(parser.format) ||
          (parser.format === 'regex') !== 'regex' in parser,
      )
      .map(() => 'a parser without its expression'),
    ...parsers.flatMap((parser: any) => (parser.regex === undefined ? [] : expression(parser.regex))),
    ...multiline.flatMap((parser: any) => [
      ...(parser.rules[0].state === 'start_state' ? [] : ['a multiline parser whose first state is not start_state']),
      ...parser.rules.flatMap((rule: any) =>
        /^\/.*\/$/.test(rule.regex) ? expression(rule.regex.slice(1, -1)) : ['a rule without slashes'],
      ),
    ]),
  ];
}

/** Converts the options and anchors of Onigmo to JavaScript. */
function expression(pattern: string): string[] {
  try {
    new RegExp(
      pattern
        .replace(/\(\?am?:/g, '(?:')
        .replace(/\\A/g, '^')
        .replace(/\\z/g, '$'),
    );
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
