import { DERIVED_OUTPUTS } from './fluentd-ruby';
import { bearerHeaders, Code, contentOf, Section, sectionOf, Value, withVariables } from './fluentd-syntax';
import { below, CredentialPart, origin, Sink, SinkRenderers } from '../pipeline';

/** An output plugin of Fluentd. */
export interface Output {
  readonly type: string;
  readonly parameters: Record<string, Value | undefined>;
  readonly sections?: readonly Section[];
}

/** Statuses after which Fluentd retries, including those of a token or a path that is about to change. */
const RETRIED = [
  401, 403, 404, 407, 408, 421, 425, 429, 500, 501, 502, 503, 504, 507, 508, 509, 511, 520, 521, 522, 523, 524, 529,
];

const JSON_FORMAT: Section = { name: 'format', parameters: { '@type': 'json' } };

/** The outputs of Fluentd, including those of plugins. */
export const OUTPUTS: SinkRenderers<Output> = {
  stdout: () => ({ type: 'stdout', parameters: {}, sections: [JSON_FORMAT] }),
  forward: sink => ({
    type: 'forward',
    parameters: {
      transport: sink.tls ? 'tls' : 'tcp',
      tls_cert_path: sink.caFile,
      tls_verify_hostname: sink.tls || undefined,
      require_ack_response: true,
      ack_response_timeout: '20s',
      connect_timeout: '5s',
      send_timeout: '10s',
      // otherwise a host name that does not resolve is a configuration error
      ignore_network_errors_at_startup: true,
      // each request shows whether the server is available
      heartbeat_type: 'none',
    },
    sections: [
      ...(sink.credentials.SHARED_KEY
        ? [
            {
              name: 'security',
              parameters: { self_hostname: withVariables('${POD_NAME}'), shared_key: secret(sink, 'SHARED_KEY') },
            },
          ]
        : []),
      { name: 'server', parameters: { host: sink.address!.host, port: sink.address!.port } },
    ],
  }),
  http: sink => ({
    type: 'http',
    parameters: {
      endpoint: below(sink, sink.address!.path === '/' ? '/' : ''),
      content_type: 'application/x-ndjson',
      json_array: false,
      tls_ca_cert_path: sink.caFile,
      open_timeout: 5,
      ssl_timeout: 5,
      read_timeout: 10,
      // with any other status Fluentd drops the chunk
      retryable_response_codes: new Code(JSON.stringify(RETRIED)),
      headers: bearer(sink),
    },
    sections: [
      JSON_FORMAT,
      ...(sink.credentials.PASSWORD
        ? [
            {
              name: 'auth',
              parameters: {
                method: 'basic',
                username: secret(sink, 'USERNAME'),
                password: secret(sink, 'PASSWORD'),
              },
            },
          ]
        : []),
    ],
  }),
  elasticsearch: sink => search(sink, { verify_es_version_at_startup: false, default_elasticsearch_version: 8 }),
  opensearch: sink => search(sink, { verify_os_version_at_startup: false, default_opensearch_version: 2 }),
  loki: (sink, { app }) => ({
    type: DERIVED_OUTPUTS.loki,
    parameters: {
      url: below(sink, ''),
      tenant: sink.options.tenant,
      custom_headers: bearer(sink),
      username: secret(sink, 'USERNAME'),
      password: secret(sink, 'PASSWORD'),
      ca_cert: sink.caFile,
      extra_labels: JSON.stringify({ ...sink.options.labels, app }),
      line_format: 'json',
      include_thread_label: false,
    },
    sections: [{ name: 'label', parameters: { namespace: '$.namespace', pod: '$.pod' } }],
  }),
  s3: sink => ({
    type: 's3',
    parameters: {
      aws_key_id: secret(sink, 'ACCESS_KEY_ID'),
      aws_sec_key: secret(sink, 'SECRET_ACCESS_KEY'),
      s3_bucket: sink.options.bucket,
      s3_region: sink.options.region,
      s3_endpoint: sink.address && origin(sink),
      force_path_style: sink.address ? true : undefined,
      ssl_ca_bundle: sink.caFile,
      path: `${sink.options.prefix ?? 'logs'}/%Y/%m/%d/`,
      s3_object_key_format: withVariables('%{path}%{time_slice}-${POD_NAME}-%{index}.%{file_extension}'),
      store_as: 'gzip',
      check_bucket: false,
      check_apikey_on_start: false,
    },
    sections: [JSON_FORMAT],
  }),
  kafka: sink => ({
    type: DERIVED_OUTPUTS.kafka,
    parameters: {
      brokers: sink.options.brokers.join(','),
      default_topic: sink.options.topic,
      username: secret(sink, 'USERNAME'),
      password: secret(sink, 'PASSWORD'),
      scram_mechanism: sink.credentials.PASSWORD ? 'sha512' : undefined,
      sasl_over_ssl: sink.tls,
      ssl_ca_cert: sink.caFile,
      ssl_ca_certs_from_system: sink.tls && !sink.caFile ? true : undefined,
      required_acks: -1,
      // a chunk becomes one batch, and brokers limit the size of a batch
      compression_codec: 'gzip',
      connect_timeout: 5,
      socket_timeout: 10,
      // a batch that is too large despite the compression would be retried forever
      ignore_exceptions: new Code('["Kafka::MessageSizeTooLarge"]'),
    },
    sections: [JSON_FORMAT],
  }),
  raw: ({ options }) => {
    const { '@type': _, '@id': __, 'buffer': ___, ...config } = options.config ?? {};
    const { parameters, sections } = sectionOf('store', config);
    return { type: options.plugin, parameters, sections };
  },
};

function search(sink: Sink<'elasticsearch' | 'opensearch'>, startWithoutServer: Record<string, Value>): Output {
  const { address, tls, caFile, kind, options } = sink;
  return {
    type: kind,
    parameters: {
      host: address!.host,
      port: address!.port,
      scheme: tls ? 'https' : 'http',
      path: address!.path === '/' ? undefined : address!.path,
      ca_file: caFile,
      user: secret(sink, 'USERNAME'),
      password: secret(sink, 'PASSWORD'),
      index_name: options.index ?? 'logs',
      suppress_type_name: true,
      request_timeout: '10s',
      ...startWithoutServer,
      // otherwise records that a busy cluster rejects are dropped
      unrecoverable_error_types: new Code('["out_of_memory_error"]'),
      reconnect_on_error: true,
      reload_connections: false,
    },
  };
}

function secret({ credentials }: Sink, part: CredentialPart): Code | undefined {
  const file = credentials[part]?.file;
  return file === undefined ? undefined : contentOf(file);
}

function bearer({ credentials }: Sink): Code | undefined {
  const file = credentials.TOKEN?.file;
  return file === undefined ? undefined : bearerHeaders(file);
}
