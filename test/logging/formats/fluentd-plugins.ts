/** What Fluentd's plugins and sections take, as their documentation has it. */
export type Check = 'string' | 'integer' | 'bool' | 'size' | 'time' | 'regexp' | 'json' | RegExp;
export interface Spec {
  readonly required?: string[];
  readonly parameters: Record<string, Check>;
  readonly blocks?: string[];
}

const BUFFERED = ['buffer', 'secondary', 'inject'];
const FORMATTED = [...BUFFERED, 'format'];

export const PLUGINS: Record<string, Record<string, Spec>> = {
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

export const PARSERS: Record<string, Spec> = {
  none: { parameters: { message_key: 'string' } },
  json: { parameters: { time_key: 'string', json_parser: 'string' } },
  logfmt: { parameters: { time_key: 'string' } },
  regexp: { required: ['expression'], parameters: { expression: 'regexp', time_key: 'string', multiline: 'bool' } },
  multiline: { required: ['format1'], parameters: { format_firstline: 'regexp', format1: 'regexp' } },
};

export const BLOCKS: Record<string, Spec> = {
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
