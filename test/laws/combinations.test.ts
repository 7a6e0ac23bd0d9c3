import { appendFileSync } from 'fs';
import { ApiObject, App, Chart, Cron, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ConfigFiles,
  ConfigSource,
  Controller,
  EnvironmentVariables,
  IPodExtension,
  KubernetesVersion,
  MountOptions,
  PodExtensions,
  PodVolume,
  ProjectedSource,
  SecretSource,
} from '../../src';
import { Inventory } from '../../src/inspect/inventory';
import { readConstructs } from '../../src/inspect/read-constructs';
import { RULE_IDS, RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';
import { database, logs, templateOf } from '../pod-extensions/fixtures';
import { schemaProblems } from '../schemas/kubernetes';
import { strayingSelectors } from '../selectors';
import { workload } from '../synth';

// COMBINATIONS_OUT=FILE appends the manifests to a file for other validators
const { COMBINATIONS_OUT } = process.env;

const CONTROLLERS: Record<string, Controller> = {
  Deployment: Controller.deployment(),
  StatefulSet: Controller.statefulSet(),
  DaemonSet: Controller.daemonSet(),
  Job: Controller.job(),
  CronJob: Controller.cronJob({ schedule: Cron.daily() }),
};
const KINDS = Object.keys(CONTROLLERS);

/** A workload to which parts are added. */
interface Target {
  add(extension: IPodExtension): unknown;
  mount(path: string, volume: PodVolume, options: MountOptions): unknown;
}

const LABELS = { app: 'web' };

/** The manifest of a workload that another tool renders, such as those of an Include or a Helm chart. */
function manifest(kind: string): any {
  const isJob = kind === 'Job' || kind === 'CronJob';
  const container = {
    name: 'web',
    image: 'acme/web:1.0.0',
    resources: { limits: { 'cpu': '1', 'memory': '256Mi', 'ephemeral-storage': '1Gi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
  };
  const spec = {
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container],
    ...(isJob ? { restartPolicy: 'Never' } : {}),
  };
  const template = { metadata: { labels: LABELS }, spec };
  const selector = { matchLabels: LABELS };
  const specs: Record<string, object> = {
    Deployment: { replicas: 1, strategy: { type: 'Recreate' }, selector, template },
    StatefulSet: { serviceName: 'web', selector, template },
    DaemonSet: { selector, template },
    Job: { template },
    CronJob: { schedule: '@daily', concurrencyPolicy: 'Forbid', jobTemplate: { spec: { template } } },
  };
  const apiVersion = isJob ? 'batch/v1' : 'apps/v1';
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, spec: specs[kind] };
}

function ofPlus(chart: Chart, kind: string): ApiObject {
  const containers = [
    {
      name: 'web',
      image: 'acme/web:1.0.0',
      securityContext: { user: 1000, group: 1000, allowPrivilegeEscalation: false },
    },
  ];
  const securityContext = { fsGroup: 1000, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH };
  const props = { containers, securityContext, automountServiceAccountToken: false };
  switch (kind) {
    case 'Deployment':
      return ApiObject.of(
        new kplus.Deployment(chart, 'web', { ...props, replicas: 1, strategy: kplus.DeploymentStrategy.recreate() }),
      );
    case 'StatefulSet':
      return ApiObject.of(
        new kplus.StatefulSet(chart, 'web', {
          ...props,
          service: new kplus.Service(chart, 'service', { ports: [{ port: 80 }] }),
        }),
      );
    case 'DaemonSet':
      return ApiObject.of(new kplus.DaemonSet(chart, 'web', props));
    case 'Job':
      return ApiObject.of(new kplus.Job(chart, 'web', props));
    default:
      return ApiObject.of(new kplus.CronJob(chart, 'web', { ...props, schedule: Cron.daily() }));
  }
}

/** Extensions with a volume of the user, because PodExtensions has no method for mounts. */
function extended(object: ApiObject): Target {
  const pods = PodExtensions.of(object);
  return {
    add: extension => pods.add(extension),
    mount: (path, volume, options) =>
      pods.add({ id: volume.name, bind: () => ({ mounts: [{ path, volume, ...options }] }) }),
  };
}

/** The ways to define a workload of a kind. */
const ORIGINS: Record<string, (chart: Chart, kind: string) => Target> = {
  'this library': (chart, kind) => {
    const isServed = !CONTROLLERS[kind]._definition.runsToCompletion;
    return workload(chart, { controller: CONTROLLERS[kind], port: isServed ? 8080 : undefined }, 'web');
  },
  'cdk8s-plus-28': (chart, kind) => extended(ofPlus(chart, kind)),
  'ApiObject': (chart, kind) => extended(new ApiObject(chart, 'web', manifest(kind))),
};

const SIZE = { size: Size.gibibytes(1) };
const WRITABLE: Record<string, () => PodVolume> = {
  newClaim: () => PodVolume.newClaim('claim', SIZE),
  sharedClaim: () => PodVolume.sharedClaim('shared', SIZE),
  claimPerReplica: () => PodVolume.claimPerReplica('replica', SIZE),
  ephemeralClaim: () => PodVolume.ephemeralClaim('scratch', SIZE),
  fromClaimName: () => PodVolume.fromClaimName('existing'),
  emptyDir: () => PodVolume.emptyDir('empty', { sizeLimit: Size.mebibytes(8) }),
  nfs: () => PodVolume.nfs('nfs', { server: 'nfs.example.com', path: '/exports' }),
};
const READ_ONLY: Record<string, () => PodVolume> = {
  csi: () => PodVolume.csi('csi', { driver: 'secrets-store.csi.k8s.io', readOnly: true }),
  image: () => PodVolume.image('model', 'acme/model:1.4.2'),
  hostPath: () => PodVolume.hostPath('/var/log', { reason: 'ships the logs of the node' }),
  downwardApi: () => PodVolume.downwardApi('pod', { labels: 'metadata.labels' }),
  projected: () => PodVolume.projected('identity', [ProjectedSource.secret(SecretSource.fromName('identity'))]),
  fromSource: () => PodVolume.fromSource('map', { configMap: { name: 'map' } }),
};
const VOLUMES = { ...WRITABLE, ...READ_ONLY };

/** The volumes that a workload cannot mount, and what the error says of them. */
function refusal(origin: string, kind: string, volume: string): RegExp | undefined {
  const isOwn = origin === 'this library';
  switch (volume) {
    case 'newClaim':
    case 'fromClaimName':
      return kind === 'DaemonSet' ? /only one node can mount the claim|can only be mounted on one node/ : undefined;
    case 'claimPerReplica':
      return isOwn && kind === 'StatefulSet' ? undefined : /has a claim for each replica/;
    default:
      return undefined;
  }
}

const PARTS: Record<string, (chart: Chart) => IPodExtension> = {
  configuration: () => new ConfigFiles({ sources: [ConfigSource.text('app.conf', 'a')] }),
  variables: () => EnvironmentVariables.fromMap({ LEVEL: 'info' }),
  logs: () => logs(),
  database: chart => database(chart).client(),
};

/** Synthesizes a workload with parts and volumes; returns its chart. */
function build(origin: string, kind: string, parts: readonly string[], volumes: readonly string[]): Chart {
  const app = new App();
  KubernetesVersion.setMinimum(app, KubernetesVersion.V1_37);
  const chart = new Chart(app, 'test', { namespace: 'shop', disableResourceNameHashes: true });
  const target = ORIGINS[origin](chart, kind);
  parts.forEach(part => target.add(PARTS[part](chart)));
  volumes.forEach(name => target.mount(`/volumes/${name}`, VOLUMES[name](), { readOnly: name in READ_ONLY }));
  chart.toJson();
  return chart;
}

function expectValid(chart: Chart): any[] {
  const objects = chart.toJson();
  expect(objects.flatMap((object: any) => schemaProblems('1.37', object))).toEqual([]);
  expect(strayingSelectors(objects)).toEqual([]);
  const { findings } = audit(new Inventory(readConstructs(chart)), { rules: RULES, known: RULE_IDS });
  const errors = findings.filter(({ severity, reason }) => severity === 'error' && reason === undefined);
  expect(errors.map(({ rule, object, message }) => [rule.id, object.kind, message])).toEqual([]);
  if (COMBINATIONS_OUT) {
    appendFileSync(COMBINATIONS_OUT, objects.map((object: any) => `---\n${JSON.stringify(object)}\n`).join(''));
  }
  return objects;
}

const cases = Object.keys(ORIGINS).flatMap(origin => KINDS.map(kind => [kind, origin] as const));

beforeEach(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterEach(() => jest.restoreAllMocks());

test.each(cases)('a %s of %s has all parts and all volumes that it can mount', (kind, origin) => {
  const volumes = Object.keys(VOLUMES).filter(volume => refusal(origin, kind, volume) === undefined);
  const objects = expectValid(build(origin, kind, Object.keys(PARTS), volumes));
  const { spec } = templateOf(objects.find(object => object.kind === kind && object.metadata.name.includes('web')));
  const [container] = spec.containers;
  expect(container.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(
    expect.arrayContaining(['/app/config', '/var/log/app', ...volumes.map(name => `/volumes/${name}`)]),
  );
  expect(JSON.stringify([container.env, container.envFrom])).toMatch(
    /test-web-variables.*ORDERS_PASSWORD|web-variables.*ORDERS_PASSWORD/,
  );
  expect(JSON.stringify(spec.initContainers)).toMatch(/wait-for-db-orders/);
});

const refused = cases.flatMap(([kind, origin]) =>
  Object.keys(VOLUMES).flatMap(volume => {
    const error = refusal(origin, kind, volume);
    return error ? [{ kind, origin, volume, error }] : [];
  }),
);

test.each(refused)('a $kind of $origin refuses $volume in a sentence', ({ kind, origin, volume, error }) => {
  const define = () => build(origin, kind, [], [volume]);
  expect(define).toThrow(error);
  // the construct, the problem and the remedy
  expect(define).toThrow(/^\[test\/web[^\]]*\] [A-Z'][^]*\. [A-Z][^]*\.$/);
});
