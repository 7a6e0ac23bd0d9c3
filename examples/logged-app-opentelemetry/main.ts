import { App, Chart, Size } from 'cdk8s';
import {
  ConfigFiles,
  ConfigSource,
  HealthCheck,
  LogAuth,
  LogCollector,
  LogFormat,
  LoggedApp,
  LogRotation,
  LogShipping,
  LogSink,
  SecretSource,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'logged-app-opentelemetry', { namespace: 'shop' });

// a gateway that writes an access log and reads a configuration file
const gateway = new LoggedApp(chart, 'gateway', {
  image: 'ghcr.io/acme/gateway:1.9.0',
  resources: { memory: { limit: Size.mebibytes(256) } },
  replicas: 3,
  port: 8080,
  healthCheck: HealthCheck.http('/healthz'),
  logs: new LogShipping({
    collector: LogCollector.openTelemetry(),
    files: ['access.log'],
    format: LogFormat.nginx(),
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(20), maxFiles: 5, rotatedName: '{file}.{date}' }),
    sinks: [
      LogSink.otlp({
        url: 'https://otlp.example.com',
        auth: LogAuth.bearer({ secret: SecretSource.fromName('otlp-token') }),
      }),
      LogSink.stdout(),
    ],
  }),
});
gateway.add(
  new ConfigFiles({
    sources: [
      ConfigSource.yaml('gateway.yaml', { accessLog: '/var/log/app/access.log', upstream: 'http://orders:8080' }),
    ],
  }),
);

app.synth();
