import { App, Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  ConfigFiles,
  ConfiguredApp,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  HealthCheck,
  LogAuth,
  LogCollector,
  LogFormat,
  LogRotation,
  LogShipping,
  LogSink,
  PostgresVersion,
  SecretSource,
  StatefulDatabase,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'composed-app', { namespace: 'shop', disableResourceNameHashes: true });

// three replicas that share only their configuration
const shop = new ConfiguredApp(chart, 'shop', {
  image: 'ghcr.io/acme/shop:1.4.2',
  resources: { memory: { limit: Size.mebibytes(256) } },
  replicas: 3,
  port: 8080,
  healthCheck: HealthCheck.http('/ready'),
  config: ConfigFiles.fromDirectory(`${__dirname}/config`),
});

// each replica writes to its own /var/log/app, and a collector in the same pod ships the log files
shop.add(
  new LogShipping({
    collector: LogCollector.openTelemetry(),
    format: LogFormat.json(),
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(20), maxFiles: 5 }),
    sinks: [
      LogSink.otlp({
        url: 'https://otlp.example.com',
        auth: LogAuth.bearer({ secret: SecretSource.fromName('otlp-token') }),
      }),
    ],
  }),
);

// the data is on a claim, which outlives pods, the StatefulSet and this manifest
const orders = new StatefulDatabase(chart, 'orders', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
  memory: Size.gibibytes(1),
  cpu: { request: Cpu.millis(250), limit: Cpu.units(2) },
  credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders-db')),
});

// the app reads host, user and password from files in this directory, and starts once the database is ready
shop.add(orders.client({ binding: DatabaseBinding.files('/run/secrets/orders') }));

app.synth();
