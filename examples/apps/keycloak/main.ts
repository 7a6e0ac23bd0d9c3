import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppWorkload,
  CaCertificate,
  DatabaseAddress,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  ExternalDatabase,
  HealthCheck,
  PostgresVersion,
  SecretSource,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'keycloak', { namespace: 'sso', disableResourceNameHashes: true });

const db = new ExternalDatabase(chart, 'db', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V16 }),
  address: DatabaseAddress.host('keycloak.abc.eu-west-1.rds.amazonaws.com', { cidrs: ['10.20.0.0/16'] }),
  credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('keycloak-db'), { usernameKey: 'username' }),
  database: 'keycloak',
  caCertificate: CaCertificate.fromConfigMapName('rds-ca', { key: 'global-bundle.pem' }),
});

const keycloak = new AppWorkload(chart, 'keycloak', {
  image: 'quay.io/keycloak/keycloak:26.4.2',
  args: [
    'start',
    '--db=postgres',
    '--health-enabled=true',
    '--hostname=https://sso.example.com',
    '--http-enabled=true',
    '--proxy-headers=xforwarded',
  ],
  ports: [
    { name: 'http', port: 8080 },
    { name: 'jgroups', port: 7800 },
    { name: 'jgroups-fd', port: 57800 },
  ],
  runAsUser: 1000,
  runAsGroup: 1000,
  healthCheck: HealthCheck.http('/health/ready', {
    port: 9000,
    livenessPath: '/health/live',
    startupTimeout: Duration.minutes(10),
  }),
  resources: { cpu: { request: kplus.Cpu.millis(500) }, memory: { limit: Size.mebibytes(1280) } },
  // 'start' builds the server for the database and the options, and replaces these files of the image
  writableDirectories: [
    { path: '/opt/keycloak/lib/quarkus', sizeLimit: Size.mebibytes(256), copyFromImage: true },
    { path: '/opt/keycloak/data', sizeLimit: Size.mebibytes(128) },
  ],
  env: {
    JAVA_OPTS_APPEND: kplus.EnvValue.fromValue('-Djgroups.bind.address=$(POD_IP)'),
    POD_IP: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
  },
});
// the URL makes the driver verify the certificate of the server
const binding = DatabaseBinding.variables({ jdbcUrl: 'KC_DB_URL', user: 'KC_DB_USERNAME', password: 'KC_DB_PASSWORD' });
keycloak.add(db.client({ binding }));
// the replicas find each other in the database, and share their caches
keycloak.allowFrom(keycloak, 7800, 57800);

app.synth();
