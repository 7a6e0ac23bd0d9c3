import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppWorkload,
  ConfigFiles,
  ConfiguredApp,
  Controller,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  HealthCheck,
  MountStyle,
  NetworkPeer,
  PodVolume,
  PostgresVersion,
  RedisVersion,
  SecretSource,
  StatefulDatabase,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'nextcloud', { namespace: 'cloud', disableResourceNameHashes: true });

const postgres = new StatefulDatabase(chart, 'postgres', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
  memory: Size.gibibytes(1),
  credentials: DatabaseCredentials.fromGeneratedSecret(),
});
const redis = new StatefulDatabase(chart, 'redis', {
  engine: DatabaseEngine.redis({ version: RedisVersion.V8 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(1)),
  memory: Size.mebibytes(256),
  credentials: DatabaseCredentials.fromGeneratedSecret(),
});

const cloud = new ConfiguredApp(chart, 'nextcloud', {
  image: 'docker.io/library/nextcloud:31.0.9-apache',
  port: 8080,
  servicePort: 80,
  runAsUser: 33,
  runAsGroup: 33,
  // the first start copies the files of Nextcloud to the claim and installs the database
  healthCheck: HealthCheck.http('/status.php', { startupTimeout: Duration.minutes(30) }),
  resources: { memory: { request: Size.mebibytes(512), limit: Size.gibibytes(1) } },
  writableDirectories: [
    { path: '/var/run/apache2' },
    { path: '/var/lock/apache2' },
    // the entrypoint writes the settings of the sessions next to the files of the image
    { path: '/usr/local/etc/php/conf.d', sizeLimit: Size.mebibytes(1), copyFromImage: true },
  ],
  config: ConfigFiles.fromDirectory(`${__dirname}/apache`, {
    mountPath: '/etc/apache2',
    mountStyle: MountStyle.SUB_PATH,
  }),
  env: {
    NEXTCLOUD_TRUSTED_DOMAINS: kplus.EnvValue.fromValue('cloud.example.com'),
    NEXTCLOUD_DATA_DIR: kplus.EnvValue.fromValue('/var/www/data'),
    NEXTCLOUD_ADMIN_USER: kplus.EnvValue.fromValue('admin'),
    NEXTCLOUD_ADMIN_PASSWORD: kplus.EnvValue.fromSecretValue({
      secret: kplus.Secret.fromSecretName(chart, 'admin', 'nextcloud-admin'),
      key: 'password',
    }),
    OVERWRITEPROTOCOL: kplus.EnvValue.fromValue('https'),
    SMTP_HOST: kplus.EnvValue.fromValue('smtp.example.com'),
  },
});
cloud.add(postgres.client({ binding: DatabaseBinding.variables({ prefix: 'POSTGRES', database: 'POSTGRES_DB' }) }));
cloud.add(
  redis.client({
    binding: DatabaseBinding.variables({
      host: 'REDIS_HOST',
      port: 'REDIS_HOST_PORT',
      password: 'REDIS_HOST_PASSWORD',
    }),
  }),
);

// all replicas and the background jobs share the files
const files = PodVolume.sharedClaim('files', { size: Size.gibibytes(100), storageClassName: 'efs' });
cloud.mount('/var/www/html', files, { subPath: 'html' }).mount('/var/www/data', files, { subPath: 'data' });
cloud.allowTo(NetworkPeer.internet(), 443, 587);

new AppWorkload(chart, 'cron', {
  like: cloud,
  controller: Controller.cronJob({ schedule: Cron.schedule({ minute: '*/5' }) }),
  command: ['php', '-f', '/var/www/html/cron.php'],
});

cloud.exposeViaIngress({
  hosts: ['cloud.example.com'],
  className: 'nginx',
  tlsSecret: SecretSource.fromName('cloud-tls'),
});

app.synth();
