import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import { countPatches } from '../../src/inspect/patches';

// cdk8s keeps patches in a private field: this fails if the field is renamed
test('counts the JSON patches of the objects below a construct', () => {
  const chart = Testing.chart();
  const objects = ['a', 'b'].map(id => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' }));
  expect(countPatches(chart)).toBe(0);
  objects.forEach(object => object.addJsonPatch(JsonPatch.add('/data', {})));
  expect(countPatches(chart)).toBe(2);
});

test('returns Infinity if the patches of an object are unknown', () => {
  const chart = Testing.chart();
  const object = new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap' });
  (object as any).patches = undefined;
  expect(countPatches(chart)).toBe(Infinity);
});
