import { MENDED } from './fluentd-plugin';
import { bearerHeaders, Code, contentOf, Section, sectionOf, Value, withVariables } from './fluentd-syntax';
import { notOffered } from './preset';
import { kibibytes } from '../../checks/values';
import { below, origin, CredentialPart, Pipeline, Sink, sinkDirectory } from '../pipeline';

type Parameters = Record<string, Value | undefined>;

/** A sink as one of those that get a copy of each record, and the label that it may have for itself. */
interface FluentdSink {
  readonly store: Section;
  readonly label?: Section;
}

/** A sink in Fluentd's words, with its own buffer on disk. */
export function fluentdSink(sink: Sink, pipeline: Pipeline): FluentdSink {
  const { type, parameters, sections = [] } = output(sink, pipeline.app);
  const plugin = {
    parameters: { '@type': type, '@id': `sink_${sink.name}`, ...parameters },
    // what is printed is not kept: nothing could be in its way
    sections: [...sections, ...(sink.kind === 'stdout' ? [] : [buffer(sink, pipeline.maxRecordBytes)])],
  };
  // a sink that fails takes nothing from the others
  const store = { name: 'store', argument: 'ignore_error' };
  if (sink.kind !== 'elasticsearch' && sink.kind !== 'opensearch') {
    return { store: { ...store, ...plugin } };
  }
  // what it was too busy for is emitted again: here it is, where no other sink gets it twice
  const label = `@sink_${sink.name}`;
  return {
    store: { ...store, parameters: { '@type': 'relabel', '@id': `to_${sink.name}`, '@label': label } },
    label: { name: 'label', argument: label, parameters: {}, sections: [{ name: 'match', argument: '**', ...plugin }] },
  };
}

/** What stands around a record's text: its other fields, and the names of all. */
const AROUND_KIBIBYTES = 64;

/** In JSON each quote and each backslash has one more. */
const QUOTED: readonly string[] = ['http', 's3'];

function chunkKibibytes(sink: Sink, maxRecordBytes: number): number {
  const record = Math.ceil(maxRecordBytes / 1024) * (QUOTED.includes(sink.kind) ? 2 : 1) + AROUND_KIBIBYTES;
  return Math.min(Math.max(1024, record), kibibytes(sink.buffer!));
}

function buffer(sink: Sink, maxRecordBytes: number): Section {
  return {
    name: 'buffer',
    argument: sink.kind === 's3' ? 'time' : undefined,
    parameters: {
      '@type': 'file',
      'path': sinkDirectory(sink),
      // each record has to fit into a chunk
      'chunk_limit_size': `${chunkKibibytes(sink, maxRecordBytes)}k`,
      'total_limit_size': `${kibibytes(sink.buffer!)}k`,
      // chunks that wait go on growing: thousands of small files would take more than is counted
      'queued_chunks_limit_size': 64,
      // the app never waits: the oldest goes, and is counted
      'overflow_action': 'drop_oldest_chunk',
      // it would be below /tmp, which cannot be written, and what follows would wait for ever
      'disable_chunk_backup': true,
      'flush_at_shutdown': true,
      ...(sink.kind === 's3'
        ? { timekey: 300, timekey_wait: 10, timekey_use_utc: true }
        : { flush_mode: 'interval', flush_interval: '1s', flush_thread_count: 2 }),
      'retry_type': 'exponential_backoff',
      'retry_max_interval': '5s',
      'retry_forever': true,
    },
  };
}

/** A token that has just been rotated is no bad record. */
const RETRIED = [
  401, 403, 404, 407, 408, 421, 425, 429, 500, 501, 502, 503, 504, 507, 508, 509, 511, 520, 521, 522, 523, 524, 529,
];

interface Output {
  readonly type: string;
  readonly parameters: Parameters;
  readonly sections?: readonly Section[];
}

