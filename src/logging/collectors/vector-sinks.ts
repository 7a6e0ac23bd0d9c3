import { kibibytes } from '../../checks/values';
import { below, origin, CredentialPart, Pipeline, Sink } from '../pipeline';

/** A sink in Vector's words, with its own buffer on disk. */
export function vectorSink(sink: Sink, { app }: Pipeline): Record<string, any> {
  return {
    ...output(sink, app),
    inputs: ['records'],
    // an offset moves on when the record is in the buffer on disk
    acknowledgements: { enabled: true },
    // the app never waits: what does not fit is counted and goes
    buffer: sink.kind === 'stdout' ? undefined : { type: 'disk', max_size: kibibytes(sink.buffer!) * 1024, when_full: 'drop_newest' },
  };
}

function output(sink: Sink, app: string): Record<string, any> {
  const { credentials: env } = sink;
  const of = (part: CredentialPart) => env[part] === undefined ? undefined : `\${${env[part].variable}}`;
  const tls = sink.caFile === undefined ? undefined : { ca_file: sink.caFile };
  const auth = env.TOKEN
    ? { strategy: 'bearer', token: of('TOKEN') }
    : env.PASSWORD && { strategy: 'basic', user: of('USERNAME'), password: of('PASSWORD') };
  const lines = { encoding: { codec: 'json' }, framing: { method: 'newline_delimited' } };
  switch (sink.kind) {
    case 'stdout':
      return { type: 'console', target: 'stdout', encoding: { codec: 'json' } };
    case 'loki':
      return {
        type: 'loki',
        endpoint: below(sink, ''),
        auth,
        tls,
        tenant_id: sink.options.tenant,
        labels: { ...sink.options.labels, app, namespace: '{{ namespace }}', pod: '{{ pod }}' },
        out_of_order_action: 'accept',
        encoding: { codec: 'json' },
      };
    case 'elasticsearch':
    case 'opensearch':
      return {
        type: 'elasticsearch',
        endpoints: [below(sink, '')],
        auth,
        tls,
        mode: 'bulk',
        // data streams take nothing but `create`
        bulk: { index: sink.options.index ?? 'logs', action: 'create' },
      };
    case 'http':
      return { type: 'http', uri: below(sink, sink.address!.path === '/' ? '/' : ''), method: 'post', auth, tls, ...lines };
    case 's3':
      return {
        type: 'aws_s3',
        bucket: sink.options.bucket,
        region: sink.options.region,
        endpoint: sink.address && origin(sink),
        auth: env.ACCESS_KEY_ID ? { access_key_id: of('ACCESS_KEY_ID'), secret_access_key: of('SECRET_ACCESS_KEY') } : undefined,
        tls,
        key_prefix: `${sink.options.prefix ?? 'logs'}/%Y/%m/%d/{{ pod }}-`,
        compression: 'gzip',
        batch: { timeout_secs: 300 },
        ...lines,
      };
    case 'kafka':
      return {
        type: 'kafka',
        bootstrap_servers: sink.options.brokers.join(','),
        topic: sink.options.topic,
        sasl: env.PASSWORD ? { enabled: true, mechanism: 'SCRAM-SHA-512', username: of('USERNAME'), password: of('PASSWORD') } : undefined,
        tls: { enabled: sink.tls, ca_file: sink.caFile },
        encoding: { codec: 'json' },
      };
    case 'raw':
      return { ...sink.options.config, type: sink.options.type };
    default:
      throw new Error(`no sink for '${sink.kind}'`);
  }
}
