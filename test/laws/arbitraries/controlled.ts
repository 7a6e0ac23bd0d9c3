import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, EnvValue } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { ControllerProgram, controllers } from './controllers';
import type { AppProgram, Program } from './program';
import { Make, optional, strictly, word } from './values';
import { MountProgram, mounts, VolumeNeed } from './volumes';
import {
  AppWorkloadProps,
  ConfigFiles,
  ConfigRollout,
  ConfigSource,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  EnvironmentVariables,
  HealthCheck,
  InitContainer,
  IPodExtension,
  KubernetesVersion,
  LogCollector,
  LogRotation,
  LogShipping,
  LogSink,
  PostgresVersion,
  SecretSource,
  SidecarContainer,
  StatefulDatabase,
  StdoutLogs,
  Waiver,
  WritableDirectory,
} from '../../../src';

const REASON = 'because of this test';
const text = fc.constantFrom('a', '$(A) b', 'ä\nb', '');
const env = fc.dictionary(fc.stringMatching(/^[A-Z]{3,8}$/), text.map(EnvValue.fromValue), { maxKeys: 2 });
const user = fc.constantFrom<Partial<AppWorkloadProps>>(
  {},
  { runAsUser: 999, runAsGroup: 999 },
  { runAsUser: 0, runAsGroup: 0, waivers: [Waiver.runAsNonRoot(REASON)] },
  { waivers: [Waiver.noServiceAccountToken(REASON), Waiver.drainBeforeStop(REASON)] },
  { waivers: [Waiver.updateKeepsCapacity(REASON), Waiver.topologySpread(REASON), Waiver.disruptionBudget(REASON)] },
);

/** Props that every controller accepts. */
const commonProps: fc.Arbitrary<Partial<AppWorkloadProps>> = fc
  .tuple(
    optional({
      image: fc.constantFrom('acme/app:2.0.0', 'acme/app:1e3'),
      metadata: optional({
        labels: fc.constant({ team: 'shop' }),
        annotations: fc.constant({ 'example.com/team': 'a' }),
      }),
      command: fc.constant<string[]>(['/app']),
      args: fc.array(text, { minLength: 1, maxLength: 2 }),
      env,
      healthCheck: fc.constant(HealthCheck.command(['/ready'])),
      resources: optional({
        cpu: fc.constantFrom({ request: Cpu.millis(50) }, { limit: Cpu.units(2) }),
        memory: fc.constant({ request: Size.mebibytes(128), limit: Size.gibibytes(1) }),
        ephemeralStorage: fc.constant({ limit: Size.gibibytes(10) }),
      }),
      writableDirectories: fc.constant<WritableDirectory[]>([{ path: '/var/cache/app', sizeLimit: Size.mebibytes(8) }]),
      shutdownTimeout: fc.integer({ min: 1, max: 600 }).map(Duration.seconds),
      imagePullSecrets: word.map(name => [SecretSource.fromName(name)]),
      podAnnotations: fc.constant({ 'example.com/team': 'a' }),
    }),
    user,
  )
  .map(([props, more]) => ({ ...props, ...more }));

const collectors = [
  LogCollector.fluentd(),
  LogCollector.fluentBit(),
  LogCollector.vector(),
  LogCollector.openTelemetry(),
];

/** Extensions that every controller accepts from Kubernetes 1.29 on, each with another ID. */
const extensions: fc.Arbitrary<Make<IPodExtension>[]> = fc
  .tuple(
    fc.constantFrom(undefined, ...[ConfigRollout.immutable(), ConfigRollout.checksum()]),
    fc.constantFrom(undefined, ...collectors),
    fc.subarray<Make<IPodExtension>>([
      () => EnvironmentVariables.fromMap({ LEVEL: 'info' }),
      () => new StdoutLogs({ directory: '/var/log/access', id: 'access' }),
      chart => ordersDatabase(chart).client(),
    ]),
  )
  .map(([rollout, collector, others]) => [
    ...others,
    ...(rollout ? [() => new ConfigFiles({ sources: [ConfigSource.text('app.conf', 'a')], rollout })] : []),
    ...(collector ? [() => logShipping(collector)] : []),
  ]);

function logShipping(collector: LogCollector): LogShipping {
  const rotation = LogRotation.byApp({ maxFileSize: Size.mebibytes(10), maxFiles: 4 });
  return new LogShipping({ collector, sinks: [LogSink.stdout()], rotation });
}

/** The database of a chart. */
function ordersDatabase(chart: Chart): StatefulDatabase {
  return (
    (chart.node.tryFindChild('orders') as StatefulDatabase | undefined) ??
    new StatefulDatabase(chart, 'orders', {
      engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
      storage: DatabaseStorage.provisioned(Size.gibibytes(10)),
      memory: Size.gibibytes(1),
      credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders')),
    })
  );
}

