import { messagesOf } from './fixtures';

const volume = (fields: string, metadata = '') => `apiVersion: v1
kind: PersistentVolume
metadata: {name: files-pv, labels: {app: files}${metadata}}
spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteMany], nfs: {server: nas, path: /a}${fields}}
`;
const claim = (fields: string, size = '10Gi', mode = 'ReadWriteMany', rest = '') => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: files-pvc, namespace: shop}
spec: {accessModes: [${mode}], resources: {requests: {storage: ${size}}}${fields}}
${rest}`;
const checked = (...documents: string[]) => messagesOf('static-volume-binds', ...documents);
const SUBJECT = "The claim does not bind to the PersistentVolume 'files-pv', because it";
const NAMED = ', volumeName: files-pv';
const EMPTY = ', storageClassName: ""';

test.each<[string, string, string, string]>([
  ['the default class', volume(''), claim(''), 'gets the default class of the cluster, and the volume has none.'],
  [
    'the default class and a selector',
    volume(''),
    claim(', selector: {matchLabels: {app: files}}'),
    'gets the default class of the cluster, and the volume has none.',
  ],
  [
    'the default class and a named volume',
    volume(', storageClassName: manual'),
    claim(NAMED),
    "gets the default class of the cluster, and the volume has 'manual'.",
  ],
  [
    'another class',
    volume(', storageClassName: manual'),
    claim(`${NAMED}, storageClassName: fast`),
    "has the class 'fast', and the volume has 'manual'.",
  ],
  ['a size', volume(''), claim(NAMED + EMPTY, '11Gi'), 'requests 11Gi, but the volume has 10Gi.'],
  [
    'an access mode',
    volume(''),
    claim(NAMED + EMPTY, '1Gi', 'ReadWriteOnce'),
    'requests ReadWriteOnce, but the volume only allows ReadWriteMany.',
  ],
  [
    'a volume mode',
    volume(', volumeMode: Block'),
    claim(NAMED + EMPTY),
    'requests the volume mode Filesystem, but the volume has Block.',
  ],
  [
    'a selector',
    volume(''),
    claim(`${NAMED}${EMPTY}, selector: {matchLabels: {app: other}}`),
    "has a 'selector' that does not match the labels of the volume.",
  ],
])('reports a claim with %s that does not bind', (_, pv, pvc, reason) => {
  expect(checked(pv, pvc)).toEqual([`${SUBJECT} ${reason}`]);
});

test.each<[string, string, string]>([
  ['an empty class', volume(''), claim(EMPTY)],
  ['the class of the volume', volume(', storageClassName: manual'), claim(`${NAMED}, storageClassName: manual`)],
  ['a volume that is reserved for it', volume(', claimRef: {name: files-pvc, namespace: shop}'), claim('')],
  ['a volume of another claim', volume(', claimRef: {name: other, namespace: shop}'), claim('')],
  ['a volume of a provisioner', volume('', ', annotations: {pv.kubernetes.io/provisioned-by: x}'), claim('')],
  ['a volume of another name', volume('').replace('files-pv', 'photos'), claim('')],
  ['no volume', '', claim(NAMED)],
  ['a binding', volume(''), claim('', '10Gi', 'ReadWriteMany', 'status: {phase: Bound}\n')],
])('accepts a claim with %s', (_, pv, pvc) => {
  expect(checked(...[pv, pvc].filter(Boolean))).toEqual([]);
});

test.each([
  ['', 1],
  [', storageClassName: ""', 0],
  [', storageClassName: fast', 1],
])('checks a claim template that selects a volume with {%s}', (fields, count) => {
  const selector = 'selector: {matchLabels: {app: files}}';
  const template = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, namespace: shop}
spec:
  template: {spec: {containers: [{name: web, image: "acme/web:1"}]}}
  volumeClaimTemplates: [{metadata: {name: files}, spec: {accessModes: [ReadWriteMany], ${selector}${fields}}}]
`;
  expect(checked(volume('', ', labels: {app: files}'), template)).toHaveLength(count);
  expect(checked(volume('', ', labels: {app: other}'), template)).toEqual([]);
});
