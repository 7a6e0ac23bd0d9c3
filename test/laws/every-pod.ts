/** A program with a pod of each kind that the library generates: engines, clients, collectors and controllers. */
import { App, Chart, Cron, Size } from 'cdk8s';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  Controller,
  DatabaseCredentials,
  LoggedApp,
  LogShipping,
  PodVolume,
} from '../../src';
import { database, ENGINES } from '../database/fixtures';
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
  return app.charts.flatMap(each => each.toJson());
}
