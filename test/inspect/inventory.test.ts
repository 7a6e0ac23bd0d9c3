import { Inventory } from '../../src/inspect/inventory';
import { ManifestObject, objectsOf } from '../../src/inspect/manifest';

const object = (content: unknown): ManifestObject => objectsOf(content, { locate: () => undefined })[0];

describe('pods of a controller', () => {
  const pod = (name: string, ownerKind: string, owner: string, image = 'api:1', volumes: object[] = []) =>
    object({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop', ownerReferences: [{ kind: ownerKind, name: owner, controller: true }] },
      spec: { containers: [{ name: 'app', image }], volumes },
    });
  const controller = (apiVersion: string, kind: string, name: string, namespace = 'shop') =>
    object({ apiVersion, kind, metadata: { name, namespace } });
  const namesOf = (...objects: ManifestObject[]) =>
    new Inventory(objects).pods.map(({ object: { kind, name } }) => `${kind} ${name}`);

  test('are omitted if the inventory contains the controller of their controller', () => {
    expect(
      namesOf(controller('apps/v1', 'Deployment', 'api'), pod('api-5d4f9c-x1', 'ReplicaSet', 'api-5d4f9c')),
    ).toEqual(['Deployment api']);
    expect(namesOf(controller('batch/v1', 'CronJob', 'dump'), pod('dump-29000000-x1', 'Job', 'dump-29000000'))).toEqual(
      ['CronJob dump'],
    );
  });

  test('are kept if the controller has another name or namespace', () => {
    const replica = pod('api-5d4f9c-x1', 'ReplicaSet', 'api-5d4f9c');
    expect(namesOf(controller('apps/v1', 'Deployment', 'api-web'), replica)).toContain('Pod api-5d4f9c-x1');
    expect(namesOf(controller('apps/v1', 'Deployment', 'api', 'other'), replica)).toContain('Pod api-5d4f9c-x1');
  });

  test('count once if the controller is missing, and again if their images differ', () => {
    expect(
      namesOf(
        pod('pg-1', 'Cluster', 'pg'),
        pod('pg-2', 'Cluster', 'pg'),
        pod('pg-3', 'Cluster', 'pg', 'api:2'),
        pod('my-1', 'Cluster', 'my'),
      ),
    ).toEqual(['Pod pg-1', 'Pod pg-3', 'Pod my-1']);
  });

  test('are all kept if they mount claims, which can be different or shared', () => {
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
    expect(namesOf(...['pg-1', 'pg-2'].map(name => pod(name, 'Cluster', 'pg', 'pg:1', volumes)))).toEqual([
      'Pod pg-1',
      'Pod pg-2',
    ]);
  });
});

test('finds objects by name in a namespace, and by selector', () => {
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

test('finds the autoscaler of an object in its namespace', () => {
  const deployment = (namespace: string) =>
    object({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api', namespace } });
  const autoscaler = object({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'api' }, minReplicas: 2, maxReplicas: 5 },
  });
  const inventory = new Inventory([deployment('shop'), deployment('other'), autoscaler]);
  expect(inventory.objects.map(found => inventory.autoscalerOf(found))).toEqual([autoscaler, undefined, undefined]);
});
