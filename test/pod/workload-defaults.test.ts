import { App, Chart, Size } from 'cdk8s';
import {
  AppWorkload,
  Controller,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  KubernetesVersion,
  PodVolume,
  PostgresVersion,
  SecretSource,
  StatefulDatabase,
  Waiver,
  WorkloadDefaults,
  WorkloadDefaultsOptions,
} from '../../src';
import { kind, podOf, synth, workload } from '../synth';

function withDefaults(defaults: WorkloadDefaultsOptions, props: Parameters<typeof workload>[1] = {}): any[] {
  return synth(chart => {
    WorkloadDefaults.of(chart).set(defaults);
    workload(chart, props);
  });
}

test('apply to all workloads of a scope', () => {
  const objects = withDefaults({
    labels: { team: 'shop' },
    annotations: { owner: 'ops' },
    replicas: 3,
    scheduling: { nodeSelector: { pool: 'apps' } },
    imagePullSecrets: [SecretSource.fromName('mirror')],
    waivers: [Waiver.drainBeforeStop('clients retry their requests')],
  });
  expect(objects.map(({ metadata }) => metadata.labels.team)).toEqual(objects.map(() => 'shop'));
  const { metadata, spec } = kind(objects, 'Deployment');
  expect(spec.replicas).toBe(3);
  expect(metadata.annotations).toMatchObject({
    'owner': 'ops',
    'waiver.cdk8s-storage-patterns/drain-before-stop': 'clients retry their requests',
  });
  expect(spec.template.spec).toMatchObject({
    nodeSelector: { pool: 'apps' },
    imagePullSecrets: [{ name: 'mirror' }],
  });
  expect(spec.template.spec.containers[0].lifecycle).toBeUndefined();
});

test('give way to the props of a workload, and to an inner scope', () => {
  const app = new App();
  WorkloadDefaults.of(app).set({ replicas: 3, labels: { team: 'shop', stage: 'prod' }, podLabels: { a: '1' } });
  const chart = new Chart(app, 'test');
  WorkloadDefaults.of(chart).set({ replicas: 4, labels: { stage: 'dev' } });
  workload(chart);
  workload(chart, { replicas: 5, metadata: { labels: { team: 'pay' } } }, 'other');
  const deployments = chart.toJson().filter(object => object.kind === 'Deployment');
  expect(deployments.map(({ spec }) => spec.replicas)).toEqual([4, 5]);
  expect(deployments.map(({ metadata }) => metadata.labels)).toMatchObject([
    { team: 'shop', stage: 'dev' },
    { team: 'pay', stage: 'dev' },
  ]);
  expect(deployments[0].spec.template.metadata.labels).toMatchObject({ a: '1' });
});

test('do not give replicas to a kind that has none, or to an app with one claim', () => {
  const objects = synth(chart => {
    WorkloadDefaults.of(chart).set({ replicas: 3 });
    workload(chart, { controller: Controller.daemonSet() });
    const volume = PodVolume.newClaim('data', { size: Size.gibibytes(1) });
    workload(chart, {}, 'single').mount('/data', volume);
  });
  expect(kind(objects, 'DaemonSet').spec.replicas).toBeUndefined();
  expect(kind(objects, 'Deployment').spec.replicas).toBe(1);
});

test.each([
  ['alpine:3.22.1', 'registry.example.com/mirror/library/alpine:3.22.1'],
  ['acme/api:1.4.2', 'registry.example.com/mirror/acme/api:1.4.2'],
  ['ghcr.io/acme/api:1.4.2', 'registry.example.com/mirror/acme/api:1.4.2'],
  ['localhost:5000/api:1.4.2', 'registry.example.com/mirror/api:1.4.2'],
])('take %s from the registry', (image, mirrored) => {
  const objects = synth(chart => {
    WorkloadDefaults.of(chart).set({ imageRegistry: 'registry.example.com/mirror' });
    workload(chart, { image })
      .addInitContainer({ name: 'migrate', likeApp: true, command: ['migrate'] })
      .mount('/model', PodVolume.image('model', image));
  }, KubernetesVersion.V1_36);
  const { containers, initContainers, volumes } = podOf(objects);
  expect([containers[0].image, initContainers[0].image]).toEqual([mirrored, mirrored]);
  expect(volumes.find(({ name }: { name: string }) => name === 'model').image.reference).toBe(mirrored);
});

test('take the images of a database and of its credentials Job from the registry', () => {
  const objects = synth(chart => {
    WorkloadDefaults.of(chart).set({ imageRegistry: 'registry.example.com', labels: { team: 'shop' } });
    new StatefulDatabase(chart, 'db', {
      engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
      storage: DatabaseStorage.provisioned(Size.gibibytes(5)),
      memory: Size.gibibytes(1),
      credentials: DatabaseCredentials.fromGeneratedSecret(),
    });
  });
  const images = objects.flatMap(({ spec }) =>
    (spec?.template?.spec?.containers ?? []).map((container: { image: string }) => container.image),
  );
  expect(images.length).toBeGreaterThan(1);
  expect(images.every((image: string) => image.startsWith('registry.example.com/'))).toBe(true);
  expect(kind(objects, 'StatefulSet').metadata.labels.team).toBe('shop');
});

test('are refused after a workload is defined', () => {
  expect(() =>
    synth(chart => {
      workload(chart);
      WorkloadDefaults.of(chart).set({ replicas: 3 });
    }),
  ).toThrow(
    "[test] Workload defaults are set after 'test/app' is defined. Call 'WorkloadDefaults.of(scope).set(...)' before " +
      'you define workloads.',
  );
});

test.each<[WorkloadDefaultsOptions, string]>([
  [
    { imageRegistry: 'https://registry.example.com/' },
    "[test] 'imageRegistry' is 'https://registry.example.com/', which is not a registry with an optional path. Use " +
      "the form 'registry.example.com/mirror', without a scheme and without '/' at the end.",
  ],
  [{ replicas: -1 }, "[test] Invalid value -1 for 'replicas'. Use a whole number from 0 to 100000."],
  [{ registry: 'registry.example.com' } as never, "[test] Unknown prop 'registry' in the argument of 'set'."],
])('refuse the options %#', (options, error) => {
  expect(() => withDefaults(options)).toThrow(error);
});

test('have no effect on the manifest if there are none', () => {
  const plain = synth(chart => new AppWorkload(chart, 'app', { image: 'acme/app:1.0.0', port: 8080 }));
  const defaulted = synth(chart => {
    WorkloadDefaults.of(chart).set({});
    new AppWorkload(chart, 'app', { image: 'acme/app:1.0.0', port: 8080 });
  });
  expect(defaulted).toEqual(plain);
});
