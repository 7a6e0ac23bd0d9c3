import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, ServiceType } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { initContainers, plainEnv, plainTexts, sidecars } from './containers';
import { ControllerProgram, controllers } from './controllers';
import { autoscaling, httpRouteOptions, ingressOptions, peers, ports, serviceOptions, withNodePorts } from './network';
import type { AppProgram, Program } from './program';
import { podSettings, settingsOf, workloadDefaults } from './settings';
import { Make, optional, strictly, word } from './values';
import { MountProgram, mounts, VolumeNeed } from './volumes';
import {
  AppPort,
  AppWorkloadProps,
  AutoscalingOptions,
  ConfigFiles,
  ConfigRollout,
  ConfigSource,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  EnvironmentVariables,
  FluentdPlugin,
  HealthCheck,
  HttpRouteOptions,
  IngressExposureOptions,
  InitContainer,
  IPodExtension,
  KubernetesVersion,
  LogCollector,
  LogRotation,
  LogShipping,
  LogShippingDefaultsOptions,
  LogSink,
  NetworkPeer,
  PodSettings,
  PostgresVersion,
  SecretSource,
  ServiceOptions,
  SidecarContainer,
  StatefulDatabase,
  StdoutLogs,
  Waiver,
  WritableDirectory,
} from '../../../src';

const optionally = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

const COMMAND = HealthCheck.command(['/ready']);
/** Health checks of an app with the port 'web'. */
const healthChecks = fc.constantFrom(
  HealthCheck.http('/ready', { portName: 'web' }),
  HealthCheck.tcp({ portName: 'web' }),
  HealthCheck.grpc({ portName: 'web' }),
  HealthCheck.command(['/ready'], { portName: 'web' }),
);
const REASON = 'because of this test';
const users = fc.constantFrom<Partial<AppWorkloadProps>>(
  {},
  { runAsUser: 999, runAsGroup: 999 },
  { runAsUser: 0, runAsGroup: 0, waivers: [Waiver.runAsNonRoot(REASON)] },
  { waivers: [Waiver.noServiceAccountToken(REASON), Waiver.drainBeforeStop(REASON)] },
  { waivers: [Waiver.topologySpread(REASON), Waiver.disruptionBudget(REASON)] },
);

/** Labels of the user; each of the last two replaces a label by which the pods are selected. */
const labels = fc.constantFrom<Record<string, string>>(
  { team: 'shop' },
  { 'app.kubernetes.io/name': 'shop' },
  { 'app.kubernetes.io/instance': 'shop-eu' },
);

/** Props that every controller accepts. */
const commonProps: fc.Arbitrary<Partial<AppWorkloadProps>> = fc
  .tuple(
    optional({
      image: fc.constantFrom('acme/app:2.0.0', 'acme/app:1e3'),
      command: fc.constant<string[]>(['/app']),
      args: fc.array(plainTexts, { minLength: 1, maxLength: 2 }),
      env: plainEnv,
      healthCheck: fc.constant(COMMAND),
      resources: optional({
        cpu: fc.constantFrom({ request: Cpu.millis(50) }, { limit: Cpu.units(2) }),
        memory: fc.constant({ request: Size.mebibytes(128), limit: Size.gibibytes(1) }),
        ephemeralStorage: fc.constant({ limit: Size.gibibytes(10) }),
      }),
      writableDirectories: fc.constant<WritableDirectory[]>([{ path: '/var/cache/app', sizeLimit: Size.mebibytes(8) }]),
      shutdownTimeout: fc.integer({ min: 5, max: 600 }).map(Duration.seconds),
      imagePullSecrets: word.map(name => [SecretSource.fromName(name)]),
      podAnnotations: fc.constant({ 'example.com/team': 'a' }),
    }),
    optional({
      metadata: fc
        .tuple(labels, optional({ annotations: fc.constant({ 'example.com/team': 'a' }) }))
        .map(([ofUser, more]) => ({ labels: ofUser, ...more })),
    }),
    users,
  )
  .map(parts => Object.assign({}, ...parts));

