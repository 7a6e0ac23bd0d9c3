import { LogAuth, LogSink, LogSinkOptions, LogTls, SecretSource, CaCertificate } from '../../../src';

/** A sink of the library, and the server of the harness for it. */
export interface SinkKind {
  readonly name: string;
  /** The protocol of the server. */
  readonly serves: 'http' | 'loki' | 'elasticsearch' | 'opensearch' | 'otlp' | 's3' | 'forward' | 'kafka' | 'file';
  readonly tls?: boolean;
  /** The keys of the Secret for each part of the credential that the server requires. */
  readonly auth?: Record<string, string>;
  define(port: number, options: LogSinkOptions, secret: SecretSource): LogSink;
}

const clear = { auth: LogAuth.none('inside of this machine'), tls: LogTls.off('inside of this machine') };
export const AUTHORITY = 'authority';
const tls = LogTls.withCa(CaCertificate.fromSecret(SecretSource.fromName(AUTHORITY)));
const BASIC = { username: 'username', password: 'password' };

export const CREDENTIALS: Record<string, string> = {
  'username': 'shipper',
  'password': 'p4ssw0rd',
  'token': 't0ken',
  'access-key-id': 'AKIAIOSFODNN7EXAMPLE',
  'secret-access-key': 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

/** Credentials with characters that have a meaning in configuration formats and shells. */
export const ODD_CREDENTIALS: Record<string, string> = {
  ...CREDENTIALS,
  'username': 'ship per"\'#$$',
  'password': 'p@ss w0rd"\'\\$x${HOME}%41#{1}:/',
  'token': 'eyJ0b2tlbg.$x${HOME}-_~+/==',
  'secret-access-key': 'wJalrXUtnFEMI/K7MDENG+bPx$R${HOME}CYEXAMPLEKEY',
};

export const SINKS: readonly SinkKind[] = [
  { name: 'stdout', serves: 'file', define: (_, options) => LogSink.stdout(options) },
  {
    name: 'http',
    serves: 'http',
    define: (port, options) => LogSink.http({ ...options, url: `http://127.0.0.1:${port}/in`, ...clear }),
  },
  {
    name: 'http-tls',
    serves: 'http',
    tls: true,
    auth: { token: 'token' },
    define: (port, options, secret) =>
      LogSink.http({ ...options, url: `https://localhost:${port}/in`, auth: LogAuth.bearer({ secret }), tls }),
  },
  {
    name: 'loki',
    serves: 'loki',
    tls: true,
    auth: BASIC,
    define: (port, options, secret) =>
      LogSink.loki({
        ...options,
        url: `https://localhost:${port}`,
        auth: LogAuth.basic({ secret }),
        tls,
        tenant: 'shop',
      }),
  },
  {
    name: 'elasticsearch',
    serves: 'elasticsearch',
    tls: true,
    auth: BASIC,
    define: (port, options, secret) =>
      LogSink.elasticsearch({ ...options, url: `https://localhost:${port}`, auth: LogAuth.basic({ secret }), tls }),
  },
  {
    name: 'opensearch',
    serves: 'opensearch',
    define: (port, options) => LogSink.openSearch({ ...options, url: `http://127.0.0.1:${port}`, ...clear }),
  },
  {
    name: 'otlp',
    serves: 'otlp',
    tls: true,
    auth: { token: 'token' },
    define: (port, options, secret) =>
      LogSink.otlp({ ...options, url: `https://localhost:${port}`, auth: LogAuth.bearer({ secret }), tls }),
  },
  {
    name: 'forward',
    serves: 'forward',
    define: (port, options) => LogSink.forward({ ...options, host: '127.0.0.1', port, ...clear }),
  },
  {
    name: 'forward-tls',
    serves: 'forward',
    tls: true,
    auth: { sharedKey: 'token' },
    define: (port, options, secret) =>
      LogSink.forward({ ...options, host: 'localhost', port, auth: LogAuth.sharedKey({ secret }), tls }),
  },
  {
    name: 's3',
    serves: 's3',
    auth: { accessKeyId: 'access-key-id', secretAccessKey: 'secret-access-key' },
    define: (port, options, secret) =>
      LogSink.s3({
        ...options,
        bucket: 'logs',
        region: 'eu-central-1',
        endpoint: `http://127.0.0.1:${port}`,
        auth: LogAuth.accessKey({ secret }),
        tls: LogTls.off('inside of this machine'),
      }),
  },
  {
    name: 'kafka',
    serves: 'kafka',
    define: (port, options) => LogSink.kafka({ ...options, brokers: [`127.0.0.1:${port}`], topic: 'logs', ...clear }),
  },
  {
    name: 'kafka-tls',
    serves: 'kafka',
    tls: true,
    auth: BASIC,
    define: (port, options, secret) =>
      LogSink.kafka({
        ...options,
        brokers: [`127.0.0.1:${port}`],
        topic: 'logs',
        auth: LogAuth.basic({ secret }),
        tls,
      }),
  },
];

export function sinkNamed(name: string): SinkKind {
  const found = SINKS.find(sink => sink.name === name);
  if (found === undefined) {
    throw new Error(`Unknown sink '${name}'. Known: ${SINKS.map(sink => sink.name).join(', ')}.`);
  }
  return found;
}
