/** A program with a pod of each kind that the library generates: engines, backups, collectors and controllers. */
import { App, Chart, Cron, Size } from 'cdk8s';
import {
  AppWorkload,
  BackupDestination,
  ConfigFiles,
  ConfigSource,
  Controller,
  DatabaseCredentials,
  LoggedApp,
  LogShipping,
  PodVolume,
  SecretSource,
  StdoutLogs,
} from '../../src';
import { backup, externalBackup, S3 } from '../database/backup/fixtures';
import { database, ENGINES, MARIADB, MYSQL, POSTGRES, REDIS, VALKEY } from '../database/fixtures';
import { COLLECTORS, ROTATION, SINKS } from '../logging/fixtures';
import { workload } from '../synth';

const CONTROLLERS: Readonly<Record<string, () => Controller>> = {
  'deployment': () => Controller.deployment(),
  'stateful-set': () => Controller.statefulSet(),
  'daemon-set': () => Controller.daemonSet(),
  'job': () => Controller.job(),
  'cron-job': () => Controller.cronJob({ schedule: Cron.daily() }),
};

/** Returns the objects of the program. */
export function everyPod(): any[] {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });
  ENGINES.forEach(([, engine], i) => {
    const server = database(
      chart,
      { engine, credentials: DatabaseCredentials.fromGeneratedSecret(), metrics: {} },
      `database-${i}`,
    );
    workload(chart, {}, `client-${i}`).add(server.client());
  });
  for (const [name, { collector, sinks }] of Object.entries(COLLECTORS)) {
    new LoggedApp(chart, `logged-${name.toLowerCase()}`, {
      image: 'acme/app:1.0.0',
      port: 8080,
      logs: new LogShipping({ collector, rotation: ROTATION, sinks: [SINKS[sinks[0]][0]] }),
    });
  }
  addBackups(app);
  for (const [name, controller] of Object.entries(CONTROLLERS)) {
    const runs = name.endsWith('job');
    const pod = new AppWorkload(chart, name, {
      image: 'acme/app:1.0.0',
      controller: controller(),
      ...(runs ? { command: ['work'] } : { port: 8080 }),
    });
    pod.add(new ConfigFiles({ sources: [ConfigSource.text('a.conf', 'a = b')] }));
    pod.mount('/cache', PodVolume.emptyDir('cache', { sizeLimit: Size.mebibytes(64) }));
  }
  new LoggedApp(chart, 'stdout', { image: 'acme/app:1.0.0', port: 8080, logs: new StdoutLogs() });
  const image = { image: 'acme/tool:1.0.0', resources: { memory: { limit: Size.mebibytes(64) } } };
  workload(chart, {}, 'containers').add({
    id: 'containers',
    bind: () => ({
      initContainers: [{ ...image, name: 'setup' }],
      sidecars: [{ ...image, name: 'exporter', ports: { metrics: 9100 } }],
    }),
  });
  return app.charts.flatMap(each => each.toJson());
}

/** Adds backups with their trials and restores, to all destinations, and databases that start from a backup. */
function addBackups(app: App): void {
  const encryptionKey = { secret: SecretSource.fromName('backup-key'), key: 'key' };
  const destinations = [
    BackupDestination.s3(S3),
    BackupDestination.claim({ claimName: 'backups' }),
    BackupDestination.volumeSnapshot({ snapshotClassName: 'retained' }),
  ];
  for (const [name, engine] of Object.entries({ POSTGRES, MYSQL, MARIADB, REDIS, VALKEY })) {
    destinations.forEach((destination, i) => {
      const chart = new Chart(app, `${name.toLowerCase()}-${i}`, {
        namespace: 'shop',
        disableResourceNameHashes: true,
      });
      const files = { path: 'shop/orders', encryptionKey: i === 0 ? encryptionKey : undefined };
      backup(chart, { destination, path: undefined, ...(i < 2 ? files : {}) }, { engine });
    });
  }
  for (const [name, engine] of Object.entries({ POSTGRES, MYSQL, MARIADB })) {
    const chart = new Chart(app, `${name.toLowerCase()}-copy`, { namespace: 'shop', disableResourceNameHashes: true });
    database(chart, { engine, restoreFrom: { destination: destinations[0], path: 'shop/orders', encryptionKey } });
  }
  externalBackup(new Chart(app, 'external', { namespace: 'shop', disableResourceNameHashes: true }), { events: true });
}
