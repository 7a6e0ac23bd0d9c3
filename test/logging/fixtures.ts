import { Size } from 'cdk8s';
import {
  FluentdPlugin,
  KubernetesVersion,
  LogAuth,
  LogCollector,
  LogFormat,
  LoggedApp,
  LogRotation,
  LogShipping,
  LogShippingProps,
  LogSink,
  LogTimeFormat,
  LogTls,
  SecretSource,
  CaCertificate,
} from '../../src';
import { kind, podOf, synth } from '../synth';

export const ROTATION = LogRotation.byApp({ maxFileSize: Size.mebibytes(10), maxFiles: 4 });
export const DEFAULTS: LogShippingProps = {
  collector: LogCollector.openTelemetry(),
  sinks: [LogSink.stdout()],
  rotation: ROTATION,
};

/** An app with log shipping. */
export function logged(props: Partial<LogShippingProps> = {}, oldest?: KubernetesVersion): any[] {
  return synth(
    chart =>
      new LoggedApp(chart, 'app', {
        image: 'acme/app:1.0.0',
        port: 8080,
        logs: new LogShipping({ ...DEFAULTS, ...props }),
      }),
    oldest,
  );
}

export const collectorOf = (objects: any[]) =>
  (podOf(objects).initContainers ?? [])
    .concat(podOf(objects).containers)
    .find((container: any) => /^logs-(?!rotate|link)/.test(container.name));

/** The configuration of the collector, without logrotate and Ruby plugins. */
export function configOf(objects: any[]): string {
  const [[, text]] = Object.entries<string>(kind(objects, 'ConfigMap').data).filter(
    ([name]) => name !== 'logrotate.conf' && !name.endsWith('.rb'),
  );
  return text;
}

const secret = SecretSource.fromName('sink');
const ca = LogTls.withCa(CaCertificate.fromSecret(SecretSource.fromName('authority')));
const mesh = LogAuth.none('inside of the mesh');

/** Every sink with a credential and a certificate authority, and without them. */
export const SINKS: Record<string, LogSink[]> = {
  stdout: [LogSink.stdout()],
  loki: [
    LogSink.loki({
      url: 'https://loki.example.com/',
      auth: LogAuth.basic({ secret }),
      tls: ca,
      tenant: 'shop',
      labels: { team: 'shop' },
    }),
    LogSink.loki({ url: 'http://loki:3100', auth: mesh, tls: LogTls.off('inside of the mesh') }),
  ],
  elasticsearch: [
    LogSink.elasticsearch({
      url: 'https://elastic.example.com:9200/logs',
      auth: LogAuth.basic({ secret }),
      tls: ca,
      index: 'shop',
    }),
    LogSink.elasticsearch({ url: 'http://elastic:9200', auth: mesh, tls: LogTls.off('inside of the mesh') }),
  ],
  opensearch: [
    LogSink.openSearch({ url: 'https://opensearch.example.com:9200', auth: LogAuth.basic({ secret }), tls: ca }),
    LogSink.openSearch({ url: 'http://opensearch:9200', auth: mesh, tls: LogTls.off('inside of the mesh') }),
  ],
  otlp: [
    LogSink.otlp({ url: 'https://otlp.example.com', auth: LogAuth.bearer({ secret }), tls: ca }),
    LogSink.otlp({ url: 'http://otlp:4318', auth: mesh, tls: LogTls.off('inside of the mesh') }),
  ],
  forward: [
    LogSink.forward({ host: 'fluentd.example.com', auth: LogAuth.sharedKey({ secret }), tls: ca }),
    LogSink.forward({ host: 'fluentd', port: 24225, auth: mesh, tls: LogTls.off('inside of the mesh') }),
  ],
  s3: [
    LogSink.s3({ bucket: 'logs', region: 'eu-central-1', auth: LogAuth.accessKey({ secret }) }),
    LogSink.s3({
      bucket: 'logs',
      region: 'local',
      endpoint: 'https://s3.example.com:9000',
      prefix: 'shop',
      auth: LogAuth.accessKey({ secret }),
      tls: ca,
    }),
  ],
  http: [
    LogSink.http({ url: 'https://logs.example.com/in', auth: LogAuth.basic({ secret }), tls: ca }),
    LogSink.http({ url: 'https://logs.example.com', auth: LogAuth.bearer({ secret }) }),
    LogSink.http({ url: 'http://logs', auth: mesh, tls: LogTls.off('inside of the mesh') }),
  ],
  kafka: [
    LogSink.kafka({
      brokers: ['kafka-1:9093', 'kafka-2:9093'],
      topic: 'logs',
      auth: LogAuth.basic({ secret }),
      tls: ca,
    }),
    LogSink.kafka({ brokers: ['kafka:9093'], topic: 'logs', auth: mesh }),
    LogSink.kafka({ brokers: ['kafka:9092'], topic: 'logs', auth: mesh, tls: LogTls.off('inside of the mesh') }),
  ],
};

/** The formats by name. */
export const FORMATS: Record<string, () => LogFormat> = {
  text: () => LogFormat.text(),
  json: () => LogFormat.json({ time: { field: 'ts', format: LogTimeFormat.iso8601() }, severityField: 'level' }),
  logfmt: () => LogFormat.logfmt(),
  nginx: () => LogFormat.nginx(),
};

/** Every collector, with the sinks and formats that it supports; Fluentd has all plugins. */
export const COLLECTORS: Record<string, { collector: LogCollector; sinks: string[]; formats: string[] }> = {
  fluentd: {
    collector: LogCollector.fluentd({ image: 'acme/fluentd:1.19.3', plugins: Object.values(FluentdPlugin) }),
    sinks: ['stdout', 'loki', 'elasticsearch', 'opensearch', 'forward', 's3', 'http', 'kafka'],
    formats: ['text', 'json', 'logfmt', 'nginx'],
  },
  fluentBit: {
    collector: LogCollector.fluentBit(),
    sinks: Object.keys(SINKS).filter(name => name !== 'kafka'),
    formats: ['text', 'json', 'logfmt', 'nginx'],
  },
  vector: {
    collector: LogCollector.vector(),
    sinks: ['stdout', 'loki', 'elasticsearch', 'opensearch', 'otlp', 's3', 'http', 'kafka'],
    formats: ['text', 'json', 'logfmt', 'nginx'],
  },
  openTelemetry: {
    collector: LogCollector.openTelemetry(),
    sinks: ['stdout', 'loki', 'otlp'],
    formats: ['text', 'json', 'nginx'],
  },
};
