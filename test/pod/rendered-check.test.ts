import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import { patchesBelow } from '../../src/pod/rendered-check';

// cdk8s keeps them in a private field: renamed, every object would be taken for patched, and this fails
test('counts the JSON patches of the objects below a construct', () => {
  const chart = Testing.chart();
  const objects = ['a', 'b'].map(id => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' }));
  expect(patchesBelow(chart)).toBe(0);
  objects.forEach(object => object.addJsonPatch(JsonPatch.add('/data', {})));
  expect(patchesBelow(chart)).toBe(2);
});

test('takes an object for patched where its patches cannot be told', () => {
  const chart = Testing.chart();
  const object = new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap' });
  (object as any).patches = undefined;
  expect(patchesBelow(chart)).toBe(Infinity);
});
