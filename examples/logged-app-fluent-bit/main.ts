import { App, Chart, Size } from 'cdk8s';
import {
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
const chart = new Chart(app, 'logged-app-fluent-bit', { namespace: 'shop' });

// a worker in Python: two logs in JSON, rotated by its RotatingFileHandler (worker.log.1, worker.log.2, ...)
new LoggedApp(chart, 'worker', {
  image: 'ghcr.io/acme/worker:3.2.0',
  resources: { memory: { limit: Size.mebibytes(256) } },
  healthCheck: HealthCheck.command(['python', '-m', 'worker.ready'], {
    livenessCommand: ['python', '-m', 'worker.alive'],
  }),
  logs: new LogShipping({
    collector: LogCollector.fluentBit(),
    files: ['worker.log', 'audit.log'],
    format: LogFormat.json(),
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(10), maxFiles: 4 }),
    sinks: [
      LogSink.loki({
        url: 'https://loki.example.com',
        tenant: 'shop',
        labels: { team: 'fulfilment' },
        auth: LogAuth.basic({ secret: SecretSource.fromName('loki') }),
        bufferSize: Size.mebibytes(128),
      }),
      // an archive that does not depend on the first sink
      LogSink.s3({
        bucket: 'acme-logs',
        region: 'eu-central-1',
        prefix: 'worker',
        auth: LogAuth.accessKey({ secret: SecretSource.fromName('log-archive') }),
      }),
    ],
    podMonitor: true,
  }),
});

app.synth();
