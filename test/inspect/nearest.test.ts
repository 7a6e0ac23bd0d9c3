import { nearest } from '../../src/inspect/nearest';
import { readYaml } from '../../src/inspect/read-yaml';

const objectIn = (file: string, name = 'a') =>
  readYaml(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`, file).objects[0];

test.each([
  ['k8s/a/pod.yaml', ['k8s/b/config.yaml', 'k8s/a/config.yaml', 'k8s/config.yaml'], 1],
  ['k8s/a/pod.yaml', ['k8s/b/config.yaml', 'config.yaml'], 0],
  ['k8s/a/pod.yaml', ['k8s/a/config.yaml', 'k8s/a/pod.yaml'], 1],
  ['k8s/a/pod.yaml', ['k8s/a/pod.yaml', 'k8s/a/x/config.yaml'], 0],
  ['k8s/a/pod.yaml', ['k8s/a/1.yaml', 'k8s/a/2.yaml'], 1],
  [undefined, ['k8s/a/1.yaml', 'k8s/b/2.yaml'], 1],
])('finds for %s the nearest object of %j', (file, candidates, expected) => {
  const objects = candidates.map(candidate => objectIn(candidate));
  expect(nearest(objects, file)).toBe(objects[expected]);
});

test('finds nothing among no objects', () => {
  expect(nearest([], 'a.yaml')).toBeUndefined();
});
