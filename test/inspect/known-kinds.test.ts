import { isKnownKind } from '../../src/inspect/known-kinds';
import { readYaml } from '../../src/inspect/read-yaml';

test.each([
  ['v1', 'ConfigMap', '', true],
  ['networking.k8s.io/v1', 'Ingress', '', true],
  ['cilium.io/v2', 'CiliumNetworkPolicy', '', true],
  ['postgresql.cnpg.io/v1', 'Cluster', '', true],
  ['cluster.x-k8s.io/v1', 'Cluster', '', false],
  ['example.com/v1', 'Widget', '', false],
  ['example.com/v1', 'Widget', 'spec: {template: {spec: {containers: [{name: a, image: a}]}}}', true],
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', '', false],
])('knows %s %s %s: %s', (apiVersion, kind, fields, expected) => {
  const [object] = readYaml(`apiVersion: ${apiVersion}\nkind: ${kind}\n${fields}\n`, 'a.yaml').objects;
  expect(isKnownKind(object)).toBe(expected);
});
