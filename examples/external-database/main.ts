import { App, Chart, Size } from 'cdk8s';
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
const chart = new Chart(app, 'external-database', { namespace: 'shop' });

// the same app as in connected-app: only the definition of `orders` differs
const orders = new ExternalDatabase(chart, 'orders', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  address: DatabaseAddress.host('orders.c1a2b3.eu-central-1.rds.example.com', { cidrs: ['10.20.0.0/16'] }),
  credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders-db')),
  caCertificate: CaCertificate.fromConfigMapName('rds-ca'),
});

const api = new AppWorkload(chart, 'api', {
  image: 'ghcr.io/acme/api:1.4.2',
  resources: { memory: { limit: Size.mebibytes(256) } },
  port: 8080,
  healthCheck: HealthCheck.http('/ready'),
});
api.add(orders.client({ binding: DatabaseBinding.files('/run/secrets/orders') }));

app.synth();
