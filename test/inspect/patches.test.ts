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

test.each<[string, JsonPatch]>([
  ['nodeSelector', JsonPatch.add('/spec/template/spec/nodeselector/zone', 'a')],
  ['strategy', JsonPatch.replace('/spec/Strategy', {})],
  ['spec', JsonPatch.remove('/Spec/replicas')],
  ['imagePullPolicy', JsonPatch.test('/spec/template/spec/containers/0/imagepullpolicy', 'Always')],
])('asks whether a path means %s', (field, patch) => {
  expect(patched(patch)).toThrow(`. Did you mean '${field}'? Correct the path, or `);
});

test.each<[JsonPatch]>([
  [JsonPatch.add('/spec/template/spec/nodeSelector/zone', 'a')],
  [JsonPatch.remove('/metadata/labels/spec')],
  [JsonPatch.remove('/spec/template/spec/containers/3')],
  [JsonPatch.remove('/nothing/like/it')],
])('asks nothing about a path that misspells no field: %j', patch => {
  expect(patched(patch)).toThrow(CORRECT);
  expect(patched(patch)).not.toThrow('Did you mean');
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

test.each(['add', 'replace'] as const)('accepts a patch that sets a default that is waived with %s', operation => {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
  const path = '/spec/template/spec/enableServiceLinks';
  const define = (waivers: Waiver[]) => () =>
    synth(chart => {
      ApiObject.of(workload(chart, { waivers })).addJsonPatch(JsonPatch[operation](path, true));
    });
  expect(define([])).toThrow("Or waive the rule with 'Waiver.noServiceLinks(reason)'.");
  expect(emitWarning).not.toHaveBeenCalled();
  const [deployment] = define([Waiver.noServiceLinks('the app reads them')])();
  expect(deployment.spec.template.spec.enableServiceLinks).toBe(true);
  const warning =
    `[test/app/Resource] The JSON patch 'replace ${path}' has no value to replace, because a waiver omits the ` +
    "default. Use 'JsonPatch.add'.";
  expect(emitWarning.mock.calls.map(([text]) => text)).toEqual(operation === 'add' ? [] : [warning]);
  emitWarning.mockRestore();
});

test.each<[string, () => unknown]>([
  ['a field that no waiver omits', patched(JsonPatch.replace('/spec/template/spec/hostNetwork', true))],
  ['a field that is not there', patched(JsonPatch.replace('/spec/revisionHistoryLimit', 3))],
  ['a field of another object', patched(JsonPatch.replace('/spec/externalName', 'a.example.com'), 'Service')],
])('refuses a patch that replaces %s, and names the patch that adds it', (_, program) => {
  expect(program).toThrow("Correct the path, or use 'JsonPatch.add', which also sets a value that is not there.");
  expect(program).toThrow(/The JSON patch 'replace [^']+' does not apply: '[^']+' has no '\w+', only '/);
});

test('accepts a patch that replaces a value of a patch before it', () => {
  const [deployment] = synth(chart => {
    ApiObject.of(workload(chart)).addJsonPatch(
      JsonPatch.add('/metadata/annotations', { a: null }),
      JsonPatch.replace('/metadata/annotations/a', 'b'),
    );
  });
  expect(deployment.metadata.annotations).toEqual({ a: 'b' });
});

test('accepts another name', () => {
  const [deployment] = patched(JsonPatch.replace('/metadata/name', 'other'))();
  expect(deployment.metadata.name).toBe('other');
});
