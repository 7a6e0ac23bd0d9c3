import * as fc from 'fast-check';
import { Inventory } from '../../src/inspect/inventory';
import { ManifestObject, objectsOf } from '../../src/inspect/manifest';
import { podOf } from '../../src/inspect/pods';
import { formatBytes, parseQuantity } from '../../src/inspect/quantity';

const object = (content: unknown): ManifestObject => objectsOf(content, { locate: () => undefined })[0];

test('reads the template of a StatefulSet with its claim templates as volumes', () => {
  const pod = podOf(
    object({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas: 2,
        template: {
          metadata: { labels: { app: 'db' } },
          spec: {
            initContainers: [{ name: 'before' }, { name: 'beside', restartPolicy: 'Always' }],
            containers: [
              {
                name: 'server',
                image: 'postgres:17',
                volumeMounts: [{ name: 'data', mountPath: '/data/' }],
                env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
              },
            ],
            volumes: [{ name: 'tmp', emptyDir: {} }],
          },
        },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
      },
    }),
  )!;
  expect(pod.replicas).toBe(2);
  expect(pod.containers.map(({ name, role }) => [name, role])).toEqual([
    ['before', 'init'],
    ['beside', 'native-sidecar'],
    ['server', 'app'],
  ]);
  expect(pod.containers[2].mounts).toEqual([
    {
      volume: 'data',
      path: '/data',
      readOnly: false,
      subPath: undefined,
      subPathVariables: [],
      at: ['spec', 'template', 'spec', 'containers', 0, 'volumeMounts', 0],
    },
  ]);
  expect(pod.containers[2].env[0].from).toEqual({ kind: 'Secret', name: 's', key: 'k' });
  expect(pod.volumes.map(({ name, type }) => [name, type])).toEqual([
    ['tmp', 'emptyDir'],
    ['data', 'volumeClaimTemplate'],
  ]);
});

test('what is null in a pod is not given, and what stands beside it keeps its place', () => {
  const [pod] = new Inventory([
    object({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: {
        initContainers: null,
        containers: [null, { name: 'app', command: null, livenessProbe: null }],
        volumes: [
          { name: 'a', hostPath: null, emptyDir: {} },
          { name: 'b', emptyDir: null },
        ],
      },
    }),
  ]).pods;
  expect(pod.containers.map(({ name, at }) => [name, at.join('/')])).toEqual([
    ['', 'spec/containers/0'],
    ['app', 'spec/containers/1'],
  ]);
  expect(pod.containers[1].content).toEqual({ name: 'app' });
  expect(pod.volumes.map(({ name, type }) => [name, type])).toEqual([
    ['a', 'emptyDir'],
    ['b', 'emptyDir'],
  ]);
});

describe('pods that controllers have made', () => {
  const pod = (name: string, ownerKind: string, owner: string, image = 'api:1', volumes: object[] = []) =>
    object({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop', ownerReferences: [{ kind: ownerKind, name: owner, controller: true }] },
      spec: { containers: [{ name: 'app', image }], volumes },
    });
  const maker = (apiVersion: string, kind: string, name: string, namespace = 'shop') =>
    object({ apiVersion, kind, metadata: { name, namespace } });
  const namesOf = (...objects: ManifestObject[]) =>
    new Inventory(objects).pods.map(({ object: { kind, name } }) => `${kind} ${name}`);

  test('are left to the controller of a controller that is not here', () => {
    expect(namesOf(maker('apps/v1', 'Deployment', 'api'), pod('api-5d4f9c-x1', 'ReplicaSet', 'api-5d4f9c'))).toEqual([
      'Deployment api',
    ]);
    expect(namesOf(maker('batch/v1', 'CronJob', 'dump'), pod('dump-29000000-x1', 'Job', 'dump-29000000'))).toEqual([
      'CronJob dump',
    ]);
  });

  test('stay where that is another one, or in another namespace', () => {
    const own = pod('api-5d4f9c-x1', 'ReplicaSet', 'api-5d4f9c');
    expect(namesOf(maker('apps/v1', 'Deployment', 'api-web'), own)).toContain('Pod api-5d4f9c-x1');
    expect(namesOf(maker('apps/v1', 'Deployment', 'api', 'other'), own)).toContain('Pod api-5d4f9c-x1');
  });

  test('are taken once of a controller that is not here, and again where their images differ', () => {
    expect(
      namesOf(
        pod('pg-1', 'Cluster', 'pg'),
        pod('pg-2', 'Cluster', 'pg'),
        pod('pg-3', 'Cluster', 'pg', 'api:2'),
        pod('my-1', 'Cluster', 'my'),
      ),
    ).toEqual(['Pod pg-1', 'Pod pg-3', 'Pod my-1']);
  });

  test('are all taken where they have claims, for each may be another place, or the same one', () => {
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
    expect(namesOf(...['pg-1', 'pg-2'].map(name => pod(name, 'Cluster', 'pg', 'pg:1', volumes)))).toEqual([
      'Pod pg-1',
      'Pod pg-2',
    ]);
  });
});

