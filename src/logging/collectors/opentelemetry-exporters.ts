import { kibibytes } from '../../checks/values';
import type { LogFormat } from '../log-format';
import { below, CredentialPart, origin, Pipeline, renderSink, Sink, SinkRenderers } from '../pipeline';

/** The size of the database file per byte of records: 2.12, measured with records of 200 bytes, and a reserve. */
const DATABASE_OVERHEAD = 2.25;

const MEBIBYTE = 1024 ** 2;

/**
 * Returns the smallest queue in bytes. Records that are added together and do not fit would wait forever: one record
 * with its fields (each invalid byte becomes three), or a hundred short records.
 */
export function leastBuffer(maxRecordBytes: number, { _kind: kind }: LogFormat): number {
  return (kind === 'text' ? 1.75 : 4) * Math.max(maxRecordBytes, MEBIBYTE) * DATABASE_OVERHEAD;
}

type Settings = Record<string, any>;

/** An exporter with its type. */
interface Exporter {
  readonly type: string;
  readonly settings: Settings;
}

/** The exporters of the OpenTelemetry Collector. */
export const EXPORTERS: SinkRenderers<Exporter> = {
  stdout: () => ({ type: 'debug', settings: { verbosity: 'normal', use_internal_logger: false } }),
  // Loki accepts OTLP too
  loki: (sink, pipeline) => otlp(sink, pipeline, '/otlp/v1/logs', tenantHeader(sink)),
  otlp: (sink, pipeline) => otlp(sink, pipeline, '/v1/logs'),
  raw: sink => ({ type: sink.options.plugin, settings: { ...sink.options.config, ...queue(sink) } }),
};

/** Returns the name and the settings of the exporter of a sink. */
export function exporter(sink: Sink, pipeline: Pipeline): [string, Settings] {
  const { type, settings } = renderSink(EXPORTERS, sink, pipeline);
  return [`${type}/${sink.name}`, settings];
}

function tenantHeader({ options: { tenant } }: Sink<'loki'>): Settings | undefined {
  return tenant === undefined ? undefined : { 'X-Scope-OrgID': tenant };
}

function otlp(sink: Sink, { flushSeconds }: Pipeline, path: string, headers?: Settings): Exporter {
  const { retry_on_failure, sending_queue } = queue(sink);
  return {
    type: 'otlp_http',
    settings: {
      logs_endpoint: below(sink, path),
      endpoint: origin(sink),
      // allows two requests to a sink that hangs before the collector must exit
      timeout: `${Math.min(10, Math.floor((flushSeconds - 3) / 2))}s`,
      tls: sink.tls ? { ca_file: sink.caFile } : { insecure: true },
      headers,
      auth: sink.auth === 'none' ? undefined : { authenticator: Object.keys(authenticator(sink))[0] },
      retry_on_failure,
      // A record stays in the queue on disk until its batch is sent, so large batches cost only memory. There is no
      // 'max_size': larger batches would be dropped, and the last record added can have any size.
      sending_queue: {
        ...sending_queue,
        batch: { sizer: 'bytes', flush_timeout: '200ms', min_size: MEBIBYTE / 2 },
      },
    },
  };
}

/** Returns a queue on disk. When it is full, the receiver stops reading and lines wait in their files. */
function queue(sink: Sink): Settings {
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

/** Returns the extension that authenticates the collector. It reads credentials from files, also when they change. */
export function authenticator(sink: Sink): Settings {
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
    case 'sharedKey':
    case 'accessKey':
    case 'none':
      return {};
  }
}
