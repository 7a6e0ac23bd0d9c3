import { App, Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  InitScripts,
  PostgresVersion,
  SecretSource,
  StatefulDatabase,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'stateful-database', { namespace: 'shop' });

// the data is on a claim at /var/lib/postgresql/data, which outlives pods, the StatefulSet and this manifest
new StatefulDatabase(chart, 'my-db', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(10)),
  memory: Size.gibibytes(1),
  cpu: { request: Cpu.millis(250), limit: Cpu.units(2) },
  credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('my-db')),
  initScripts: InitScripts.fromDirectory(`${__dirname}/init`),
});

app.synth();
