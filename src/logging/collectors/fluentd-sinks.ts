import { Code, Section, sectionOf, Value, withVariables } from './fluentd-syntax';
import { kibibytes } from '../../checks/values';
import { below, origin, CredentialPart, Pipeline, Sink, sinkDirectory } from '../pipeline';

type Parameters = Record<string, Value | undefined>;

/** A sink in Fluentd's words, with its own buffer on disk. */
export function fluentdSink(sink: Sink, { app }: Pipeline): Omit<Section, 'name'> {
  const { type, parameters, sections = [] } = output(sink, app);
  return {
    parameters: { '@type': type, '@id': `sink_${sink.name}`, ...parameters },
    // what is printed is not kept: nothing could be in its way
    sections: [...sections, ...sink.kind === 'stdout' ? [] : [buffer(sink)]],
  };
}

function buffer(sink: Sink): Section {
  return {
    name: 'buffer',
    argument: sink.kind === 's3' ? 'time' : undefined,
    parameters: {
      '@type': 'file',
      'path': sinkDirectory(sink),
      'chunk_limit_size': '1m',
      'total_limit_size': `${kibibytes(sink.buffer!)}k`,
      // chunks that wait go on growing: thousands of small files would take more than is counted
      'queued_chunks_limit_size': 64,
      // the app never waits: the oldest goes, and is counted
      'overflow_action': 'drop_oldest_chunk',
      'flush_at_shutdown': true,
      ...sink.kind === 's3'
        ? { timekey: 300, timekey_wait: 10, timekey_use_utc: true }
        : { flush_mode: 'interval', flush_interval: '1s', flush_thread_count: 2 },
      'retry_type': 'exponential_backoff',
      'retry_max_interval': '30s',
      'retry_forever': true,
    },
  };
}

interface Output {
  readonly type: string;
  readonly parameters: Parameters;
  readonly sections?: readonly Section[];
}

function output(sink: Sink, app: string): Output {
  const { address, tls, caFile, credentials: env } = sink;
  const of = (part: CredentialPart) => env[part] === undefined ? undefined : withVariables(`\${${env[part].variable}}`);
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
        },
        sections: [
          ...env.SHARED_KEY ? [{ name: 'security', parameters: { self_hostname: withVariables('${POD_NAME}'), shared_key: of('SHARED_KEY') } }] : [],
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
          // all others are taken for a record that the sink does not want, and given up
          retryable_response_codes: new Code('[408,429,500,502,503,504]'),
          headers: env.TOKEN ? withVariables(`{"Authorization":"Bearer \${${env.TOKEN.variable}}"}`) : undefined,
        },
        sections: [
          json(),
          ...env.PASSWORD ? [{ name: 'auth', parameters: { method: 'basic', username: of('USERNAME'), password: of('PASSWORD') } }] : [],
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
          include_timestamp: true,
          reconnect_on_error: true,
          reload_connections: false,
        },
      };
    case 'loki':
      return {
        type: 'loki',
        parameters: {
          url: below(sink, ''),
          tenant: sink.options.tenant,
          username: of('USERNAME'),
          password: of('PASSWORD'),
          ca_cert: caFile,
          extra_labels: JSON.stringify({ ...sink.options.labels, app }),
          line_format: 'json',
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
        },
        sections: [json()],
      };
    case 'kafka':
      return {
        type: 'kafka2',
        parameters: {
          brokers: sink.options.brokers.join(','),
          default_topic: sink.options.topic,
          username: of('USERNAME'),
          password: of('PASSWORD'),
          scram_mechanism: env.PASSWORD ? 'sha512' : undefined,
          sasl_over_ssl: tls,
          ssl_ca_cert: caFile,
          ssl_ca_certs_from_system: tls && !caFile ? true : undefined,
          required_acks: -1,
        },
        sections: [json()],
      };
    case 'raw': {
      const { '@type': _, '@id': __, 'buffer': ___, ...own } = sink.options.config ?? {};
      const { parameters, sections } = sectionOf('store', own);
      return { type: sink.options.type, parameters, sections };
    }
    default:
      throw new Error(`no output for '${sink.kind}'`);
  }
}

function json(): Section {
  return { name: 'format', parameters: { '@type': 'json' } };
}
