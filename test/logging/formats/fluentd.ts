/**
 * A strict reader of Fluentd's configuration: its syntax as the program reads it, then each plugin's parameters and
 * sections. What Fluentd would refuse or only warn of (an unknown parameter) is a problem.
 *
 * @see https://docs.fluentd.org/configuration/config-file
 */
export interface Block {
  readonly name: string;
  readonly argument: string;
  readonly parameters: Record<string, string>;
  readonly blocks: Block[];
}

type Check = 'string' | 'integer' | 'bool' | 'size' | 'time' | 'regexp' | 'json' | RegExp;
interface Spec {
  readonly required?: string[];
  readonly parameters: Record<string, Check>;
  readonly blocks?: string[];
}

const BUFFERED = ['buffer', 'secondary', 'inject'];
const FORMATTED = [...BUFFERED, 'format'];

const PLUGINS: Record<string, Record<string, Spec>> = {
  source: {
    tail: {
      required: ['tag', 'path'],
      parameters: {
        tag: 'string',
        path: 'string',
        exclude_path: 'json',
        glob_policy: /^(backward_compatible|extended|always)$/,
        pos_file: 'string',
        follow_inodes: 'bool',
        read_from_head: 'bool',
        refresh_interval: 'time',
        rotate_wait: 'time',
        max_line_size: 'size',
        multiline_flush_interval: 'time',
        path_key: 'string',
        read_lines_limit: 'integer',
      },
      blocks: ['parse'],
    },
    monitor_agent: { parameters: { bind: 'string', port: 'integer', tag: 'string', emit_interval: 'time' } },
    prometheus: { parameters: { bind: 'string', port: 'integer', metrics_path: 'string' } },
    prometheus_output_monitor: { parameters: { interval: 'time' } },
    prometheus_tail_monitor: { parameters: { interval: 'time' } },
  },
  filter: {
    parser: {
      required: ['key_name'],
      parameters: {
        key_name: 'string',
        reserve_data: 'bool',
        reserve_time: 'bool',
        remove_key_name_field: 'bool',
        emit_invalid_record_to_error: 'bool',
        inject_key_prefix: 'string',
        hash_value_field: 'string',
        replace_invalid_sequence: 'bool',
      },
      blocks: ['parse'],
    },
    record_transformer: { parameters: { enable_ruby: 'bool', renew_record: 'bool', remove_keys: 'string', keep_keys: 'string' }, blocks: ['record'] },
  },
  match: {
    copy: { parameters: { copy_mode: /^(no_copy|shallow|deep|marshal)$/ }, blocks: ['store'] },
    stdout: { parameters: {}, blocks: ['format', 'inject', 'buffer'] },
    null: { parameters: { never_flush: 'bool' }, blocks: BUFFERED },
    forward: {
      parameters: {
        transport: /^(tcp|tls)$/,
        tls_cert_path: 'string',
        tls_verify_hostname: 'bool',
        tls_insecure_mode: 'bool',
        require_ack_response: 'bool',
        ack_response_timeout: 'time',
        send_timeout: 'time',
        heartbeat_type: 'string',
        compress: 'string',
      },
      blocks: [...BUFFERED, 'server', 'security', 'service_discovery'],
    },
    http: {
      required: ['endpoint'],
      parameters: {
        endpoint: /^https?:\/\/\S+$/,
        http_method: 'string',
        content_type: 'string',
        json_array: 'bool',
        headers: 'json',
        tls_ca_cert_path: 'string',
        open_timeout: 'time',
        error_response_as_unrecoverable: 'bool',
        retryable_response_codes: 'json',
      },
      blocks: [...FORMATTED, 'auth'],
    },
    elasticsearch: {
      parameters: {
        host: 'string',
        port: 'integer',
        scheme: /^https?$/,
        path: 'string',
        user: 'string',
        password: 'string',
        ca_file: 'string',
        index_name: 'string',
        suppress_type_name: 'bool',
        include_timestamp: 'bool',
        reconnect_on_error: 'bool',
        reload_connections: 'bool',
        reload_on_failure: 'bool',
        ssl_verify: 'bool',
        request_timeout: 'time',
      },
      blocks: BUFFERED,
    },
    loki: {
      required: ['url'],
      parameters: {
        url: /^https?:\/\/\S+$/,
        tenant: 'string',
        username: 'string',
        password: 'string',
        ca_cert: 'string',
        bearer_token_file: 'string',
        extra_labels: 'json',
        line_format: /^(json|key_value)$/,
        drop_single_key: 'bool',
        include_thread_label: 'bool',
        insecure_tls: 'bool',
        remove_keys: 'json',
      },
      blocks: [...BUFFERED, 'label'],
    },
    s3: {
      required: ['s3_bucket'],
      parameters: {
        aws_key_id: 'string',
        aws_sec_key: 'string',
        s3_bucket: 'string',
        s3_region: 'string',
        s3_endpoint: 'string',
        force_path_style: 'bool',
        ssl_ca_bundle: 'string',
        path: 'string',
        s3_object_key_format: 'string',
        store_as: /^(gzip|text|json|lzo)$/,
        check_bucket: 'bool',
        check_object: 'bool',
      },
      blocks: FORMATTED,
    },
    kafka2: {
      required: ['brokers'],
      parameters: {
        brokers: 'string',
        default_topic: 'string',
        username: 'string',
        password: 'string',
        scram_mechanism: /^sha(256|512)$/,
        sasl_over_ssl: 'bool',
        ssl_ca_cert: 'string',
        ssl_ca_certs_from_system: 'bool',
        required_acks: 'integer',
        compression_codec: 'string',
        topic_key: 'string',
      },
      blocks: FORMATTED,
    },
    // of a user's own, for the raw sink
    syslog_rfc5424: { parameters: { host: 'string', port: 'integer', transport: /^(tcp|udp|tls)$/ }, blocks: FORMATTED },
  },
};
PLUGINS.match.opensearch = PLUGINS.match.elasticsearch;

