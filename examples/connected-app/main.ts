import { App, Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  HealthCheck,
  PostgresVersion,
  StatefulDatabase,
  AppWorkload,
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

// the app reads host, port, username, password and database from files, and starts when the database is ready
const api = new AppWorkload(chart, 'api', {
  image: 'ghcr.io/acme/api:1.4.2',
  port: 8080,
  healthCheck: HealthCheck.http('/ready'),
});
api.add(orders.client({ binding: DatabaseBinding.files('/run/secrets/orders') }));

app.synth();
