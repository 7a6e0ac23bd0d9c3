import { podOf } from '../../src/inspect/pods';
import { readYaml } from '../../src/inspect/read-yaml';
import { grows } from '../../src/predicates/grows';

const grown = (name: string, mount: string, container = 'containers') => {
  const manifest = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  ${container}: [{name: a, image: a, volumeMounts: [{name: ${name}, ${mount}}]}]
  volumes: [{name: ${name}, emptyDir: {}}]
`;
  const pod = podOf(readYaml(manifest, 'a.yaml').objects[0])!;
  return grows(pod, pod.volumes[0]);
};

test.each([
  ['cache', 'mountPath: /a', true],
  ['app-logs', 'mountPath: /a', true],
  ['files', 'mountPath: /var/spool/mail-queue', true],
  ['a', 'mountPath: /var/backups', true],
  ['repositories', 'mountPath: /a', true],
  ['data', 'mountPath: /a', false],
  ['catalog', 'mountPath: /a', false],
  ['tmp', 'mountPath: /cache/a', false],
  ['tmp', 'mountPath: /cache, subPath: cache', false],
  ['cache', 'mountPath: /a, readOnly: true', false],
])('tells by the name %s and {%s} whether the files grow: %p', (name, mount, expected) => {
  expect(grown(name, mount)).toBe(expected);
});

test('an init container ends, and its files no longer grow', () => {
  expect(grown('cache', 'mountPath: /a', 'initContainers')).toBe(false);
});

test('a volume that no container mounts is judged by its name', () => {
  const pod = podOf(
    readYaml('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {volumes: [{name: logs}, {name: tmp}]}\n', 'a.yaml')
      .objects[0],
  )!;
  expect(pod.volumes.map(volume => grows(pod, volume))).toEqual([true, false]);
});