const collectors = [
  LogCollector.fluentd({ image: 'acme/fluentd:1.19.3', plugins: [FluentdPlugin.PROMETHEUS] }),
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
    ]),
    optionally(podSettings(strictly)),
  )
  .map(([rollout, collector, others, settings]) => [
    ...others,
    ...(settings ? [(chart: Chart) => ordersDatabase(chart, settings).client({ binding: VARIABLES })] : []),
    ...(rollout ? [() => new ConfigFiles({ sources: [ConfigSource.text('app.conf', 'a')], rollout })] : []),
    ...(collector ? [() => logShipping(collector)] : []),
  ]);

function logShipping(collector: LogCollector): LogShipping {
  const rotation = LogRotation.byApp({ maxFileSize: Size.mebibytes(10), maxFiles: 4 });
  return new LogShipping({ collector, sinks: [LogSink.stdout()], rotation });
}

/** The database of a chart. */
function ordersDatabase(chart: Chart, settings: PodSettings): StatefulDatabase {
  return (
    (chart.node.tryFindChild('orders') as StatefulDatabase | undefined) ??
    new StatefulDatabase(chart, 'orders', {
      engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
      storage: DatabaseStorage.provisioned(Size.gibibytes(10)),
      memory: Size.gibibytes(1),
      credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders'), { urlSafe: true }),
      ...settingsOf(settings, KubernetesVersion.minimumOf(chart)),
    })
  );
}

/** The class of an app: each has its own props. */
const forms: fc.Arbitrary<Pick<AppProgram, 'config' | 'logs'>> = fc.constantFrom<Pick<AppProgram, 'config' | 'logs'>[]>(
  {},
  {
    config: () =>
      new ConfigFiles({ id: 'main', mountPath: '/etc/main', sources: [ConfigSource.text('main.conf', 'a')] }),
  },
  { logs: new StdoutLogs({ id: 'main', directory: '/var/log/main' }) },
);

/** The parts of an app before they fit each other. */
interface Draft {
  readonly controller: ControllerProgram;
  readonly props: Partial<AppWorkloadProps>;
  readonly ports: readonly AppPort[];
  readonly service: ServiceOptions | undefined;
  readonly settings: PodSettings;
  readonly replicas: number | undefined;
  readonly mounts: readonly MountProgram[];
  readonly extensions: readonly Make<IPodExtension>[];
  readonly initContainers: readonly InitContainer[];
  readonly sidecars: readonly SidecarContainer[];
  readonly callers: readonly number[];
  readonly replica: number;
  readonly healthCheck: HealthCheck | undefined;
  readonly peers: readonly NetworkPeer[];
  readonly form: Pick<AppProgram, 'config' | 'logs'>;
  readonly ingress: IngressExposureOptions | undefined;
  readonly httpRoute: HttpRouteOptions | undefined;
  readonly autoscaling: AutoscalingOptions | undefined;
}

