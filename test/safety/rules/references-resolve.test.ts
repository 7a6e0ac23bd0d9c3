import { claim, configMap, messagesOf, podOfKind } from './fixtures';

const pod = (volume: string) => podOfKind('Deployment', { volume });
const CLAIM = pod('persistentVolumeClaim: {claimName: uploads}');
const checked = (...documents: string[]) => messagesOf('references-resolve', ...documents);
const TYPO =
  "Volume 'data' refers to PersistentVolumeClaim 'uploads', which does not exist; nothing uses PersistentVolumeClaim " +
  "'upload'.";

test('reports a claim whose name was misspelled, or that nothing else in the file explains', () => {
  expect(checked(CLAIM, claim('upload', 'ReadWriteOnce'))).toEqual([TYPO]);
  expect(checked(CLAIM, claim('files-of-users', 'ReadWriteOnce'))).toEqual([
    TYPO.replace("'upload'", "'files-of-users'"),
  ]);
});

test('is silent about an object that can exist in the cluster', () => {
  expect(checked(CLAIM)).toEqual([]);
  expect(checked(pod('configMap: {name: settings}'), configMap('certificates'))).toEqual([]);
  expect(checked(pod('configMap: {name: app-1}'), configMap('app-2'))).toEqual([]);
  expect(checked(pod('configMap: {name: app}'), configMap('app-config'))).toEqual([]);
  expect(checked(pod('configMap: {name: setting, optional: true}'), configMap('settings'))).toEqual([]);
});

test('an object that something else uses is not the intended one', () => {
  const user = podOfKind('StatefulSet', { name: 'b', volume: 'persistentVolumeClaim: {claimName: upload}' });
  expect(checked(CLAIM, user, claim('upload', 'ReadWriteOnce'))).toEqual([]);
  const custom = `apiVersion: example.com/v1
kind: Backup
metadata: {name: b, namespace: shop}
spec: {source: {claim: upload}}
`;
  expect(checked(CLAIM, custom, claim('upload', 'ReadWriteOnce'))).toEqual([]);
});

test('a claim of a StatefulSet is not the intended one', () => {
  const set = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  template: {spec: {containers: [{name: a, image: a, volumeMounts: [{name: data, mountPath: /d}]}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: fast}}]
`;
  expect(checked(CLAIM, set, claim('data-db-0', 'ReadWriteOnce'))).toEqual([]);
});

test('reports objects of other kinds by similar names', () => {
  const account = (name: string) =>
    `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: shop}\n`;
  expect(checked(podOfKind('Deployment', { pod: 'serviceAccountName: reader' }), account('raeder'))).toEqual([
    "The pod refers to ServiceAccount 'reader', which does not exist; nothing uses ServiceAccount 'raeder'.",
  ]);
  const storageClass = 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast-ssd}\n';
  const wanted = claim('a', 'ReadWriteOnce').replace('spec: {', 'spec: {storageClassName: fast-sdd, ');
  expect(checked(wanted, storageClass)).toEqual([
    "Claim 'a' refers to StorageClass 'fast-sdd', which does not exist; nothing uses StorageClass 'fast-ssd'.",
  ]);
  const variable = podOfKind('Deployment', {
    container: 'env: [{name: A, valueFrom: {configMapKeyRef: {name: setings, key: a}}}]',
  });
  expect(checked(variable, configMap('settings'))).toEqual([expect.stringContaining('A variable refers to ConfigMap')]);
});

test('reports an object of another namespace', () => {
  const elsewhere = claim('uploads', 'ReadWriteOnce').replace('shop', 'files');
  expect(checked(CLAIM, elsewhere)).toEqual([
    "Volume 'data' refers to PersistentVolumeClaim 'uploads', which is in another namespace: PersistentVolumeClaim " +
      'files/uploads.',
  ]);
  expect(checked(CLAIM, elsewhere.replace(', namespace: files', ''))).toEqual([]);
});

test.each([
  ['serving-cert', 'serving-secret'],
  ['hub-secret', 'chap-secret'],
  ['node-critical', 'platform-critical'],
])('a name with another word, as in %s and %s, is not a misspelling', (name, other) => {
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: {name: ${other}, namespace: shop}\n`;
  expect(checked(pod(`secret: {secretName: ${name}}`), secret)).toEqual([]);
});

test('is silent about a Secret that a custom resource creates, and about the priorities of every cluster', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: api-tsl, namespace: shop}\n';
  const user = pod('secret: {secretName: api-tls}');
  expect(checked(user, secret)).toHaveLength(1);
  const certificate =
    'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\nspec: {secretName: api-tls}\n';
  expect(checked(user, secret, certificate)).toEqual([]);
  const priority = 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: system-node-criticals}\n';
  const critical = podOfKind('Deployment', { pod: 'priorityClassName: system-node-critical' });
  expect(checked(critical, priority)).toEqual([]);
});
