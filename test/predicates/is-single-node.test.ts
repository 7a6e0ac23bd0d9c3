import { objectsOf } from '../../src/inspect/manifest';
import { isSingleNode } from '../../src/predicates/is-single-node';

test.each<[string[] | undefined, boolean | undefined]>([
  [['ReadWriteOnce'], true],
  [['ReadWriteOncePod'], true],
  [['ReadWriteMany'], false],
  [['ReadWriteOnce', 'ReadOnlyMany'], false],
  // the API server refuses it: at least 1 access mode is required
  [undefined, undefined],
])('a claim with the access modes %p is for one node: %p', (accessModes, expected) => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec: { accessModes } };
  expect(isSingleNode(objectsOf(claim, { locate: () => undefined })[0])).toBe(expected);
});

test('of a claim that is not here nothing is known', () => {
  expect(isSingleNode(undefined)).toBeUndefined();
});
