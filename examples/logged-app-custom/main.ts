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
const chart = new Chart(app, 'logged-app-custom', { namespace: 'shop' });

const ALLOY = `local.file_match "files" {
  path_targets = [{__path__ = "/var/log/app/billing.log", app = "billing", pod = sys.env("POD_NAME")}]
}

loki.source.file "files" {
  targets    = local.file_match.files.targets
  forward_to = [loki.write.loki.receiver]
}

loki.write "loki" {
  endpoint {
    url = "https://loki.example.com/loki/api/v1/push"
    basic_auth {
      username = sys.env("LOG_LOKI_USERNAME")
      password = sys.env("LOG_LOKI_PASSWORD")
    }
  }
  wal {
    enabled = true
  }
}
`;

// an app that reopens its file for each line but never rotates it, and a collector that is not built in
new LoggedApp(chart, 'billing', {
  image: 'ghcr.io/acme/billing:0.9.14',
  resources: { memory: { limit: Size.mebibytes(256) } },
  port: 8080,
  healthCheck: HealthCheck.http('/status'),
  logs: new LogShipping({
    collector: LogCollector.custom({
      name: 'alloy',
      image: 'docker.io/grafana/alloy:v1.10.0',
      args: [
        'run',
        '--server.http.listen-addr=0.0.0.0:12345',
        '--storage.path=/var/lib/log-collector',
        '/etc/log-collector/config.alloy',
      ],
      files: { 'config.alloy': ALLOY },
      healthPort: 12345,
      healthPath: '/-/ready',
      metricsPort: 12345,
    }),
    files: ['billing.log'],
    rotation: LogRotation.bySidecar({
      image: 'ghcr.io/acme/logrotate:3.22.0',
      maxFileSize: Size.mebibytes(10),
      maxFiles: 4,
    }),
    sinks: [
      LogSink.loki({ url: 'https://loki.example.com', auth: LogAuth.basic({ secret: SecretSource.fromName('loki') }) }),
    ],
  }),
});

app.synth();