const parts = optional({
  command: fc.constant<string[]>(['/helper']),
  args: fc.array(text, { minLength: 1, maxLength: 1 }),
  env,
  resources: fc.constant({ memory: { limit: Size.mebibytes(512) } }),
});
const image = fc.constantFrom(
  { image: 'acme/helper:1.0.0' },
  { likeApp: true },
  { likeApp: true, image: 'acme/helper:2' },
);
const container = (name: string) => fc.tuple(image, parts).map(([source, more]) => ({ name, ...source, ...more }));
const initContainers: fc.Arbitrary<InitContainer[]> = fc.oneof(
  fc.constant<InitContainer[]>([]),
  container('migrate').map(first => [first]),
  fc.tuple(container('second'), container('first')),
);
const sidecars: fc.Arbitrary<SidecarContainer[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<SidecarContainer[]>([]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        container('proxy'),
        optional({
          ports: fc.constant({ proxy: 9000 }),
          healthCheck: fc.constant(HealthCheck.command(['/ready'])),
          preStopDelay: fc.constant(Duration.seconds(2)),
          shutdownTimeout: fc.constant(Duration.seconds(3)),
        }),
      )
      .map(([sidecar, more]) => [{ ...sidecar, ...more }]),
  },
);

/** The parts of an app before they fit each other. */
interface Draft {
  readonly controller: ControllerProgram;
  readonly props: Partial<AppWorkloadProps>;
  readonly port: number | undefined;
  readonly replicas: number | undefined;
  readonly mounts: readonly MountProgram[];
  readonly extensions: readonly Make<IPodExtension>[];
  readonly initContainers: readonly InitContainer[];
  readonly sidecars: readonly SidecarContainer[];
  readonly callers: readonly number[];
  readonly address: number | undefined;
}

const optionally = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

function draft(prefix: string): fc.Arbitrary<Draft> {
  return fc.record<Draft>({
    controller: controllers(strictly),
    props: commonProps,
    port: optionally(fc.constantFrom(8080, 65535)),
    replicas: optionally(fc.nat(4)),
    mounts: mounts(strictly, prefix),
    extensions,
    initContainers,
    sidecars,
    callers: fc.uniqueArray(fc.constantFrom(8080, 9090), { maxLength: 2 }),
    address: optionally(fc.nat(4)),
  });
}

/** Keeps the parts of a draft that the app and the one that resembles it can have. */
function fit(drafts: readonly Draft[], minimum: KubernetesVersion): AppProgram[] {
  const kinds = drafts.map(({ controller }) => controller);
  const canHave: Record<VolumeNeed, boolean> = {
    'nothing': true,
    'one pod': kinds.length === 1 && kinds[0].runsOnePod,
    'claims of replicas': kinds.every(({ kind }) => kind === 'StatefulSet'),
    'Kubernetes 1.36': minimum.isAtLeast(KubernetesVersion.V1_36),
  };
  const hasSidecars = minimum.isAtLeast(KubernetesVersion.V1_29) || !kinds.some(kind => kind.runsToCompletion);
  return drafts.map((app, i) => {
    const { controller, hasReplicas, runsToCompletion, kind } = app.controller;
    const mounted = app.mounts
      .filter(({ need }) => canHave[need])
      .map(mount => (mount.hasParts ? mount : { ...mount, options: { ...mount.options, subPath: undefined } }));
    const port = runsToCompletion ? undefined : app.port;
    const hasOnePod = mounted.some(({ need }) => need === 'one pod');
    const replicas = hasOnePod && app.replicas !== undefined ? Math.min(app.replicas, 1) : app.replicas;
    const isHealthy = port !== undefined || runsToCompletion;
    return {
      id: 'app',
      props: {
        ...app.props,
        controller,
        port,
        replicas: hasReplicas ? replicas : undefined,
        healthCheck: app.props.healthCheck ?? (isHealthy ? undefined : HealthCheck.command(['/ready'])),
      },
      isLikeFirst: i > 0,
      extensions: hasSidecars ? app.extensions : [],
      clients: [],
      mounts: mounted,
      initContainers: app.initContainers,
      sidecars: hasSidecars ? app.sidecars : [],
      callers: port === undefined && app.callers.length === 0 ? undefined : app.callers,
      address: kind === 'StatefulSet' ? app.address : undefined,
    };
  });
}

/** Programs that must be accepted: every kind of controller with every volume that it can mount. */
export function controlledPrograms(minimum: fc.Arbitrary<KubernetesVersion>): fc.Arbitrary<Program> {
  const second = draft('b-').map(app => ({ ...app, mounts: [], extensions: [] }));
  const apps = fc.oneof(
    { weight: 2, arbitrary: draft('a-').map(app => [app]) },
    { weight: 1, arbitrary: fc.tuple(draft('a-'), second) },
  );
  return fc.tuple(minimum, apps).map(([version, drafts]) => ({ minimum: version, apps: fit(drafts, version) }));
}
