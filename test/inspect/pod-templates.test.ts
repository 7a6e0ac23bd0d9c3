import { podsOf } from '../../src/inspect/pod-templates';
import { readYaml } from '../../src/inspect/read-yaml';

const POD = '{metadata: {labels: {a: b}}, spec: {containers: [{name: app, image: "acme/app:1"}]}}';

const podsIn = (apiVersion: string, kind: string, fields: string) =>
  podsOf(
    readYaml(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n${fields}\n`, 'a.yaml').objects[0],
  ).map(({ at, replicas, containers }) => [at.join('.'), replicas, containers.map(({ image }) => image).join()]);

test.each([
  [
    'jobset.x-k8s.io/v1alpha2',
    'JobSet',
    `spec: {replicatedJobs: [{name: w, replicas: 2, template: {spec: {template: ${POD}}}}]}`,
    ['spec.replicatedJobs.0.template.spec.template.spec'],
  ],
  [
    'leaderworkerset.x-k8s.io/v1',
    'LeaderWorkerSet',
    `spec: {leaderWorkerTemplate: {leaderTemplate: ${POD}, workerTemplate: ${POD}, size: 4}}`,
    ['spec.leaderWorkerTemplate.leaderTemplate.spec', 'spec.leaderWorkerTemplate.workerTemplate.spec'],
  ],
  [
    'ray.io/v1',
    'RayCluster',
    `spec: {headGroupSpec: {template: ${POD}}, workerGroupSpecs: [{replicas: 3, template: ${POD}}]}`,
    ['spec.headGroupSpec.template.spec', 'spec.workerGroupSpecs.0.template.spec'],
  ],
  [
    'ray.io/v1',
    'RayService',
    `spec: {rayClusterConfig: {headGroupSpec: {template: ${POD}}}}`,
    ['spec.rayClusterConfig.headGroupSpec.template.spec'],
  ],
  [
    'ray.io/v1',
    'RayJob',
    `spec: {submitterPodTemplate: ${POD}, rayClusterSpec: {headGroupSpec: {template: ${POD}}}}`,
    ['spec.submitterPodTemplate.spec', 'spec.rayClusterSpec.headGroupSpec.template.spec'],
  ],
  ['kubeflow.org/v1', 'Notebook', `spec: {template: ${POD}}`, ['spec.template.spec']],
  ['extensions.agents.x-k8s.io/v1alpha1', 'SandboxTemplate', `spec: {podTemplate: ${POD}}`, ['spec.podTemplate.spec']],
  ['argoproj.io/v1alpha1', 'Rollout', `spec: {replicas: 3, template: ${POD}}`, ['spec.template.spec']],
  ['example.com/v1', 'NeverHeardOf', `spec: {a: {b: {template: ${POD}}}}`, ['spec.a.b.template.spec']],
])('finds the pods of %s %s', (apiVersion, kind, fields, paths) => {
  const pods = podsIn(apiVersion, kind, fields);
  expect(pods.map(([path]) => path)).toEqual(paths);
  expect(pods.every(([, , image]) => image === 'acme/app:1')).toBe(true);
});

test('reads the replicas next to a template, and the claim templates', () => {
  const [object] = readYaml(
    `apiVersion: apps.kruise.io/v1beta1
kind: StatefulSet
metadata: {name: a}
spec:
  replicas: 5
  template:
    spec:
      containers: [{name: app, image: a}]
      volumes: [{name: data, emptyDir: {}}, {name: tmp, emptyDir: {}}]
  volumeClaimTemplates: [{metadata: {name: data}}]
`,
    'a.yaml',
  ).objects;
  const [{ replicas, volumes }] = podsOf(object);
  expect(replicas).toBe(5);
  // a claim template replaces the volume of its name
  expect(volumes.map(({ name, type }) => [name, type])).toEqual([
    ['tmp', 'emptyDir'],
    ['data', 'volumeClaimTemplate'],
  ]);
});

test.each([
  [
    'a partial template',
    'example.com/v1',
    'Db',
    'spec: {podTemplate: {spec: {containers: [{name: db, resources: {}}]}}}',
  ],
  ['a template without containers', 'example.com/v1', 'Db', 'spec: {podTemplate: {spec: {volumes: []}}}'],
  ['a kind of Kubernetes without pods', 'v1', 'ConfigMap', `data: {template: ${POD}}`],
  [
    'the schema of a custom resource',
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    `spec: {template: ${POD}}`,
  ],
])('finds no pods in %s', (_, apiVersion, kind, fields) => {
  expect(podsIn(apiVersion, kind, fields)).toEqual([]);
});
