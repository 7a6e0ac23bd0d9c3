import type { PassedOver } from '../../src/inspect/manifest';
import { readYaml } from '../../src/inspect/read-yaml';
import { coverageOf } from '../../src/safety/coverage';

const audited = (documents: readonly string[], passedOver: readonly PassedOver[] = []) => ({
  objects: readYaml(documents.join('---\n'), 'a.yaml').objects,
  passedOver,
});
const object = (apiVersion: string, kind: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`;

test('looks at the built-in kinds', () => {
  const builtIn = audited([
    object('v1', 'Secret'),
    object('apps/v1', 'StatefulSet'),
    object('storage.k8s.io/v1', 'StorageClass'),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole'),
    object('policy/v1', 'PodDisruptionBudget'),
  ]);
  expect(coverageOf(builtIn)).toEqual({ lookedAt: 5, unknownKinds: [], patches: 0, passedOver: [] });
});

test('counts unknown kinds by their groups, the most frequent first', () => {
  const custom = audited([
    object('cluster.x-k8s.io/v1beta1', 'Cluster'),
    object('example.com/v1', 'Cluster'),
    object('example.com/v1', 'Cluster'),
    object('v1', 'Secret'),
  ]);
  expect(coverageOf(custom, { patches: 1 })).toEqual({
    lookedAt: 1,
    unknownKinds: [
      { kind: 'Cluster', apiGroup: 'example.com', count: 2 },
      { kind: 'Cluster', apiGroup: 'cluster.x-k8s.io', count: 1 },
    ],
    patches: 1,
    passedOver: [],
  });
});

test('does not count objects that are passed over as looked at', () => {
  const tests = { count: 1, reason: 'tests of Helm charts' };
  const files = { count: 2, reason: 'files without Kubernetes objects' };
  expect(coverageOf(audited([object('v1', 'Pod'), object('v1', 'Secret')], [tests]), { passedOver: [files] })).toEqual({
    lookedAt: 1,
    unknownKinds: [],
    patches: 0,
    passedOver: [tests, files],
  });
});
