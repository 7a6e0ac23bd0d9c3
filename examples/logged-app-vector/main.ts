import { App, Chart, Size } from 'cdk8s';
import {
  CaCertificate,
  HealthCheck,
  LogAuth,
  LogCollector,
  LoggedApp,
  LogMultiline,
  LogRotation,
  LogShipping,
  LogSink,
  LogTls,
  SecretSource,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'logged-app-vector', { namespace: 'shop' });

// an app in Java: multi-line stack traces, rotated by Logback to orders.1.log, orders.2.log, ...
new LoggedApp(chart, 'orders', {
  image: 'ghcr.io/acme/orders:2.0.3',
  resources: { memory: { limit: Size.mebibytes(256) } },
  port: 8080,
  healthCheck: HealthCheck.http('/actuator/health'),
  logs: new LogShipping({
    collector: LogCollector.vector(),
    files: ['orders.log'],
    multiline: LogMultiline.timestamp(),
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(50), maxFiles: 3, rotatedName: '{name}.{n}{ext}' }),
    sinks: [
      LogSink.elasticsearch({
        url: 'https://elasticsearch.logging.svc.cluster.local:9200',
        index: 'orders',
        auth: LogAuth.basic({ secret: SecretSource.fromName('elasticsearch-writer') }),
        tls: LogTls.withCa(CaCertificate.fromSecret(SecretSource.fromName('elasticsearch-ca'))),
      }),
    ],
  }),
});

app.synth();