const PARSERS: Record<string, Spec> = {
  none: { parameters: { message_key: 'string' } },
  json: { parameters: { time_key: 'string', json_parser: 'string' } },
  logfmt: { parameters: { time_key: 'string' } },
  regexp: { required: ['expression'], parameters: { expression: 'regexp', time_key: 'string', multiline: 'bool' } },
  multiline: { required: ['format1'], parameters: { format_firstline: 'regexp', format1: 'regexp' } },
};

const BLOCKS: Record<string, Spec> = {
  system: { parameters: { log_level: /^(trace|debug|info|warn|error|fatal)$/, workers: 'integer', root_dir: 'string' } },
  security: { required: ['self_hostname', 'shared_key'], parameters: { self_hostname: 'string', shared_key: 'string' } },
  server: { required: ['host'], parameters: { host: 'string', port: 'integer', name: 'string', weight: 'integer', shared_key: 'string' } },
  auth: { parameters: { method: /^(basic|aws_sigv4)$/, username: 'string', password: 'string' } },
  format: { parameters: { '@type': /^(json|ltsv|single_value|hash)$/ } },
  buffer: {
    parameters: {
      '@type': /^(file|memory)$/,
      'path': 'string',
      'chunk_limit_size': 'size',
      'total_limit_size': 'size',
      'queued_chunks_limit_size': 'integer',
      'overflow_action': /^(throw_exception|block|drop_oldest_chunk)$/,
      'flush_at_shutdown': 'bool',
      'flush_mode': /^(default|lazy|interval|immediate)$/,
      'flush_interval': 'time',
      'flush_thread_count': 'integer',
      'timekey': 'time',
      'timekey_wait': 'time',
      'timekey_use_utc': 'bool',
      'retry_type': /^(exponential_backoff|periodic)$/,
      'retry_max_interval': 'time',
      'retry_forever': 'bool',
    },
  },
};

const CHECKS: Record<string, RegExp> = {
  string: /^[^\n]+$/,
  integer: /^-?\d+$/,
  bool: /^(true|false)$/,
  size: /^\d+[kmgt]?$/i,
  time: /^\d+[smhd]?$/,
};

/** What Fluentd would complain of; nothing when it would not. */
export function fluentdProblems(text: string): string[] {
  const blocks = parseFluentd(text);
  const ids = blocks.flatMap(function of(block: Block): string[] { return [block.parameters['@id'], ...block.blocks.flatMap(of)].filter(Boolean); });
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map(id => `@id '${id}' twice`),
    ...blocks.flatMap(block => block.name === 'system' ? problems('system', BLOCKS.system, block) : plugin(block, block.name)),
  ];
}

