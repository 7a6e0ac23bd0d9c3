import { App, Chart, Size } from 'cdk8s';
import {
  AppWorkload,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  EnvValues,
  HealthCheck,
  MysqlVersion,
  NetworkPeer,
  PodVolume,
  StatefulDatabase,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'ghost', { namespace: 'blog', disableResourceNameHashes: true });

const db = new StatefulDatabase(chart, 'db', {
  engine: DatabaseEngine.mysql({ version: MysqlVersion.V8_4 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(10)),
  memory: Size.gibibytes(1),
  credentials: DatabaseCredentials.fromGeneratedSecret(),
});

const ghost = new AppWorkload(chart, 'ghost', {
  image: 'docker.io/library/ghost:5.130.3-alpine3.22',
  port: 2368,
  runAsUser: 1000,
  runAsGroup: 1000,
  healthCheck: HealthCheck.http('/ghost/api/admin/site/'),
  resources: { memory: { limit: Size.mebibytes(512) } },
  env: EnvValues.fromStrings({
    url: 'https://blog.example.com',
    mail__transport: 'SMTP',
    mail__options__host: 'smtp.example.com',
    mail__options__port: '587',
    database__client: 'mysql',
  }),
});
// only one pod can mount the claim, so there is one replica, and an update stops it before it starts the next
ghost.mount('/var/lib/ghost/content', PodVolume.newClaim('content', { size: Size.gibibytes(8) }));
ghost.add(
  db.client({
    binding: DatabaseBinding.variables({
      host: 'database__connection__host',
      user: 'database__connection__user',
      password: 'database__connection__password',
      database: 'database__connection__database',
    }),
  }),
);
ghost.allowTo(NetworkPeer.internet(), 587);

app.synth();
