import { App, Chart, Size } from 'cdk8s';
import { DatabaseCredentials, DatabaseEngine, DatabaseStorage, PostgresVersion, StatefulDatabase, Workload } from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'connected-app', { namespace: 'shop' });

const orders = new StatefulDatabase(chart, 'orders', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  storage: DatabaseStorage.newVolume(Size.gibibytes(20)),
  memory: Size.gibibytes(1),
  credentials: DatabaseCredentials.generated(),
});

// reads ORDERS_HOST, ORDERS_PORT, ORDERS_USER, ORDERS_PASSWORD and ORDERS_DATABASE, and starts when the database serves
const api = new Workload(chart, 'api', { image: 'ghcr.io/acme/api:1.4.2', port: 8080 });
api.add(orders.client());

app.synth();
