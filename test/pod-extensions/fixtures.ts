import { ApiObject, App, Chart, ChartProps, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  IPodExtension,
  KubernetesVersion,
  LogCollector,
  LogRotation,
  LogShipping,
  LogSink,
  PodAdditions,
  PodVolume,
  PostgresVersion,
  StatefulDatabase,
} from '../../src';

/** Creates the only chart of an app. */
export function chartOf(minimum?: KubernetesVersion, props: ChartProps = {}): Chart {
  const app = new App();
  if (minimum) {
    KubernetesVersion.setMinimum(app, minimum);
  }
  return new Chart(app, 'shop', { disableResourceNameHashes: true, ...props });
}

/** A Deployment of another library, with further fields of its pods. */
export function deployment(
  scope: Construct,
  pod: object = {},
  metadata: object = { labels: { app: 'web' } },
): ApiObject {
  return new ApiObject(scope, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata, spec: { containers: [container()], ...pod } },
    },
  });
}

export function container(fields: object = {}): object {
  return { name: 'web', image: 'acme/web:1.0.0', ...fields };
}

export function extension(id: string, additions: PodAdditions): IPodExtension {
  return { id, bind: () => additions };
}

export const emptyDir = (name: string, mebibytes: number = 1): PodVolume =>
  PodVolume.emptyDir(name, { sizeLimit: Size.mebibytes(mebibytes) });

export function logs(): LogShipping {
  return new LogShipping({
    collector: LogCollector.fluentBit(),
    sinks: [LogSink.stdout()],
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 3 }),
  });
}

export function database(scope: Construct): StatefulDatabase {
  return new StatefulDatabase(scope, 'orders', {
    metadata: { name: 'orders' },
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
    memory: Size.gibibytes(1),
    credentials: DatabaseCredentials.fromGeneratedSecret(),
  });
}

/** The rendered pod template of an object. */
export function templateOf({ kind, ...object }: any): any {
  switch (kind) {
    case 'Pod':
      return object;
    case 'CronJob':
      return object.spec.jobTemplate.spec.template;
    default:
      return object.spec.template;
  }
}

/** The object of a kind in a chart. */
export function rendered(chart: Chart, kind: string = 'Deployment'): any {
  return chart.toJson().find((object: any) => object.kind === kind);
}

export const podOf = (chart: Chart, kind?: string): any => templateOf(rendered(chart, kind)).spec;
