import { kibibytes } from '../../checks/values';
import { CredentialPart, Pipeline, Sink, sinkDirectory } from '../pipeline';

/** A sink in Fluent Bit's words, with the share of the buffer on disk that it may fill. */
export function fluentBitOutput(sink: Sink, { app }: Pipeline): Record<string, any> {
  const { name, ...settings } = output(sink, app);
  return {
    name,
    ...settings,
    'match': 'logs',
    'alias': sink.name,
    // the oldest goes when it is full, and is counted; until then it is tried again
    // what is printed is not kept: nothing could be in its way
    'storage.total_limit_size': sink.kind === 'stdout' ? undefined : `${share(sink)}K`,
    'retry_limit': 'no_limits',
  };
}

/** Kibibytes of one store of a sink; objects for S3 are put together in a second one. */
function share(sink: Sink): number {
  return Math.floor(kibibytes(sink.buffer!) / (sink.kind === 's3' ? 2 : 1));
}

function output(sink: Sink, app: string): Record<string, any> {
  const { address, credentials: env } = sink;
  const of = (part: CredentialPart) => env[part] === undefined ? undefined : `\${${env[part].variable}}`;
  const server = {
    'host': address?.host,
    'port': address?.port,
    'tls': sink.tls ? 'on' : 'off',
    'tls.verify': sink.tls ? 'on' : undefined,
    'tls.ca_file': sink.caFile,
  };
  const basic = { http_user: of('USERNAME'), http_passwd: of('PASSWORD') };
  const root = address === undefined || address.path === '/' ? '' : address.path;
  switch (sink.kind) {
    case 'stdout':
      return { name: 'stdout', format: 'json_lines', json_date_key: 'time', json_date_format: 'iso8601' };
    case 'loki':
      return {
        name: 'loki',
        ...server,
        uri: `${root}/loki/api/v1/push`,
        ...basic,
        bearer_token: of('TOKEN'),
        tenant_id: sink.options.tenant,
        labels: Object.entries({ ...sink.options.labels, app }).map(([key, value]) => `${key}=${value}`).join(', '),
        label_keys: '$namespace, $pod',
        line_format: 'json',
      };
    case 'elasticsearch':
    case 'opensearch':
      return {
        name: sink.kind === 'elasticsearch' ? 'es' : 'opensearch',
        ...server,
        path: root || undefined,
        ...basic,
        index: sink.options.index ?? 'logs',
        suppress_type_name: 'on',
        replace_dots: 'on',
      };
    case 'otlp':
      return {
        name: 'opentelemetry',
        ...server,
        logs_uri: `${root}/v1/logs`,
        ...basic,
        header: env.TOKEN ? `Authorization Bearer ${of('TOKEN')}` : undefined,
        logs_body_key: '$message',
        logs_body_key_attributes: 'on',
        compress: 'gzip',
      };
    case 'http':
      return {
        name: 'http',
        ...server,
        uri: root || '/',
        ...basic,
        header: env.TOKEN ? `Authorization Bearer ${of('TOKEN')}` : undefined,
        format: 'json_lines',
        json_date_key: 'time',
        json_date_format: 'iso8601',
      };
    case 'forward':
      return { name: 'forward', ...server, shared_key: of('SHARED_KEY'), self_hostname: '${POD_NAME}', require_ack_response: 'on' };
    case 's3':
      return {
        name: 's3',
        bucket: sink.options.bucket,
        region: sink.options.region,
        endpoint: sink.options.endpoint,
        s3_key_format: `/${sink.options.prefix ?? 'logs'}/%Y/%m/%d/%H%M%S-\${POD_NAME}-$UUID.gz`,
        use_put_object: 'on',
        total_file_size: '10M',
        upload_timeout: '5m',
        compression: 'gzip',
        store_dir: sinkDirectory(sink),
        store_dir_limit_size: `${share(sink)}K`,
      };
    case 'kafka':
      return {
        'name': 'kafka',
        'brokers': sink.options.brokers.join(','),
        'topics': sink.options.topic,
        'format': 'json',
        'rdkafka.security.protocol': `${env.PASSWORD ? 'sasl_' : ''}${sink.tls ? 'ssl' : 'plaintext'}`,
        'rdkafka.sasl.mechanism': env.PASSWORD ? 'SCRAM-SHA-512' : undefined,
        'rdkafka.sasl.username': of('USERNAME'),
        'rdkafka.sasl.password': of('PASSWORD'),
        'rdkafka.ssl.ca.location': sink.caFile,
        'rdkafka.request.required.acks': -1,
      };
    case 'raw':
      return { ...sink.options.config, name: sink.options.type };
  }
}