function draft(prefix: string): fc.Arbitrary<Draft> {
  return fc.record<Draft>({
    controller: controllers(strictly),
    props: commonProps,
    ports: fc.oneof(fc.constant([]), ports(strictly)),
    service: optionally(serviceOptions(strictly)),
    settings: podSettings(strictly),
    replicas: optionally(fc.nat(4)),
    mounts: mounts(strictly, prefix),
    extensions,
    initContainers,
    sidecars,
    callers: fc.uniqueArray(fc.constantFrom(8080, 9090), { maxLength: 2 }),
    replica: fc.nat(4),
    healthCheck: optionally(healthChecks),
    peers,
    form: forms,
    ingress: optionally(ingressOptions(strictly)),
    httpRoute: optionally(httpRouteOptions(strictly)),
    autoscaling: optionally(autoscaling(strictly)),
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
  const isNative = minimum.isAtLeast(KubernetesVersion.V1_29);
  const hasSidecars = isNative || !kinds.some(kind => kind.runsToCompletion);
  // the second app has the configuration or the logs of the first, if the first has any
  const firstWithForm = drafts.findIndex(({ form }) => Object.keys(form).length > 0);
  return drafts.map((app, i) => {
    const { controller, hasReplicas, runsToCompletion, firstReplica } = app.controller;
    const mounted = app.mounts
      .filter(({ need }) => canHave[need])
      .map(mount => (mount.hasParts ? mount : { ...mount, options: { readOnly: true } }));
    const appPorts = runsToCompletion ? [] : app.ports;
    const hasOnePod = mounted.some(({ need }) => need === 'one pod');
    const replicas = hasOnePod && app.replicas !== undefined ? Math.min(app.replicas, 1) : app.replicas;
    const scales = hasReplicas && !hasOnePod && app.autoscaling !== undefined;
    const isServed = appPorts.length > 0;
    const needsCheck = !isServed && !runsToCompletion;
    return {
      id: 'app',
      props: {
        ...app.props,
        ...settingsOf(app.settings, minimum),
        ...networkProps(appPorts, isServed ? app.service : undefined),
        controller,
        waivers: [...(app.props.waivers ?? []), ...app.controller.waivers],
        replicas: hasReplicas && !scales ? replicas : undefined,
        healthCheck: isServed ? app.healthCheck : (app.props.healthCheck ?? (needsCheck ? COMMAND : undefined)),
      },
      ...(i === firstWithForm && hasSidecars ? app.form : {}),
      isLikeFirst: i > 0,
      extensions: hasSidecars ? app.extensions : [],
      clients: [],
      mounts: mounted,
      initContainers: app.initContainers,
      // a plain container with a port serves connections, so it requires probes and a drain
      sidecars: (hasSidecars ? app.sidecars : []).map(container =>
        isNative ? container : { ...container, ports: {} },
      ),
      callers: isServed || app.callers.length > 0 ? app.callers : undefined,
      address: firstReplica === undefined ? undefined : firstReplica + app.replica,
      peers: app.peers,
      ingress: isServed ? app.ingress : undefined,
      httpRoute: isServed ? app.httpRoute : undefined,
      autoscaling: scales ? app.autoscaling : undefined,
    };
  });
}

/** The ports of an app, in the short form if they are one TCP port. */
function networkProps(all: readonly AppPort[], service: ServiceOptions | undefined): Partial<AppWorkloadProps> {
  const [first] = all;
  if (first === undefined) {
    return { port: undefined };
  }
  const hasNodePorts = service?.type === ServiceType.NODE_PORT;
  return all.length === 1 && first.appProtocol === undefined
    ? { port: first.port, portName: first.name, servicePort: first.servicePort, service }
    : { ports: hasNodePorts ? withNodePorts(all) : [...all], service };
}

const VARIABLES = DatabaseBinding.variables({ url: 'DATABASE_URL', urlScheme: 'psql', database: 'DB_NAME' });
const LOG_DEFAULTS: LogShippingDefaultsOptions = {
  collector: LogCollector.vector(),
  sinks: [LogSink.stdout()],
  podMonitor: true,
  prometheusRule: true,
};

/** Programs that must be accepted: every kind of controller with every volume that it can mount. */
export function controlledPrograms(minimum: fc.Arbitrary<KubernetesVersion>): fc.Arbitrary<Program> {
  const user = { runAsUser: 999, runAsGroup: 999, waivers: [] };
  const second = draft('b-').map(app => ({ ...app, props: { ...app.props, ...user }, mounts: [], extensions: [] }));
  const apps = fc.oneof(
    { weight: 2, arbitrary: draft('a-').map(app => [app]) },
    { weight: 1, arbitrary: fc.tuple(draft('a-'), second) },
  );
  const logDefaults = fc.constantFrom(undefined, LOG_DEFAULTS);
  return fc
    .tuple(minimum, apps, optionally(workloadDefaults(strictly)), logDefaults)
    .map(([version, drafts, defaults, logs]) => ({
      minimum: version,
      defaults: defaults && settingsOf(defaults, version),
      logDefaults: logs,
      apps: fit(drafts, version),
    }));
}