test('makes no pod of a resource that merely has the name of one', () => {
  expect(podOf(object({ apiVersion: 'serving.knative.dev/v1', kind: 'Deployment', spec: {} }))).toBeUndefined();
});

test('an object is found in the namespace of the one that names it, and by its selector', () => {
  const pod = object({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'x', labels: { app: 'a', tier: 'web' } },
  });
  const service = (namespace: string, selector: object) =>
    object({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace }, spec: { selector } });
  const inventory = new Inventory([pod, service('x', { app: 'a' }), service('y', { app: 'a' })]);
  expect(inventory.find('Service', 's', pod)).toBe(inventory.objects[1]);
  expect(inventory.selecting('Service', inventory.pods[0])).toEqual([inventory.objects[1]]);
  const budget = (matchExpressions: object[]) =>
    new Inventory([
      pod,
      object({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'b', namespace: 'x' },
        spec: { selector: { matchExpressions } },
      }),
    ]);
  for (const [expression, selected] of [
    [{ key: 'app', operator: 'In', values: ['a'] }, 1],
    [{ key: 'app', operator: 'NotIn', values: ['a'] }, 0],
    [{ key: 'app', operator: 'Exists' }, 1],
    [{ key: 'app', operator: 'DoesNotExist' }, 0],
  ] as const) {
    const found = budget([expression]);
    expect(found.selecting('PodDisruptionBudget', found.pods[0])).toHaveLength(selected);
  }
});

test('whatever stands in a manifest, reading it does not fail', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Pod', 'Deployment', 'StatefulSet', 'CronJob'),
      fc.anything({
        maxDepth: 6,
        key: fc.constantFrom(
          'spec',
          'template',
          'containers',
          'volumes',
          'metadata',
          'name',
          'env',
          'volumeMounts',
          'emptyDir',
          '__proto__',
          'valueFrom',
          'jobTemplate',
        ),
      }),
      (kind, spec) => {
        podOf(object({ apiVersion: kind === 'Pod' ? 'v1' : kind === 'CronJob' ? 'batch/v1' : 'apps/v1', kind, spec }));
      },
    ),
  );
});

test.each([
  ['1Gi', 2 ** 30],
  ['500M', 5e8],
  ['100m', 0.1],
  ['1e3', 1000],
  ['0.5Mi', 2 ** 19],
  [3, 3],
  ['1 Gi', undefined],
  ['', undefined],
  ['Gi', undefined],
  [true, undefined],
])('the quantity %p is %p', (quantity, value) => {
  expect(parseQuantity(quantity)).toBe(value);
});

test('bytes are written as people read them', () => {
  expect([0, 512, 1536, 2 ** 30, 1.5 * 2 ** 40].map(formatBytes)).toEqual(['0', '512', '1.5Ki', '1Gi', '1.5Ti']);
});
