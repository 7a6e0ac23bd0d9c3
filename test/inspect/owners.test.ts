import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';

const owned = (kind: string, name: string, owner: string) => `apiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}
kind: ${kind}
metadata: {name: ${name}, ownerReferences: [{controller: true, ${owner}}]}
spec: {template: {spec: {containers: [{name: a, image: a}]}}, containers: [{name: a, image: a}]}
`;
const object = (apiVersion: string, kind: string, metadata = 'name: a') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {${metadata}}\n`;

function inventoryOf(...documents: string[]): Inventory {
  return new Inventory(readYaml(documents.join('---\n'), 'a.yaml').objects);
}

const CREATED = [{ count: 1, reason: 'objects that a controller created' }];

test.each([
  ['a Pod of a StatefulSet', owned('Pod', 'a-0', 'kind: StatefulSet, name: a'), object('apps/v1', 'StatefulSet')],
  ['a Pod of a missing ReplicaSet', owned('Pod', 'x', 'kind: ReplicaSet, name: a-1'), object('apps/v1', 'Deployment')],
  ['a StatefulSet of an operator', owned('StatefulSet', 'a', 'kind: Db, name: a'), object('db.example.com/v1', 'Db')],
  ['a static Pod', owned('Pod', 'etcd', 'apiVersion: v1, kind: Node, name: n'), ''],
  [
    'a Pod whose owner has the same uid',
    owned('Pod', 'a-0', 'kind: StatefulSet, name: a, uid: u1'),
    object('apps/v1', 'StatefulSet', 'name: a, uid: u1'),
  ],
])('omits %s, and counts it', (_, created, creator) => {
  const inventory = inventoryOf(created, creator);
  expect(inventory.pods.filter(pod => pod.object === inventory.objects[0])).toEqual([]);
  expect(inventory.passedOver).toEqual(CREATED);
});

test.each([
  ['a Deployment that owns itself', owned('Deployment', 'a', 'kind: Deployment, name: a'), ''],
  ['a Deployment of a node', owned('Deployment', 'a', 'apiVersion: v1, kind: Node, name: n'), ''],
  [
    'a Deployment of a ConfigMap',
    owned('Deployment', 'a', 'kind: ConfigMap, name: b'),
    object('v1', 'ConfigMap', 'name: b'),
  ],
  ['a Deployment of a Job', owned('Deployment', 'a', 'kind: Job, name: b'), object('batch/v1', 'Job', 'name: b')],
  ['a Pod whose owner is missing', owned('Pod', 'a', 'kind: Db, name: a'), ''],
  [
    'a Pod whose owner has another uid',
    owned('Pod', 'a-0', 'kind: StatefulSet, name: a, uid: u1'),
    object('apps/v1', 'StatefulSet', 'name: a, uid: u2'),
  ],
])('checks %s', (_, created, owner) => {
  const inventory = inventoryOf(created, owner);
  expect(inventory.pods.map(pod => pod.object)).toContain(inventory.objects[0]);
  expect(inventory.passedOver).toEqual([]);
});

const hooked = (kind: string, hook: string) =>
  owned(kind, 'a', 'kind: None, name: a').replace('{name: a,', `{name: a, annotations: {helm.sh/hook: "${hook}"},`);

test.each(['test', 'test-success', 'test-failure', 'test-success, test-failure'])(
  'omits a Pod of the hook %s',
  hook => {
    const { pods, passedOver } = inventoryOf(hooked('Pod', hook));
    expect({ pods, passedOver }).toEqual({ pods: [], passedOver: [{ count: 1, reason: 'tests of Helm charts' }] });
  },
);

test.each([
  ['Pod', 'latest-greatest'],
  ['Pod', 'pre-install'],
  ['Pod', 'test,post-install'],
  ['Deployment', 'test'],
])('checks a %s of the hook %s', (kind, hook) => {
  expect(inventoryOf(hooked(kind, hook)).pods).toHaveLength(1);
});