function output(sink: Sink, app: string): Output {
  const { address, tls, caFile, credentials } = sink;
  const fileOf = (part: CredentialPart) => credentials[part]?.file;
  const of = (part: CredentialPart) => fileOf(part) && contentOf(fileOf(part)!);
  const headers = fileOf('TOKEN') && bearerHeaders(fileOf('TOKEN')!);
  switch (sink.kind) {
    case 'stdout':
      return { type: 'stdout', parameters: {}, sections: [json()] };
    case 'forward':
      return {
        type: 'forward',
        parameters: {
          transport: tls ? 'tls' : 'tcp',
          tls_cert_path: caFile,
          tls_verify_hostname: tls || undefined,
          require_ack_response: true,
          ack_response_timeout: '20s',
          connect_timeout: '5s',
          send_timeout: '10s',
          // it would keep a name that does not resolve for an error of the configuration
          ignore_network_errors_at_startup: true,
          // each try finds out whether it is there
          heartbeat_type: 'none',
        },
        sections: [
          ...(credentials.SHARED_KEY
            ? [
                {
                  name: 'security',
                  parameters: { self_hostname: withVariables('${POD_NAME}'), shared_key: of('SHARED_KEY') },
                },
              ]
            : []),
          { name: 'server', parameters: { host: address!.host, port: address!.port } },
        ],
      };
    case 'http':
      return {
        type: 'http',
        parameters: {
          endpoint: below(sink, sink.address!.path === '/' ? '/' : ''),
          content_type: 'application/x-ndjson',
          json_array: false,
          tls_ca_cert_path: caFile,
          open_timeout: 5,
          ssl_timeout: 5,
          read_timeout: 10,
          // all others are taken for a request that the sink never wants
          retryable_response_codes: new Code(JSON.stringify(RETRIED)),
          headers,
        },
        sections: [
          json(),
          ...(credentials.PASSWORD
            ? [{ name: 'auth', parameters: { method: 'basic', username: of('USERNAME'), password: of('PASSWORD') } }]
            : []),
        ],
      };
    case 'elasticsearch':
    case 'opensearch':
      return {
        type: sink.kind,
        parameters: {
          host: address!.host,
          port: address!.port,
          scheme: tls ? 'https' : 'http',
          path: address!.path === '/' ? undefined : address!.path,
          ca_file: caFile,
          user: of('USERNAME'),
          password: of('PASSWORD'),
          index_name: sink.options.index ?? 'logs',
          suppress_type_name: true,
          request_timeout: '10s',
          // it starts while the sink is away
          ...(sink.kind === 'elasticsearch'
            ? { verify_es_version_at_startup: false, default_elasticsearch_version: 8 }
            : { verify_os_version_at_startup: false, default_opensearch_version: 2 }),
          // a cluster that is too busy is not unwell for good
          unrecoverable_error_types: new Code('["out_of_memory_error"]'),
          reconnect_on_error: true,
          reload_connections: false,
        },
      };
    case 'loki':
      return {
        type: MENDED.loki!,
        parameters: {
          url: below(sink, ''),
          tenant: sink.options.tenant,
          custom_headers: headers,
          username: of('USERNAME'),
          password: of('PASSWORD'),
          ca_cert: caFile,
          extra_labels: JSON.stringify({ ...sink.options.labels, app }),
          line_format: 'json',
          include_thread_label: false,
        },
        sections: [{ name: 'label', parameters: { namespace: '$.namespace', pod: '$.pod' } }],
      };
    case 's3':
      return {
        type: 's3',
        parameters: {
          aws_key_id: of('ACCESS_KEY_ID'),
          aws_sec_key: of('SECRET_ACCESS_KEY'),
          s3_bucket: sink.options.bucket,
          s3_region: sink.options.region,
          s3_endpoint: address && origin(sink),
          force_path_style: address ? true : undefined,
          ssl_ca_bundle: caFile,
          path: `${sink.options.prefix ?? 'logs'}/%Y/%m/%d/`,
          s3_object_key_format: withVariables('%{path}%{time_slice}-${POD_NAME}-%{index}.%{file_extension}'),
          store_as: 'gzip',
          check_bucket: false,
          check_apikey_on_start: false,
        },
        sections: [json()],
      };
    case 'kafka':
      return {
        type: MENDED.kafka!,
        parameters: {
          brokers: sink.options.brokers.join(','),
          default_topic: sink.options.topic,
          username: of('USERNAME'),
          password: of('PASSWORD'),
          scram_mechanism: credentials.PASSWORD ? 'sha512' : undefined,
          sasl_over_ssl: tls,
          ssl_ca_cert: caFile,
          ssl_ca_certs_from_system: tls && !caFile ? true : undefined,
          required_acks: -1,
          // a chunk is one batch, whose size is what a broker limits
          compression_codec: 'gzip',
          connect_timeout: 5,
          socket_timeout: 10,
          // what is too large all the same is too large for good
          ignore_exceptions: new Code('["Kafka::MessageSizeTooLarge"]'),
        },
        sections: [json()],
      };
    case 'raw': {
      const { '@type': _, '@id': __, 'buffer': ___, ...own } = sink.options.config ?? {};
      const { parameters, sections } = sectionOf('store', own);
      return { type: sink.options.plugin, parameters, sections };
    }
    case 'otlp':
      return notOffered(sink.kind);
  }
}

function json(): Section {
  return { name: 'format', parameters: { '@type': 'json' } };
}
