/** The parameters and sections of the plugins of Fluentd, according to their documentation. */
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
        emit_unmatched_lines: 'bool',
        path_key: 'string',
        read_lines_limit: 'integer',
      },
      blocks: ['parse'],
    },
    monitor_agent: {
      parameters: {
        include_config: 'bool',
        include_debug_info: 'bool',
        bind: 'string',
        port: 'integer',
        tag: 'string',
        emit_interval: 'time',
      },
    },
    prometheus: { parameters: { bind: 'string', port: 'integer', metrics_path: 'string' } },
    prometheus_output_monitor: { parameters: { interval: 'time', gauge_all: 'bool' } },
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
    // a plugin of the library
    app_record: {
      required: ['max_bytes', 'fields'],
      parameters: {
        max_bytes: 'size',
        parsed_begins_with: 'regexp',
        time_field: 'string',
        time_layout: 'string',
        time_zone: 'string',
        fields: 'json',
      },
      blocks: ['parse'],
    },
    grep: { parameters: {}, blocks: ['regexp', 'exclude', 'and', 'or'] },
    record_transformer: {
      parameters: { enable_ruby: 'bool', renew_record: 'bool', remove_keys: 'string', keep_keys: 'string' },
      blocks: ['record'],
    },
  },
  match: {
    copy: { parameters: { copy_mode: /^(no_copy|shallow|deep|marshal)$/ }, blocks: ['store'] },
    stdout: { parameters: {}, blocks: ['format', 'inject', 'buffer'] },
    relabel: { required: ['@label'], parameters: { '@label': /^@\w[\w-]*$/ } },
    prometheus: { parameters: {}, blocks: ['metric', 'labels'] },
    null: { parameters: { never_flush: 'bool' }, blocks: BUFFERED },
    forward: {
      parameters: {
        transport: /^(tcp|tls)$/,
        tls_cert_path: 'string',
        tls_verify_hostname: 'bool',
        tls_insecure_mode: 'bool',
        require_ack_response: 'bool',
        ack_response_timeout: 'time',
        connect_timeout: 'time',
        ignore_network_errors_at_startup: 'bool',
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
        open_timeout: 'integer',
        ssl_timeout: 'integer',
        read_timeout: 'integer',
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
        verify_es_version_at_startup: 'bool',
        default_elasticsearch_version: 'integer',
        unrecoverable_error_types: 'json',
      },
      blocks: BUFFERED,
    },
    // plugins that the library derives
    app_loki: {
      required: ['url'],
      parameters: {
        url: /^https?:\/\/\S+$/,
        tenant: 'string',
        username: 'string',
        password: 'string',
        ca_cert: 'string',
        bearer_token_file: 'string',
        custom_headers: 'json',
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
        check_apikey_on_start: 'bool',
      },
      blocks: FORMATTED,
    },
    app_kafka: {
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
        compression_codec: /^(gzip|snappy|lz4|zstd)$/,
        connect_timeout: 'integer',
        socket_timeout: 'integer',
        ignore_exceptions: 'json',
        topic_key: 'string',
      },
      blocks: FORMATTED,
    },
    // the plugin of the test of raw sinks
    syslog_rfc5424: {
      parameters: { host: 'string', port: 'integer', transport: /^(tcp|udp|tls)$/ },
      blocks: FORMATTED,
    },
  },
};
const { verify_es_version_at_startup, default_elasticsearch_version, ...search } =
  PLUGINS.match.elasticsearch.parameters;
PLUGINS.match.opensearch = {
  ...PLUGINS.match.elasticsearch,
  parameters: {
    ...search,
    verify_os_version_at_startup: verify_es_version_at_startup,
    default_opensearch_version: default_elasticsearch_version,
  },
};

export const PARSERS: Record<string, Spec> = {
  none: { parameters: { message_key: 'string' } },
  json: { parameters: { time_key: 'string', json_parser: 'string' } },
  logfmt: { parameters: { time_key: 'string' } },
  regexp: { required: ['expression'], parameters: { expression: 'regexp', time_key: 'string', multiline: 'bool' } },
  multiline: { required: ['format1'], parameters: { format_firstline: 'regexp', format1: 'regexp' } },
};

export const BLOCKS: Record<string, Spec> = {
  system: {
    parameters: {
      log_level: /^(trace|debug|info|warn|error|fatal)$/,
      workers: 'integer',
      root_dir: 'string',
      disable_shared_socket: 'bool',
      suppress_config_dump: 'bool',
    },
  },
  regexp: { required: ['key', 'pattern'], parameters: { key: 'string', pattern: 'regexp' } },
  metric: {
    required: ['name', 'type', 'desc'],
    parameters: { name: /^[a-z_]+$/, type: /^(counter|gauge)$/, desc: 'string', key: 'string' },
  },
  security: {
    required: ['self_hostname', 'shared_key'],
    parameters: { self_hostname: 'string', shared_key: 'string' },
  },
  server: {
    required: ['host'],
    parameters: { host: 'string', port: 'integer', name: 'string', weight: 'integer', shared_key: 'string' },
  },
  auth: { parameters: { method: /^(basic|aws_sigv4)$/, username: 'string', password: 'string' } },
  format: { parameters: { '@type': /^(json|ltsv|single_value|hash)$/ } },
  buffer: {
    parameters: {
      '@type': /^(file|memory)$/,
      'path': 'string',
      'chunk_limit_size': 'size',
      'total_limit_size': 'size',
      'queued_chunks_limit_size': 'integer',
      'disable_chunk_backup': 'bool',
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
