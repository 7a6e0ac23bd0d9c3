import { App, Chart, Duration, Size } from 'cdk8s';
import {
  ConfigFiles,
  ConfiguredApp,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  HealthCheck,
  MariadbVersion,
  MountStyle,
  NetworkPeer,
  PodVolume,
  StatefulDatabase,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'wordpress', { namespace: 'wp', disableResourceNameHashes: true });

const db = new StatefulDatabase(chart, 'db', {
  engine: DatabaseEngine.mariadb({ version: MariadbVersion.V11_8 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(10)),
  memory: Size.mebibytes(512),
  credentials: DatabaseCredentials.fromGeneratedSecret(),
  metrics: { serviceMonitor: true },
});

const wordpress = new ConfiguredApp(chart, 'wordpress', {
  image: 'docker.io/library/wordpress:6.8.3-php8.3-apache',
  port: 8080,
  servicePort: 80,
  runAsUser: 33,
  runAsGroup: 33,
  // the first start copies the files of WordPress to the claim
  healthCheck: HealthCheck.http('/wp-login.php', { startupTimeout: Duration.minutes(10) }),
  resources: { memory: { limit: Size.mebibytes(512) } },
  writableDirectories: [{ path: '/var/run/apache2' }, { path: '/var/lock/apache2' }],
  // Apache listens on 80 in the image, which a non-root process cannot bind
  config: ConfigFiles.fromDirectory(`${__dirname}/apache`, {
    mountPath: '/etc/apache2',
    mountStyle: MountStyle.SUB_PATH,
  }),
});
wordpress.add(
  db.client({
    binding: DatabaseBinding.variables({
      hostPort: 'WORDPRESS_DB_HOST',
      user: 'WORDPRESS_DB_USER',
      password: 'WORDPRESS_DB_PASSWORD',
      database: 'WORDPRESS_DB_NAME',
    }),
  }),
);
wordpress.mount('/var/www/html', PodVolume.newClaim('files', { size: Size.gibibytes(10) }));
wordpress.allowTo(NetworkPeer.internet(), 443);

app.synth();
