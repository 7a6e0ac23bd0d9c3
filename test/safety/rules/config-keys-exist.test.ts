import { configMap, messagesOf, podOfKind } from './fixtures';

const checked = (options: Parameters<typeof podOfKind>[1], object = configMap('m')) =>
  messagesOf('config-keys-exist', podOfKind('Deployment', options), object);
const variable = (reference: string) => ({ container: `env: [{name: A, valueFrom: {${reference}}}]` });

test('reports keys that an object does not contain', () => {
  expect(checked(variable('configMapKeyRef: {name: m, key: x}'))).toEqual([
    "Variable 'A' refers to the key 'x', which ConfigMap 'm' does not contain; it contains 'a'.",
  ]);
  expect(checked({ volume: 'configMap: {name: m, items: [{key: x, path: y}]}' })).toEqual([
    "A volume lists the key 'x', which ConfigMap 'm' does not contain; it contains 'a'.",
  ]);
  expect(
    checked({ volume: 'projected: {sources: [{configMap: {name: m, items: [{key: x, path: y}]}}]}' }),
  ).toHaveLength(1);
});

test.each([
  variable('configMapKeyRef: {name: m, key: a}'),
  variable('configMapKeyRef: {name: m, key: x, optional: true}'),
  variable('configMapKeyRef: {name: other, key: x}'),
  variable('secretKeyRef: {name: m, key: x}'),
  { volume: 'configMap: {name: m, optional: true, items: [{key: x, path: y}]}' },
])('accepts %j', options => {
  expect(checked(options)).toEqual([]);
});

test.each([
  configMap('m').replace('data: {a: b}\n', ''),
  configMap('m', 'annotations: {cert-manager.io/inject-ca-from: a}'),
  configMap('m', 'labels: {config.openshift.io/inject-trusted-cabundle: "true"}'),
])('is silent about an object that a controller fills: %j', object => {
  expect(checked(variable('configMapKeyRef: {name: m, key: x}'), object)).toEqual([]);
});

const file = (subPath: string, volume: string) =>
  messagesOf(
    'config-keys-exist',
    podOfKind('Deployment', { volume }).replace('mountPath: /data', `mountPath: /data, ${subPath}`),
    configMap('m'),
  );

test('reports a file that no source of its volume contains', () => {
  expect(file('subPath: b', 'configMap: {name: m}')).toEqual([
    "'/data' is mounted from the file 'b', which ConfigMap 'm' does not contain; it contains 'a'.",
  ]);
  expect(file('subPath: a', 'configMap: {name: m, items: [{key: a, path: b}]}')).toHaveLength(1);
});

test.each([
  ['subPath: a', 'configMap: {name: m}'],
  ['subPath: b', 'configMap: {name: m, items: [{key: a, path: b}]}'],
  ['subPath: b', 'configMap: {name: m, items: [{key: a, path: b/c}]}'],
  ['subPath: b', 'configMap: {name: other}'],
  ['subPath: b', 'projected: {sources: [{configMap: {name: m}}, {downwardAPI: {}}]}'],
  ['subPathExpr: $(A)', 'configMap: {name: m}'],
])('accepts %s of {%s}', (subPath, volume) => {
  expect(file(subPath, volume)).toEqual([]);
});

test('is silent about an object of which the manifests contain several variants', () => {
  const options = variable('configMapKeyRef: {name: m, key: x}');
  expect(checked(options, `${configMap('m')}---\n${configMap('m').replace('a: b', 'x: y')}`)).toEqual([]);
});
