import { App, Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  AppWorkload,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  HealthCheck,
  PostgresVersion,
  StatefulDatabase,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'connected-app', { namespace: 'shop' });

const orders = new StatefulDatabase(chart, 'orders', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
  memory: Size.gibibytes(1),
  cpu: { request: Cpu.millis(250), limit: Cpu.units(2) },
  credentials: DatabaseCredentials.fromGeneratedSecret(),
});

const api = new AppWorkload(chart, 'api', {
  image: 'ghcr.io/acme/api:1.4.2',
  resources: { memory: { limit: Size.mebibytes(256) } },
  port: 8080,
  healthCheck: HealthCheck.http('/ready'),
});
// the app reads host, port, user, password and database from files, and starts once the database is ready
api.add(orders.client({ binding: DatabaseBinding.files('/run/secrets/orders') }));

app.synth();
