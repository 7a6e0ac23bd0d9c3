import { App, Chart, Cron, Size } from 'cdk8s';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  Controller,
  DatabaseAddress,
  DatabaseCredentials,
  DatabaseEngine,
  ExternalDatabase,
  PostgresVersion,
  SecretSource,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'reports', { namespace: 'reports', disableResourceNameHashes: true });

const orders = new ExternalDatabase(chart, 'orders', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  address: DatabaseAddress.host('orders.example.com', { cidrs: ['10.20.0.0/16'] }),
  credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders-db')),
});

const nightly = new ConfiguredApp(chart, 'nightly', {
  image: 'ghcr.io/acme/reports:1.8.0',
  controller: Controller.cronJob({
    schedule: Cron.schedule({ hour: '2', minute: '15' }),
    timeZone: 'Europe/Berlin',
    backoffLimit: 2,
  }),
  args: ['report', '--config', '/app/config/report.yaml'],
  resources: { memory: { limit: Size.mebibytes(512) } },
  config: new ConfigFiles({
    sources: [ConfigSource.yaml('report.yaml', { recipients: ['ops@example.com'], top: 100 })],
  }),
});
nightly.add(orders.client());

// the name ends in a hash of the spec, so that each release runs a new Job
new AppWorkload(chart, 'import', {
  like: nightly,
  controller: Controller.job({ backoffLimit: 4 }),
  args: ['import'],
});

app.synth();
