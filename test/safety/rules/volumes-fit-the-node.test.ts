import { messagesOf, podOfKind } from './fixtures';

const ZONE = 'topology.kubernetes.io/zone';
const volume = (zone: string, fields = '') => `apiVersion: v1
kind: PersistentVolume
metadata: {name: pv-${zone}}
spec:
  storageClassName: manual
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  nodeAffinity:
    required: {nodeSelectorTerms: [{matchExpressions: [{key: ${ZONE}, operator: In, values: [${zone}]}]}]}
  ${fields}
`;
const claim = (fields: string, storageClass = 'manual') => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {storageClassName: ${storageClass}, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}${fields}}
`;
const pod = (zone: string) =>
  podOfKind('Deployment', {
    volume: 'persistentVolumeClaim: {claimName: data}',
    pod: `nodeSelector: {${ZONE}: ${zone}}`,
  });
const storageClass = (fields: string) =>
  `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: manual}\n${fields}\n`;
const checked = (...documents: string[]) => messagesOf('volumes-fit-the-node', ...documents);

test('reports a volume in another zone, by its name, its reservation or its class', () => {
  const message =
    `No node fits the pod and the PersistentVolume 'pv-b' of volume 'data', which needs '${ZONE}' to be ` + "'b'.";
  expect(checked(pod('a'), claim(', volumeName: pv-b'), volume('b'))).toEqual([message]);
  expect(checked(pod('a'), claim(''), volume('b', 'claimRef: {name: data, namespace: shop}'))).toEqual([message]);
  expect(checked(pod('a'), claim(''), volume('b'))).toEqual([message]);
});

test('reports a class whose volumes are in other zones', () => {
  const topology = `allowedTopologies: [{matchLabelExpressions: [{key: ${ZONE}, values: [b, c]}]}]`;
  const zonal = storageClass(`provisioner: ebs.csi.aws.com\n${topology}`);
  expect(checked(pod('a'), claim(''), zonal)).toEqual([
    `No node fits the pod and the StorageClass 'manual' of volume 'data', which needs '${ZONE}' to be 'b' or 'c'.`,
  ]);
  expect(checked(pod('b'), claim(''), zonal)).toEqual([]);
});

test.each<[string, string[]]>([
  ['a volume of its zone', [pod('b'), claim(', volumeName: pv-b'), volume('b')]],
  ['one of several volumes', [pod('a'), claim(''), volume('a'), volume('b')]],
  ['a class with a provisioner', [pod('a'), claim(''), volume('b'), storageClass('provisioner: ebs.csi.aws.com')]],
  ['a volume that is not among the manifests', [pod('a'), claim(', volumeName: other'), volume('b')]],
  [
    'a volume that all nodes reach',
    [pod('a'), claim(', volumeName: pv-b'), volume('b').replace(/ {2}nodeAff[^]*\]\}\]\}/, '')],
  ],
])('accepts %s', (_, documents) => {
  expect(checked(...documents)).toEqual([]);
});

test('reports two volumes that no node reaches together', () => {
  const two = podOfKind('Deployment', { volume: 'persistentVolumeClaim: {claimName: data}' }).replace(
    'volumes: [',
    'volumes: [{name: logs, persistentVolumeClaim: {claimName: logs}}, ',
  );
  const logs = claim(', volumeName: pv-a').replace('name: data', 'name: logs');
  expect(checked(two, claim(', volumeName: pv-b'), logs, volume('a'), volume('b'))).toEqual([
    expect.stringContaining("No node fits the pod and the PersistentVolume 'pv-b'"),
  ]);
});

test.each([
  ['data-api-0', 1],
  ['data-api-12', 1],
  ['data-other-0', 0],
  ['data-api', 0],
])('compares the node of a StatefulSet with the PersistentVolume of the claim %s', (name, count) => {
  const api = podOfKind('StatefulSet', {
    spec: 'volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: manual}}]',
    pod: 'nodeSelector: {kubernetes.io/hostname: node-2}',
  });
  const disk = `apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  claimRef: {name: ${name}, namespace: shop}
  nodeAffinity:
    required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [node-1]}]}]}
`;
  expect(messagesOf('volumes-fit-the-node', api, disk)).toHaveLength(count);
});
