import { auditWith, configMap, messagesOf, PodOptions, podOfKind, severitiesOf } from './fixtures';

const RULE = 'config-change-rolls-pods';
const volume = 'configMap: {name: conf}';
const immutable = `${configMap('conf')}immutable: true\n`;
const metadata = `annotations: {waiver.cdk8s-storage-patterns/${RULE}: an operator replaces the pods}`;

test.each<[string, PodOptions]>([
  ['Deployment', { spec: 'paused: true' }],
  ['DaemonSet', { spec: 'updateStrategy: {type: OnDelete}' }],
  ['StatefulSet', { spec: 'updateStrategy: {type: OnDelete}' }],
  ['StatefulSet', { spec: 'updateStrategy: {rollingUpdate: {partition: 1}}' }],
])('accepts a %s with %j, which is configured to keep pods, and a waiver of it is used', (kind, options) => {
  expect(messagesOf(RULE, podOfKind(kind, { ...options, volume }), immutable)).toEqual([]);
  const waived = podOfKind(kind, { ...options, volume, metadata });
  expect(auditWith(RULE, waived, immutable).unusedWaivers).toEqual([]);
});

test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'])('a waiver of a %s that rolls out is unused', kind => {
  const waived = podOfKind(kind, { volume, metadata });
  expect(auditWith(RULE, waived, immutable)).toMatchObject({ findings: [], unusedWaivers: [{ ruleId: RULE }] });
});

test('reports a ConfigMap whose change is unnoticed, whatever the update strategy', () => {
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

test.each([
  ['Deployment', '{app.conf: "a=b"}', 'warning'],
  ['Deployment', '{run.sh: "#!/bin/sh"}', 'info'],
  // the app keeps its defaults
  ['Deployment', '{}', 'info'],
  ['Pod', '{app.conf: "a=b"}', 'info'],
])('a change that does not restart a %s with the files %s has the severity %s', (kind, data, severity) => {
  const settings = configMap('conf').replace('{a: b}', data);
  expect(severitiesOf(RULE, podOfKind(kind, { volume }), settings)).toEqual([severity]);
});

test.each(['quay.io/argoproj/argocd:v3.1.0', 'quay.io/cephcsi/cephcsi:v3.15.0'])('%s reads its files again', image => {
  const manifest = podOfKind('Deployment', { volume }).replace('acme/app:1', image);
  expect(messagesOf(RULE, manifest, configMap('conf'))).toEqual([]);
});

test.each([
  ['OnDelete', 'info'],
  ['RollingUpdate', 'warning'],
])('a change without a rollout has with the update strategy %s the severity %s', (type, severity) => {
  const pod = podOfKind('StatefulSet', { volume, spec: `updateStrategy: {type: ${type}}` });
  expect(severitiesOf(RULE, pod, configMap('conf'))).toEqual([severity]);
});

test.each([
  [1, 'warning'],
  [3, 'info'],
])('a change that restarts none of %i servers with state has the severity %s', (replicas, severity) => {
  const pod = podOfKind('StatefulSet', { volume, spec: `replicas: ${replicas}` });
  expect(severitiesOf(RULE, pod.replace('acme/app:1', 'rabbitmq:4.1'), configMap('conf'))).toEqual([severity]);
});

test.each([
  ['cp -n /in/app.conf /data/', 'info'],
  ['cp --no-clobber /in/app.conf /data/', 'info'],
  ['if [ ! -f /data/app.conf ]; then cp /in/app.conf /data/; fi', 'info'],
  ['cp /in/app.conf /data/', 'warning'],
])('a change of files that an init container copies with %j has the severity %s', (script, severity) => {
  const init = `initContainers: [{name: copy, image: "busybox:1.37", command: [sh, -c, "${script}"], volumeMounts: [
    {name: in, mountPath: /in}]}]`;
  const pod = podOfKind('Deployment', { pod: init, volume: 'persistentVolumeClaim: {claimName: data}' });
  const manifest = pod.replace('volumes: [', 'volumes: [{name: in, configMap: {name: conf}}, ');
  expect(severitiesOf(RULE, manifest, configMap('conf'))).toEqual([severity]);
  // the app reads the files too
  const read = manifest.replace('volumeMounts: [{name: data', 'volumeMounts: [{name: in, mountPath: /in}, {name: data');
  expect(severitiesOf(RULE, read, configMap('conf'))).toEqual(['warning']);
});

const variable = (key: string) =>
  `env: [{name: A, valueFrom: {configMapKeyRef: {name: conf, key: ${key}, optional: true}}}]`;

test.each([
  [variable('a'), undefined, 'warning'],
  [variable('missing'), undefined, 'info'],
  [`${variable('missing')}, envFrom: [{configMapRef: {name: conf}}]`, undefined, 'warning'],
  ['', 'configMap: {name: conf, items: [{key: a, path: a}]}', 'warning'],
  ['', 'configMap: {name: conf, optional: true, items: [{key: missing, path: a}]}', 'info'],
])('a change of a ConfigMap that a pod reads by {%s} and {%s} has the severity %s', (container, source, severity) => {
  expect(severitiesOf(RULE, podOfKind('Deployment', { container, volume: source }), configMap('conf'))).toEqual([
    severity,
  ]);
});
