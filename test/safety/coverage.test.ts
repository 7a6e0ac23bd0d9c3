import { readYaml } from '../../src/inspect/read-yaml';
import { coverageOf } from '../../src/safety/coverage';

const objects = (...documents: readonly string[]) => readYaml(documents.join('---\n'), 'a.yaml').objects;
const object = (apiVersion: string, kind: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`;

test('looks at the built-in kinds', () => {
  const builtIn = objects(
    object('v1', 'Secret'),
    object('apps/v1', 'StatefulSet'),
    object('storage.k8s.io/v1', 'StorageClass'),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole'),
    object('policy/v1', 'PodDisruptionBudget'),
  );
  expect(coverageOf(builtIn)).toEqual({ lookedAt: 5, unknownKinds: [], patches: 0, passedOver: [] });
});

test('counts unknown kinds by their groups, the most frequent first', () => {
  const custom = objects(
    object('cluster.x-k8s.io/v1beta1', 'Cluster'),
    object('postgresql.cnpg.io/v1', 'Cluster'),
    object('postgresql.cnpg.io/v1', 'Cluster'),
    object('v1', 'Secret'),
  );
  expect(coverageOf(custom, { patches: 1 })).toEqual({
    lookedAt: 1,
    unknownKinds: [
      { kind: 'Cluster', apiGroup: 'postgresql.cnpg.io', count: 2 },
      { kind: 'Cluster', apiGroup: 'cluster.x-k8s.io', count: 1 },
    ],
    patches: 1,
    passedOver: [],
  });
});
