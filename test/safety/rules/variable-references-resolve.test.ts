import { configMap, messagesOf, podOfKind } from './fixtures';

const checked = (container: string, ...documents: string[]) =>
  messagesOf('variable-references-resolve', podOfKind('Deployment', { container }), ...documents);
const SETTINGS = 'envFrom: [{configMapRef: {name: m}}]';

test('reports references to nothing in values and arguments', () => {
  expect(checked('env: [{name: HOST, value: db}, {name: URL, value: "http://$(HOTS)"}]')).toEqual([
    "Variable 'URL' of container 'app' refers to '$(HOTS)', but the container has no variable of this name.",
  ]);
  expect(checked('args: ["--port=$(PORT)"], env: [{name: HOST, value: db}]')).toEqual([
    "'args[0]' of container 'app' refers to '$(PORT)', but the container has no variable of this name.",
  ]);
  expect(checked('env: [{name: URL, value: "http://$(HOST)"}, {name: HOST, value: db}]')).toEqual([
    expect.stringContaining('is defined after it'),
  ]);
});

test('knows the variables of a ConfigMap that is among the manifests', () => {
  const map = configMap('m').replace('{a: b}', '{PORT: "1"}');
  expect(checked(`args: ["$(PORT)"], ${SETTINGS}`, map)).toEqual([]);
  expect(checked(`args: ["$(HOST)"], ${SETTINGS}`, map)).toHaveLength(1);
  expect(checked(`args: ["$(HOST)"], ${SETTINGS}`)).toEqual([]);
});

test.each([
  'args: ["$(A)"], env: [{name: A, value: a}]',
  'args: ["$$(A)"], env: [{name: B, value: b}]',
  'args: ["$(date)"], env: [{name: B, value: b}]',
  'args: ["$(DB_SERVICE_HOST)"], env: [{name: B, value: b}]',
  // a webhook can inject the variables
  'args: ["$(A)"]',
])('accepts {%s}', container => {
  expect(checked(container)).toEqual([]);
});

test('is silent about a custom resource, whose controller can add variables', () => {
  const container = '{name: a, image: a, args: ["$(LWS_GROUP_SIZE)"], env: [{name: A, value: b}]}';
  const custom = `apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: a}
spec: {leaderWorkerTemplate: {workerTemplate: {spec: {containers: [${container}]}}}}
`;
  expect(messagesOf('variable-references-resolve', custom)).toEqual([]);
});
