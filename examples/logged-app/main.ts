import { App, Chart, Size } from 'cdk8s';
import {
  HealthCheck,
  LogAuth,
  LogCollector,
  LoggedApp,
  LogRotation,
  LogShipping,
  LogSink,
  SecretSource,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'logged-app', { namespace: 'shop' });

// each replica writes to its own /var/log/app, and Fluentd in the same pod ships the log files
new LoggedApp(chart, 'my-app', {
  image: 'my-app-image:1.0.0',
  resources: { memory: { limit: Size.mebibytes(256) } },
  replicas: 3,
  port: 8080,
  healthCheck: HealthCheck.http('/ready'),
  logs: new LogShipping({
    directory: '/var/log/app',
    collector: LogCollector.fluentd(),
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(20), maxFiles: 5 }),
    sinks: [
      LogSink.forward({
        host: 'fluentd.logging.example.com',
        auth: LogAuth.sharedKey({ secret: SecretSource.fromName('fluentd-forward') }),
      }),
    ],
  }),
});

app.synth();
