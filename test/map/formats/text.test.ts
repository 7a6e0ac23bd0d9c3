import * as fc from 'fast-check';
import { hostileModel, UNSEEN_CHARACTERS } from './hostile';
import { toText } from '../../../src/map/formats/text';
import { mapYaml, withVolume } from '../fixtures';

const LIMITED = withVolume('emptyDir: {sizeLimit: 1Gi}', {
  mount: 'readOnly: true',
  pod: 'automountServiceAccountToken: false',
});
const UNLIMITED = withVolume('emptyDir: {}');

const linesOf = (yaml: string) =>
  toText(mapYaml(yaml))
    .split('\n')
    .map(line => line.trim());

test('writes a table for each container', () => {
  expect(toText(mapYaml(LIMITED))).toMatchInlineSnapshot(`
   "Deployment shop/api · 3 replicas · app.yaml:1

     app
     PATH      STORAGE                  SHARED BY           LIFETIME   WRITERS  LIMIT  ROLLOUT
     /         image layers acme/app:1  replicas on a node  node       none            yes
     /         writable layer           not shared          container  app      none
     /dev/shm  shared memory            not shared          pod        app      64Mi
     /it       emptyDir                 not shared          pod        none     1Gi
   "
  `);
});

test('marks paths with findings, and writes each finding with its paths', () => {
  expect(toText(mapYaml(UNLIMITED))).toMatch(/^ {2}\/it ! +emptyDir /m);
  expect(toText(mapYaml(UNLIMITED))).toMatch(/^ {2}! warning empty-dir-size-limit: [^]+\. \(\/it\)$/m);
});

test('writes how mounts hide files of other mounts', () => {
  expect(linesOf(UNLIMITED.replace('/it, }', '/it}, {name: it, mountPath: /it/inner}'))).toEqual(
    expect.arrayContaining([
      'Files below /it/inner are hidden by other mounts.',
      'Hides the files that the mount /it has at this path.',
    ]),
  );
});

test('says so if there are no workloads', () => {
  expect(toText(mapYaml('{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}'))).toBe('No workloads found.\n');
});

test('fits 100 columns without control characters, whatever the names', () => {
  fc.assert(
    fc.property(hostileModel, model => {
      for (const line of toText(model).split('\n')) {
        expect([...line].length).toBeLessThanOrEqual(100);
        expect(line).not.toMatch(UNSEEN_CHARACTERS);
      }
    }),
  );
});
