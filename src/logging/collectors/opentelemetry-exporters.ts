import { notOffered } from './preset';
import { kibibytes } from '../../checks/values';
import type { LogFormat } from '../log-format';
import { below, CredentialPart, origin, Pipeline, Sink } from '../pipeline';

/** How much of its file the database takes for what is in it: 2.12 times, measured with records of 200 bytes. */
const DATABASE_OVERHEAD = 2.25;

const MEBIBYTE = 1024 ** 2;

/**
 * What is put into a queue at once has to fit into it, or it would wait for ever: a record with its fields, broken
 * bytes of
 * which each take three, or a hundred short ones.
 */
export function leastBuffer(maxRecordBytes: number, { _kind: kind }: LogFormat): number {
  return (kind === 'text' ? 1.75 : 4) * Math.max(maxRecordBytes, MEBIBYTE) * DATABASE_OVERHEAD;
}

/** The exporter of a sink, with its name. */
export function exporter(pipeline: Pipeline, sink: Sink): [string, any] {
  switch (sink.kind) {
    case 'loki':
    case 'otlp':
      return [
        `otlp_http/${sink.name}`,
        {
          // Loki takes the same protocol
          logs_endpoint: below(sink, sink.kind === 'loki' ? '/otlp/v1/logs' : '/v1/logs'),
          endpoint: origin(sink),
          // at the end there is time for two of a sink that hangs
          timeout: `${Math.min(10, Math.floor((pipeline.flushSeconds - 3) / 2))}s`,
          tls: sink.tls ? { ca_file: sink.caFile } : { insecure: true },
          headers:
            sink.kind === 'loki' && sink.options.tenant !== undefined
              ? { 'X-Scope-OrgID': sink.options.tenant }
              : undefined,
          auth: sink.auth === 'none' ? undefined : { authenticator: Object.keys(authenticator(sink))[0] },
          ...queue(sink),
          // A record stays in the queue on disk until its batch is taken, so wide batches cost nothing but memory.
          // There is no
          // 'max_size': what is larger would be dropped, and what is added last has a size of its own.
          sending_queue: {
            ...queue(sink).sending_queue,
            batch: { sizer: 'bytes', flush_timeout: '200ms', min_size: MEBIBYTE / 2 },
          },
        },
      ];
    case 'raw':
      return [`${sink.options.plugin}/${sink.name}`, { ...sink.options.config, ...queue(sink) }];
    case 'stdout':
      return [`debug/${sink.name}`, { verbosity: 'normal', use_internal_logger: false }];
    case 'elasticsearch':
    case 'opensearch':
    case 'forward':
    case 's3':
    case 'http':
    case 'kafka':
      return notOffered(sink.kind);
  }
}

/** A queue on disk: when it is full, reading waits, and the lines wait in their files. */
function queue(sink: Sink): Record<string, any> {
  const size = Math.floor((kibibytes(sink.buffer!) * 1024) / DATABASE_OVERHEAD);
  return {
    retry_on_failure: { enabled: true, initial_interval: '1s', max_interval: '5s', max_elapsed_time: 0 },
    sending_queue: {
      enabled: true,
      storage: 'file_storage',
      sizer: 'bytes',
      queue_size: size,
      block_on_overflow: true,
      num_consumers: 2,
    },
  };
}

/**
 * The extension that proves to a sink who the collector is. It reads credentials from files, and again when they
 * change.
 */
export function authenticator(sink: Sink): Record<string, any> {
  const file = (part: CredentialPart) => sink.credentials[part]!.file;
  switch (sink.auth) {
    case 'basic':
      return {
        [`basicauth/${sink.name}`]: {
          client_auth: { username_file: file('USERNAME'), password_file: file('PASSWORD') },
        },
      };
    case 'bearer':
      return { [`bearertokenauth/${sink.name}`]: { filename: file('TOKEN') } };
    default:
      return {};
  }
}
