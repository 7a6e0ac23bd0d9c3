import { objectsOf } from '../../src/inspect/manifest';
import { isSingleNode } from '../../src/predicates/is-single-node';

test.each<[string[] | undefined, boolean | undefined]>([
  [['ReadWriteOnce'], true],
  [['ReadWriteOncePod'], true],
  [['ReadWriteMany'], false],
  [['ReadWriteOnce', 'ReadOnlyMany'], false],
  // the API server requires an access mode
  [undefined, undefined],
])('only one node can mount a claim with the access modes %p: %p', (accessModes, expected) => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec: { accessModes } };
  expect(isSingleNode(objectsOf(claim, { locate: () => undefined })[0])).toBe(expected);
});

test('does not judge a claim that is not among the manifests', () => {
  expect(isSingleNode(undefined)).toBeUndefined();
});