function plugin(block: Block, directive: string): string[] {
  const type = block.parameters['@type'];
  const spec = PLUGINS[directive]?.[type];
  if (!spec) {
    return [`<${directive}> has no plugin '${type}'`];
  }
  const where = `<${directive}> ${type}`;
  const needed = ['match', 'filter'].includes(directive) && block.argument === '' ? [`${where} has no tag`] : [];
  return [
    ...needed,
    ...problems(where, spec, block),
    ...block.blocks.flatMap(inner => {
      if (!spec.blocks?.includes(inner.name)) {
        return [`${where} has no section <${inner.name}>`];
      }
      switch (inner.name) {
        case 'store': return plugin({ ...inner, argument: 'store' }, 'match');
        case 'parse': return problems(`${where} <parse>`, PARSERS[inner.parameters['@type']] ?? { parameters: {} }, inner);
        case 'record':
        case 'label': return [];
        default: return problems(`${where} <${inner.name}>`, BLOCKS[inner.name] ?? { parameters: {} }, inner);
      }
    }),
  ];
}

function problems(where: string, { required = [], parameters }: Spec, block: Block): string[] {
  return [
    ...required.filter(name => !(name in block.parameters)).map(name => `${where} lacks '${name}'`),
    ...Object.entries(block.parameters).flatMap(([name, raw]) => {
      const check = parameters[name];
      if (check === undefined) {
        return name === '@type' || name === '@id' ? [] : [`${where} has no parameter '${name}'`];
      }
      const value = literal(raw);
      return matches(check, value) ? [] : [`${where} has '${name} ${raw}'`];
    }),
  ];
}

function matches(check: Check, value: string): boolean {
  if (check === 'regexp') {
    // Onigmo and JavaScript agree on what is written here
    const body = /^\/((?:\\.|[^/\\])+)\/[im]*$/.exec(value)?.[1];
    return body !== undefined && new RegExp(body) instanceof RegExp;
  }
  if (check === 'json') {
    // what Fluentd fills in when it starts is a string to the reader
    return typeof JSON.parse(value.replace(/#\{[^}]*\}/g, 'x')) === 'object';
  }
  return (typeof check === 'string' ? CHECKS[check] : check).test(value);
}

/** A value as Fluentd understands it: quoted, or bare to the end of the line or to a comment. */
function literal(raw: string): string {
  const double = /^"((?:\\.|[^"\\])*)"$/.exec(raw);
  const single = /^'((?:\\.|[^'\\])*)'$/.exec(raw);
  if (double) {
    return double[1].replace(/\\(.)/g, (_, c) => c === 'n' ? '\n' : c);
  }
  if (single) {
    return single[1].replace(/\\(['\\])/g, '$1');
  }
  if (/^["']/.test(raw) || / #/.test(raw)) {
    throw new Error(`a value that is not closed, or a comment in it: ${raw}`);
  }
  return raw;
}

/** Reads the syntax: sections, which nest and close, and a name with a value on each line. */
export function parseFluentd(text: string): Block[] {
  const root: Block = { name: '', argument: '', parameters: {}, blocks: [] };
  const open: Block[] = [root];
  for (const line of text.split('\n').map(one => one.trim()).filter(one => one !== '' && !one.startsWith('#'))) {
    const current = open[open.length - 1];
    const begin = /^<(\w+)(?:\s+([^>]+?))?>$/.exec(line);
    const end = /^<\/(\w+)>$/.exec(line);
    const parameter = /^([@\w.]+)\s+(.+)$/.exec(line);
    if (begin) {
      const block: Block = { name: begin[1], argument: begin[2] ?? '', parameters: {}, blocks: [] };
      current.blocks.push(block);
      open.push(block);
    } else if (end) {
      if (open.length === 1 || current.name !== end[1]) {
        throw new Error(`'${line}' closes nothing`);
      }
      open.pop();
    } else if (parameter && open.length > 1 && !(parameter[1] in current.parameters)) {
      current.parameters[parameter[1]] = parameter[2];
    } else {
      throw new Error(`'${line}' is neither a section nor a parameter, or stands twice`);
    }
  }
  if (open.length !== 1) {
    throw new Error(`<${open[open.length - 1].name}> is not closed`);
  }
  return root.blocks;
}
