import { ApiObject, App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppWorkload,
  DatabaseAddress,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  EnvironmentVariables,
  EnvValues,
  ExistingRollout,
  ExternalDatabase,
  HealthCheck,
  PostgresVersion,
  SecretSource,
  StatefulDatabase,
  ValkeyVersion,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'rails', { namespace: 'store', disableResourceNameHashes: true });

// the External Secrets Operator copies each Secret from a vault
for (const [name, secretKey] of [
  ['store-db', 'password'],
  ['store-rails', 'master_key'],
]) {
  new ApiObject(chart, name, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name },
    spec: {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: { name },
      data: [{ secretKey, remoteRef: { key: `store/${name}`, property: secretKey } }],
    },
  });
}

const db = new ExternalDatabase(chart, 'db', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V16 }),
  address: DatabaseAddress.host('store.abc.eu-west-1.rds.amazonaws.com', { cidrs: ['10.20.0.0/16'] }),
  credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('store-db'), { urlSafe: true }),
  user: 'store',
  database: 'store',
});
const queue = new StatefulDatabase(chart, 'queue', {
  engine: DatabaseEngine.valkey({ version: ValkeyVersion.V8 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(2)),
  memory: Size.mebibytes(256),
  credentials: DatabaseCredentials.fromGeneratedSecret(),
});

const web = new AppWorkload(chart, 'web', {
  image: 'ghcr.io/acme/store:5.3.1',
  port: 3000,
  servicePort: 80,
  healthCheck: HealthCheck.http('/up'),
  runAsUser: 1000,
  runAsGroup: 1000,
  resources: { cpu: { request: kplus.Cpu.millis(250) }, memory: { limit: Size.mebibytes(768) } },
  // the image contains a cache of compiled code in 'tmp'
  writableDirectories: [
    { path: '/rails/tmp', sizeLimit: Size.mebibytes(256), copyFromImage: true },
    { path: '/rails/log' },
  ],
  env: EnvValues.fromStrings({ RAILS_ENV: 'production', RAILS_LOG_TO_STDOUT: '1', RAILS_SERVE_STATIC_FILES: '1' }),
})
  .add(
    EnvironmentVariables.fromSecret(SecretSource.fromName('store-rails'), {
      rollout: ExistingRollout.reloader(),
      variables: { RAILS_MASTER_KEY: 'master_key' },
    }),
  )
  .add(db.client({ binding: DatabaseBinding.variables({ url: 'DATABASE_URL' }) }))
  .add(queue.client({ binding: DatabaseBinding.variables({ url: 'REDIS_URL' }) }));
web.addInitContainer({ name: 'migrate', likeApp: true, command: ['bin/rails', 'db:migrate'] });

new AppWorkload(chart, 'worker', {
  like: web,
  replicas: 3,
  command: ['bundle', 'exec', 'sidekiq'],
  shutdownTimeout: Duration.seconds(60),
  // the gem sidekiq_alive answers while the worker processes jobs
  healthCheck: HealthCheck.http('/', { port: 7433 }),
});

app.synth();
