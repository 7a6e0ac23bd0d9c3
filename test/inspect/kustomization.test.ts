import { readKustomization } from '../../src/inspect/kustomization';

test('reads the patches and the resources of a kustomization, of any age', () => {
  expect(
    readKustomization(`
resources: [../base, app.yaml]
bases: [../old]
components: [../tls]
patches:
  - path: a.yaml
  - patch: |-
      - op: remove
        path: /spec
patchesStrategicMerge:
  - b.yaml
  - |-
    kind: Deployment
    metadata: {name: a}
patchesJson6902: [{path: c.json, target: {kind: Pod}}]
`),
  ).toEqual({
    isComponent: false,
    patches: ['a.yaml', 'c.json', 'b.yaml'],
    resources: ['../base', 'app.yaml', '../old', '../tls'],
  });
});

test('reads a component', () => {
  expect(readKustomization('apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n')).toEqual({
    isComponent: true,
    patches: [],
    resources: [],
  });
});

test.each([
  ['an object of Flux', 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n'],
  ['a broken file', 'resources: [a'],
])('returns undefined for %s', (_, yaml) => {
  expect(readKustomization(yaml)).toBeUndefined();
});
