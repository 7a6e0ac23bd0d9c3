import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import {
  matchingVolumes,
  namedVolume,
  possibleVolumes,
  volumesOfTemplate,
} from '../../src/predicates/volumes-of-claim';

const volume = (name: string, spec: string) => `apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], ${spec}}
---
`;

const claim = (spec: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}, ${spec}}
`;

const VOLUMES = [
  volume('reserved', 'claimRef: {name: data, namespace: shop}'),
  volume('elsewhere', 'claimRef: {name: data, namespace: bank}'),
  volume('replica', 'claimRef: {name: data-api-3, namespace: shop}'),
  volume('manual', 'storageClassName: manual'),
  volume('small', 'storageClassName: small').replace('10Gi', '1Gi'),
  volume('classless', 'nfs: {server: nas, path: /a}'),
];

function read(spec: string, volumes: readonly string[] = VOLUMES) {
  const { objects } = readYaml([...volumes, claim(spec)].join(''), 'app.yaml');
  const inventory = new Inventory(objects);
  return { inventory, object: objects[objects.length - 1] };
}

test.each([
  ['storageClassName: manual', 'reserved'],
  ['volumeName: manual', 'manual'],
  ['volumeName: missing', undefined],
])('finds the volume that a claim with {%s} names, or that names the claim', (spec, name) => {
  const { inventory, object } = read(spec);
  expect(namedVolume(object, inventory)?.name).toBe(name);
});

test.each([
  ['storageClassName: manual', ['manual']],
  ['storageClassName: small', []],
  ['storageClassName: ""', ['classless']],
  ['volumeMode: Filesystem', ['classless']],
])('finds the unreserved volumes that fit a claim with {%s}', (spec, names) => {
  const { inventory, object } = read(spec);
  expect(matchingVolumes(object, inventory).map(({ name }) => name)).toEqual(names);
});

test.each([
  ['storageClassName: manual', ['manual']],
  // the cluster adds its default class
  ['volumeMode: Filesystem', []],
  ['storageClassName: manual, volumeName: missing', []],
])('finds the volumes to which a claim with {%s} can bind', (spec, names) => {
  const { inventory, object } = read(spec, VOLUMES.slice(1));
  expect(possibleVolumes(object, inventory).map(({ name }) => name)).toEqual(names);
});

test('finds the volumes of the claims of a template', () => {
  const { inventory, object } = read('storageClassName: manual');
  const statefulSet = { ...object, kind: 'StatefulSet', name: 'api' };
  expect(volumesOfTemplate(statefulSet, 'data', inventory).map(({ name }) => name)).toEqual(['replica']);
  expect(volumesOfTemplate(statefulSet, 'logs', inventory)).toEqual([]);
  expect(volumesOfTemplate({ ...statefulSet, namespace: 'bank' }, 'data', inventory)).toEqual([]);
});
