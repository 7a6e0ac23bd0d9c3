import { App, Chart, Duration, Size } from 'cdk8s';
import { EnvValue, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import {
  CaCertificate,
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  DatabaseAddress,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  EnvironmentVariables,
  ExistingRollout,
  ExternalDatabase,
  HealthCheck,
  KubernetesVersion,
  LogAuth,
  LogCollector,
  LogFormat,
  LogRotation,
  LogShipping,
  LogSink,
  MysqlVersion,
  PostgresVersion,
  SafetyAudit,
  SafetyRules,
  SecretSource,
  StatefulDatabase,
  Waiver,
} from 'cdk8s-storage-patterns';
import { Cache } from './cache';
import { Owned } from './owned';
import { Uploads } from './uploads';

const app = new App();
KubernetesVersion.setMinimum(app, KubernetesVersion.V1_31);
SafetyRules.of(app).add(new Owned());
const chart = new Chart(app, 'shop', { namespace: 'shop', labels: { team: 'shop' } });

const orders = new StatefulDatabase(chart, 'orders', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
  memory: Size.gibibytes(1),
  credentials: DatabaseCredentials.fromGeneratedSecret(),
  settings: { log_min_duration_statement: '500ms' },
});
const stock = new ExternalDatabase(chart, 'stock', {
  engine: DatabaseEngine.mysql({ version: MysqlVersion.V8_4 }),
  address: DatabaseAddress.host('stock.example.com', { cidrs: ['10.20.0.0/16'] }),
  credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('stock-db')),
  caCertificate: CaCertificate.fromConfigMapName('stock-ca'),
});

const api = new ConfiguredApp(chart, 'api', {
  image: 'ghcr.io/acme/api:1.4.2',
  replicas: 3,
  port: 8080,
  healthCheck: HealthCheck.http('/ready'),
  shutdownTimeout: Duration.seconds(20),
  env: { GREETING: EnvValue.fromValue('Grüß Gott') },
  config: new ConfigFiles({
    mountPath: '/srv/api/config',
    sources: [
      ConfigSource.fromDirectory('config'),
      ConfigSource.yaml('application.yaml', {
        server: { port: 8080, tls: false },
        currencies: ['EUR', 'CHF'],
        fee: 0.25,
      }),
      ConfigSource.text('motd.txt', 'Willkommen!\n', { mode: 0o444 }),
      ConfigSource.fromSecret(SecretSource.fromName('api-tls'), {
        rollout: ExistingRollout.reloader(),
        items: [{ key: 'tls.key', path: 'tls/key.pem' }],
      }),
    ],
  }),
  waivers: [
    Waiver.readOnlyRootFilesystem('writes its licence file beside the binary'),
    Waiver.noServiceAccountToken('reads its own Service'),
    Waiver.of('acme-owner-label', 'a demo without an owner'),
  ],
});
api.add(
  new LogShipping({
    directory: '/var/log/api',
    collector: LogCollector.openTelemetry(),
    format: LogFormat.json(),
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(20), maxFiles: 5 }),
    sinks: [
      LogSink.otlp({
        url: 'https://otlp.example.com',
        auth: LogAuth.bearer({ secret: SecretSource.fromName('otlp') }),
      }),
    ],
  }),
);
api.add(EnvironmentVariables.fromMap({ LOG_LEVEL: 'info' }));
api.add(orders.client());
api.add(stock.client());
api.add(new Cache());
api.add(new Uploads());
api.allowTo(NetworkPolicyIpBlock.ipv4(chart, 'payments', '10.30.0.0/16'), 443);
api.service.exposeViaIngress('/');

process.stdout.write(app.synthYaml());
process.stdout.write(SafetyAudit.run(app).toJson());
