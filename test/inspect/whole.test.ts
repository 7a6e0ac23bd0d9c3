import { readYaml } from '../../src/inspect/read-yaml';
import { isPatch } from '../../src/inspect/whole';

const isPatchOf = (kind: string, spec: string, apiVersion = 'apps/v1') =>
  isPatch(readYaml(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n${spec}\n`, 'a.yaml').objects[0]);

const APP = 'containers: [{name: a, image: a}]';

test.each([
  ['replicas only', 'Deployment', 'spec: {replicas: 3}'],
  ['resources of a container', 'StatefulSet', 'spec: {template: {spec: {containers: [{name: a, resources: {}}]}}}'],
  ['an image, without a selector', 'Deployment', `spec: {template: {spec: {${APP}}}}`],
  ['a selector, without an image', 'DaemonSet', 'spec: {selector: {}, template: {spec: {containers: [{name: a}]}}}'],
  ['a node selector', 'CronJob', 'spec: {jobTemplate: {spec: {template: {spec: {nodeSelector: {}}}}}}', 'batch/v1'],
  ['the schedule', 'CronJob', 'spec: {schedule: "@daily"}', 'batch/v1'],
  ['an image of one of two containers', 'Pod', 'spec: {containers: [{name: a, image: a}, {name: b}]}', 'v1'],
  ['the size of a claim', 'PersistentVolumeClaim', 'spec: {resources: {requests: {storage: 1Gi}}}', 'v1'],
  ['metadata only', 'Deployment', ''],
  ['a deletion', 'ConfigMap', '$patch: delete', 'v1'],
  ['the deletion of a spec', 'Service', 'spec: {$patch: replace}', 'v1'],
])('takes an object for a patch that contains %s', (...[, kind, spec, apiVersion]) => {
  expect(isPatchOf(kind, spec, apiVersion)).toBe(true);
});

test.each([
  ['Deployment', `spec: {selector: {}, template: {spec: {${APP}}}}`],
  ['Deployment', `spec: {template: {spec: {${APP}}}}`, 'extensions/v1beta1'],
  ['Job', `spec: {template: {spec: {${APP}}}}`, 'batch/v1'],
  ['Pod', 'spec: {volumes: []}', 'v1'],
  ['Pod', `spec: {${APP}}`, 'v1'],
  ['ConfigMap', 'data: {a: b}', 'v1'],
  ['PersistentVolumeClaim', 'spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1}}}', 'v1'],
  ['Service', 'spec: {type: NodePort}', 'v1'],
  ['Deployment', 'spec: {}', 'example.com/v1'],
])('takes a %s with %s for a whole object', (...[kind, spec, apiVersion]) => {
  expect(isPatchOf(kind, spec, apiVersion)).toBe(false);
});
