import { ApiObject, JsonPatch } from 'cdk8s';
import { Controller } from '../../src';
import { FIELDS } from '../../src/facts/kubernetes-fields';
import { fieldLines } from '../schemas/fields';
import { synth, workload } from '../synth';

const patched =
  (path: string, value: unknown, controller = Controller.deployment()) =>
  () =>
    synth(chart => {
      ApiObject.of(workload(chart, { controller })).addJsonPatch(JsonPatch.add(path, value));
    });

test('has the fields of the schemas', () => {
  const unwrapped = FIELDS.trim().replace(/\n +/g, ' ').split('\n');
  expect(unwrapped).toEqual(fieldLines('1.37'));
});

test.each([
  ['/spec/template/spec/nodeselector', {}, 'nodeSelector'],
  ['/spec/template/spec/node_selector', {}, 'nodeSelector'],
  ['/spec/template/spec/containers/0/imagePulPolicy', 'IfNotPresent', 'imagePullPolicy'],
  ['/spec/replica', 3, undefined],
  ['/spec/minReadySecond', 3, undefined],
  ['/spec/minReadysSeconds', 3, 'minReadySeconds'],
  ['/metadata/Labels', {}, 'labels'],
])('compares the field of the patch %s with those of Kubernetes', (path, value, field) => {
  const expectation = expect(patched(path, value));
  if (field === undefined) {
    expectation.not.toThrow();
  } else {
    expectation.toThrow(
      `[test/app] '${path}' of Deployment test-app is not a field of Kubernetes. Did you mean '${field}'?`,
    );
  }
});

test('checks the pods of each kind', () => {
  for (const controller of [Controller.statefulSet(), Controller.daemonSet()]) {
    expect(patched('/spec/template/spec/nodeselector', {}, controller)).toThrow("Did you mean 'nodeSelector'?");
  }
});

test.each([
  ['/spec/template/spec/fieldOfNextYear', true],
  ['/spec/template/spec/nodeSelector', { nodeselector: 'a' }],
  ['/metadata/annotations', { 'example.com/Name': 'a' }],
  ['/spec/template/spec/containers/0/lifecycle/preStop', { sleep: { seconds: 9 } }],
])('accepts the patch %s', (path, value) => expect(patched(path, value)).not.toThrow());
