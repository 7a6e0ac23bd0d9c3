import { configMap, messagesOf, podOfKind } from './fixtures';

const checked = (volume: string, securityContext: string, container = '', ...documents: string[]) =>
  messagesOf(
    'config-is-readable',
    podOfKind('Deployment', { volume, container, pod: `securityContext: {${securityContext}}` }),
    ...documents,
  );
const SECRET = 'secret: {secretName: token, defaultMode: 0400}';

test('reports the user, the files and the mode', () => {
  expect(checked(SECRET, 'runAsNonRoot: true')).toEqual([
    "Container 'app' runs as a user other than root, which cannot read the files in '/data' of Secret 'token' with " +
      "the mode 0400 and without an 'fsGroup'.",
  ]);
  expect(checked('configMap: {name: m, items: [{key: a, path: b, mode: 0600}]}', 'runAsUser: 7')).toEqual([
    "Container 'app' runs as user 7, which cannot read '/data/b' of ConfigMap 'm' with the mode 0600 and without an " +
      "'fsGroup'.",
  ]);
});

test.each([
  [SECRET, 'runAsUser: 0'],
  [SECRET, ''],
  [SECRET, 'runAsUser: 7, fsGroup: 7'],
  ['secret: {secretName: token}', 'runAsUser: 7'],
  ['secret: {secretName: token, defaultMode: 0440}', 'runAsUser: 7, runAsGroup: 0'],
  ['emptyDir: {}', 'runAsUser: 7'],
  // the kubelet gives a token to the user of the pod
  ['projected: {defaultMode: 0400, sources: [{serviceAccountToken: {path: token}}]}', 'runAsUser: 7'],
])('accepts {%s} with {%s}', (volume, securityContext) => {
  expect(checked(volume, securityContext)).toEqual([]);
});

test('reports one of several files only if the container names it', () => {
  const volume = 'secret: {secretName: s, items: [{key: a, path: a, mode: 0400}, {key: b, path: b, mode: 0444}]}';
  expect(checked(volume, 'runAsUser: 7')).toEqual([]);
  expect(checked(volume, 'runAsUser: 7', 'args: [--key=/data/a]')).toHaveLength(1);
  expect(checked(volume, 'runAsUser: 7', 'args: [--key=/data/b]')).toEqual([]);
});

test('knows the files of a projected volume by the manifests', () => {
  const volume = 'projected: {defaultMode: 0400, sources: [{configMap: {name: m}}]}';
  expect(checked(volume, 'runAsUser: 7')).toEqual([expect.stringContaining("the files in '/data'")]);
  expect(checked(volume, 'runAsUser: 7', '', configMap('m'))).toEqual([expect.stringContaining("'/data/a'")]);
});

test.each([
  ['{secret: {name: a}}, {configMap: {name: b}}', 1],
  // the kubelet lets the user of the container read a token
  ['{secret: {name: a}}, {serviceAccountToken: {path: token}}', 0],
])('checks the unknown files of a projected volume with [%s]', (sources, count) => {
  const pod = podOfKind('Deployment', {
    pod: 'securityContext: {runAsUser: 1000, runAsGroup: 1000}',
    volume: `projected: {defaultMode: 0400, sources: [${sources}]}`,
  });
  expect(messagesOf('config-is-readable', pod)).toHaveLength(count);
});

test.each([
  ['grafana/grafana:12.1.0', '0400', 1],
  // its group is that of root
  ['grafana/grafana:12.1.0', '0440', 0],
  ['prom/prometheus:v3.5.0', '0440', 1],
  ['acme/app:1', '0400', 0],
])('compares the user of the image %s with the mode %s', (image, mode, count) => {
  const pod = podOfKind('Deployment', { volume: `secret: {secretName: token, defaultMode: ${mode}}` });
  expect(messagesOf('config-is-readable', pod.replace('acme/app:1', image))).toHaveLength(count);
});
