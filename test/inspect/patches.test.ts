import { ApiObject, JsonPatch } from 'cdk8s';
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
