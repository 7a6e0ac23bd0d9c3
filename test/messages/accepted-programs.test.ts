import { ApiObject, App, Chart, Cron, JsonPatch, Size } from 'cdk8s';
import { Cpu, EnvValue, Secret } from 'cdk8s-plus-28';
import {
  AppWorkload,
  AppWorkloadProps,
  ConfigFiles,
  ConfigSource,
  Controller,
  DatabaseBinding,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  EnvironmentVariables,
  IPodExtension,
  PostgresVersion,
  SafetyAudit,
  StatefulDatabase,
  Waiver,
} from '../../src';
import { strayingSelectors } from '../selectors';
import { kind } from '../synth';

const APP = { image: 'x/y:1', port: 8080, resources: { memory: { limit: Size.mebibytes(256) } } };

interface Synthesized {
  readonly objects: any[];
  readonly chart: Chart;
  readonly warnings: string[];
}

function synth(define: (chart: Chart) => void): Synthesized {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const root = new App();
  const chart = new Chart(root, 'c', { namespace: 'c', disableResourceNameHashes: true });
  define(chart);
  root.synthYaml();
  const warnings = emitWarning.mock.calls.map(([text]) => String(text));
  emitWarning.mockRestore();
  return { objects: chart.toJson(), chart, warnings };
}

const app = (props: Partial<AppWorkloadProps>, id = 'a') =>
  synth(chart => void new AppWorkload(chart, id, { ...APP, ...props })).objects;
const deployment = (objects: any[]) => kind(objects, 'Deployment');

test('labels of the user are in the labels of the pods and in all selectors', () => {
  const objects = app({ metadata: { labels: { 'app.kubernetes.io/name': 'mine', 'team': 'x' } } });
  expect(strayingSelectors(objects)).toEqual([]);
  expect(deployment(objects).spec.selector.matchLabels).toMatchObject({ 'app.kubernetes.io/name': 'mine' });
});

test('an ID in uppercase becomes a name in lowercase', () => {
  expect(deployment(app({}, 'Web')).metadata.name).toBe('c-web');
});

test('a program can have no replicas, and then has no disruption budget', () => {
  const objects = app({ replicas: 0 });
  expect(deployment(objects).spec.replicas).toBe(0);
  expect(kind(objects, 'PodDisruptionBudget')).toBeUndefined();
});

test('a token for the API server is mounted if the rule is waived', () => {
  const { spec } = deployment(app({ waivers: [Waiver.noServiceAccountToken('it calls the API server')] })).spec
    .template;
  expect(spec.automountServiceAccountToken).toBe(true);
});

test('an app reads a database from variables and from files', () => {
  const { objects } = synth(chart => {
    const db = new StatefulDatabase(chart, 'db', {
      engine: DatabaseEngine.postgres({
        version: PostgresVersion.V17,
        image: 'docker.io/pgvector/pgvector:0.8.1-pg17-trixie',
      }),
      storage: DatabaseStorage.provisioned(Size.gibibytes(5)),
      memory: Size.gibibytes(1),
      credentials: DatabaseCredentials.fromGeneratedSecret(),
    });
    const workload = new AppWorkload(chart, 'a', APP).add(db.client());
    workload.add(db.client({ id: 'second', binding: DatabaseBinding.files('/run/db') }));
  });
  const [container] = deployment(objects).spec.template.spec.containers;
  expect(container.env.map(({ name }: any) => name)).toContain('DB_HOST');
  expect(container.volumeMounts.map(({ mountPath }: any) => mountPath)).toContain('/run/db');
});

test('a cache without a volume is an app', () => {
  const { chart, warnings } = synth(root => {
    const secret = Secret.fromSecretName(root, 'secret', 'cache');
    new AppWorkload(root, 'cache', {
      image: 'docker.io/library/redis:8.2.9-bookworm',
      command: ['sh', '-c'],
      args: ['exec redis-server --save "" --maxmemory 768mb --maxmemory-policy allkeys-lru --requirepass "$PASSWORD"'],
      replicas: 1,
      port: 6379,
      runAsUser: 999,
      runAsGroup: 1000,
      resources: { cpu: { request: Cpu.millis(100) }, memory: { limit: Size.gibibytes(1) } },
      env: { PASSWORD: EnvValue.fromSecretValue({ secret, key: 'password' }) },
    });
  });
  expect(warnings).toEqual([]);
  expect(SafetyAudit.run(chart).findings.map(({ message }) => message)).toEqual([]);
});

const token = EnvironmentVariables.fromMap({ API_TOKEN: 'abc123' });
const settings = new ConfigFiles({ sources: [ConfigSource.yaml('a.yaml', { password: 'abc123' })] });
const etc = new ConfigFiles({ mountPath: '/etc', sources: [ConfigSource.text('a', 'x')] });
const unprivilegedPorts = JsonPatch.add('/spec/template/spec/securityContext/sysctls', [
  { name: 'net.ipv4.ip_unprivileged_port_start', value: '0' },
]);
const reason = 'the vendor requires it';

test.each<[string, Waiver, Partial<AppWorkloadProps>, IPodExtension[], JsonPatch[]]>([
  ['a port below 1024', Waiver.unprivilegedPort(reason), { port: 80 }, [], []],
  ['such a port with a kernel setting for it', Waiver.unprivilegedPort(reason), { port: 80 }, [], [unprivilegedPorts]],
  ['no health check', Waiver.healthCheck(reason), { port: undefined }, [], []],
  ['root', Waiver.runAsNonRoot(reason), { runAsUser: 0, runAsGroup: 0 }, [], []],
  ['an image that moves', Waiver.pinnedImage(reason), { image: 'x/y:latest' }, [], []],
  ['a credential in variables', Waiver.noCredentialInConfigMap(reason), {}, [token], []],
  ['a credential in a file', Waiver.noCredentialInConfigMap(reason), {}, [settings], []],
  ['a mount over files of the image', Waiver.mountHidesImageFiles(reason), {}, [etc], []],
  [
    'a credential of the app',
    Waiver.of('no-credential-in-env', reason),
    { env: { API_TOKEN: EnvValue.fromValue('abc123') } },
    [],
    [],
  ],
])('a waiver that %s requires is not reported as unused', (_, waiver, props, extensions, patches) => {
  const define = (waivers: Waiver[]) =>
    synth(chart => {
      const workload = new AppWorkload(chart, 'a', { ...APP, ...props, waivers });
      extensions.forEach(extension => workload.add(extension));
      ApiObject.of(workload).addJsonPatch(...patches);
    });
  expect(() => define([])).toThrow();
  const { chart, warnings } = define([waiver]);
  expect(warnings).toEqual([]);
  expect(SafetyAudit.run(chart).unusedWaivers).toEqual([]);
});

test.each<[string, Waiver, Partial<AppWorkloadProps>]>([
  ['the health check of a Job', Waiver.healthCheck(reason), { controller: Controller.job() }],
  [
    'the health check of a CronJob',
    Waiver.healthCheck(reason),
    { controller: Controller.cronJob({ schedule: Cron.daily() }) },
  ],
])('a waiver of a rule that makes an exception for %s is not reported as unused', (_, waiver, props) => {
  const { chart, warnings } = synth(root => {
    new AppWorkload(root, 'a', { ...APP, port: undefined, ...props, waivers: [waiver] });
  });
  expect(warnings).toEqual([]);
  expect(SafetyAudit.run(chart).unusedWaivers).toEqual([]);
});
