import { auditWith, configMap, messagesOf, PodOptions, podOfKind } from './fixtures';

const RULE = 'config-change-rolls-pods';
const volume = 'configMap: {name: conf}';
const CHANGE = "A change of ConfigMap 'conf' does not restart all pods, because";
const ON_DELETE = `${CHANGE} the update strategy is 'OnDelete'.`;
const immutable = `${configMap('conf')}immutable: true\n`;

test.each<[string, PodOptions, string[]]>([
  ['Deployment', {}, []],
  ['Deployment', { spec: 'paused: true' }, [`${CHANGE} rollouts of the workload are paused.`]],
  ['DaemonSet', {}, []],
  ['DaemonSet', { spec: 'updateStrategy: {type: OnDelete}' }, [ON_DELETE]],
  ['StatefulSet', { spec: 'updateStrategy: {type: OnDelete}' }, [ON_DELETE]],
  [
    'StatefulSet',
    { spec: 'updateStrategy: {rollingUpdate: {partition: 1}}' },
    [`${CHANGE} 'partition' of the update strategy is 1.`],
  ],
  ['Job', {}, []],
  ['CronJob', {}, []],
  ['Pod', {}, []],
])(
  'checks whether a %s with %j replaces its pods after a change of an immutable ConfigMap',
  (kind, options, messages) => {
    expect(messagesOf(RULE, podOfKind(kind, { ...options, volume }), immutable)).toEqual(messages);
  },
);

test('accepts an update strategy that keeps pods if no ConfigMap of the manifests changes them', () => {
  const onDelete = { spec: 'updateStrategy: {type: OnDelete}', volume };
  expect(messagesOf(RULE, podOfKind('DaemonSet', onDelete))).toEqual([]);
  const scripts = podOfKind('StatefulSet', onDelete).replace('/data', '/docker-entrypoint-initdb.d');
  expect(messagesOf(RULE, scripts, immutable)).toEqual([]);
  const watched = podOfKind('DaemonSet', onDelete).replace('acme/app', 'acme/config-reloader');
  expect(messagesOf(RULE, watched, immutable)).toEqual([]);
});

test('reports a ConfigMap once, whether its change is unnoticed or held back', () => {
  const onDelete = podOfKind('DaemonSet', { spec: 'updateStrategy: {type: OnDelete}', volume });
  expect(messagesOf(RULE, onDelete, configMap('conf'))).toEqual([
    "Nothing restarts the pods when ConfigMap 'conf' changes.",
  ]);
});

const waived = configMap('conf', 'annotations: {waiver.cdk8s-storage-patterns/RULE: the app reads it again}');

test.each([
  ['config-change-rolls-pods', ''],
  ['no-sub-path-config', ', subPath: a'],
] as const)('accepts a Job, and a waiver of %s on its ConfigMap is used', (rule, subPath) => {
  for (const kind of ['Job', 'CronJob']) {
    const job = podOfKind(kind, { volume }).replace('mountPath: /data', `mountPath: /data${subPath}`);
    expect(auditWith(rule, job, waived.replace('RULE', rule))).toMatchObject({ findings: [], unusedWaivers: [] });
  }
});
