import { ApiObject, JsonPatch } from 'cdk8s';
import { Controller, Waiver } from '../../src';
import { synth, workload } from '../synth';

const patched = (patch: JsonPatch, child?: string) => () =>
  synth(chart => {
    const app = workload(chart);
    ApiObject.of(child === undefined ? app : app.node.findChild(child)).addJsonPatch(
      JsonPatch.add('/metadata/annotations', { a: 'b' }),
      patch,
    );
  });
const CORRECT = "Correct the path, or first add the part that is missing with 'JsonPatch.add'.";

test('says which part of the path of a JSON patch is missing', () => {
  expect(patched(JsonPatch.add('/spec/template/spec/nodeSelector/zone', 'a'))).toThrow(
    "[test/app/Resource] The JSON patch 'add /spec/template/spec/nodeSelector/zone' does not apply: " +
      "'/spec/template/spec' has no 'nodeSelector', only 'affinity', 'automountServiceAccountToken', 'containers',",
  );
  expect(patched(JsonPatch.add('/spec/template/spec/nodeSelector/zone', 'a'))).toThrow(CORRECT);
});

test('says how many elements a list has', () => {
  expect(patched(JsonPatch.replace('/spec/template/spec/containers/3/name', 'a'))).toThrow(
    "'/spec/template/spec/containers' has no '3', because it is a list with 1 elements.",
  );
});

test('explains patches of objects of cdk8s-plus-28', () => {
  expect(patched(JsonPatch.add('/spec/sessionAffinityConfig/clientIP', {}), 'Service')).toThrow(
    "[test/app/Service/Resource] The JSON patch 'add /spec/sessionAffinityConfig/clientIP' does not apply: '/spec' " +
      "has no 'sessionAffinityConfig', only 'ports',",
  );
});

test('keeps patches that apply', () => {
  const [deployment] = patched(JsonPatch.add('/spec/template/spec/priorityClassName', 'high'))();
  expect(deployment).toMatchObject({
    metadata: { annotations: { a: 'b' } },
    spec: { template: { spec: { priorityClassName: 'high' } } },
  });
});

test.each<[string, JsonPatch, string]>([
  ['a value', JsonPatch.remove('/spec/revisionHistory'), "'/spec' has no 'revisionHistory', only 'replicas',"],
  ['a value', JsonPatch.move('/spec/revisionHistory', '/spec/a'), "'/spec' has no 'revisionHistory', only 'replicas',"],
  ['a value', JsonPatch.copy('/spec/revisionHistory', '/spec/a'), "'/spec' has no 'revisionHistory', only 'replicas',"],
  ['a value', JsonPatch.test('/spec/replicas', 9), "'/spec/replicas' is not a valid target."],
  ['a slash', JsonPatch.add('spec/replicas', 3), "'spec/replicas' is not a JSON pointer, which starts with '/'."],
])('refuses a patch whose path lacks %s, which cdk8s ignores: %j', (_, patch, problem) => {
  expect(patched(patch)).toThrow(`does not apply: ${problem}`);
  expect(patched(patch)).toThrow(CORRECT);
});

test.each<[string, JsonPatch]>([
  ['kind', JsonPatch.replace('/kind', 'Deploymnt')],
  ['kind', JsonPatch.remove('/kind')],
  ['apiVersion', JsonPatch.replace('/apiVersion', 'apps/v1beta1')],
  ['apiVersion', JsonPatch.replace('', { a: 1 })],
  ['metadata.name', JsonPatch.remove('/metadata')],
  ['metadata.name', JsonPatch.replace('/metadata/name', 7)],
])('refuses a patch that changes %s: %j', (field, patch) => {
  const problem = `[test/app/Resource] A JSON patch removes or changes '${field}', which identifies the object.`;
  expect(patched(patch)).toThrow(problem);
  // the name of a Job ends in a hash
  const ofJob = () =>
    synth(chart => {
      ApiObject.of(workload(chart, { port: undefined, controller: Controller.job() })).addJsonPatch(patch);
    });
  expect(ofJob).toThrow(problem);
});

test('accepts a patch that replaces a default that is waived', () => {
  const waivers = [Waiver.noServiceLinks('the app reads them')];
  const [deployment] = synth(chart => {
    const patch = JsonPatch.replace('/spec/template/spec/enableServiceLinks', true);
    ApiObject.of(workload(chart, { waivers })).addJsonPatch(patch);
  });
  expect(deployment.spec.template.spec.enableServiceLinks).toBe(true);
});

test('accepts another name', () => {
  const [deployment] = patched(JsonPatch.replace('/metadata/name', 'other'))();
  expect(deployment.metadata.name).toBe('other');
});
