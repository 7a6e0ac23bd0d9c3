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
     / !       writable layer           not shared          container  app      none
     /dev/shm  shared memory            not shared          pod        app      64Mi
     /it       emptyDir                 not shared          pod        none     1Gi
     ! warning read-only-root-filesystem: Container 'app' can write to its root filesystem. (/)
     ! warning resource-limits: Container 'app' has no CPU request, no memory limit and no ephemeral storage limit. (/)
   "
  `);
});

test('marks paths with findings, and writes each finding with its paths', () => {
  expect(toText(mapYaml(UNLIMITED))).toMatch(/^ {2}\/it ! +emptyDir /m);
  expect(toText(mapYaml(UNLIMITED))).toMatch(/^ {2}! info empty-dir-size-limit: [^]+\. \(\/it\)$/m);
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

test('fits the columns of a terminal without control characters, whatever the names', () => {
  fc.assert(
    fc.property(hostileModel, model => {
      for (const line of toText(model, { width: 100 }).split('\n')) {
        expect([...line].length).toBeLessThanOrEqual(100);
        expect(line).not.toMatch(UNSEEN_CHARACTERS);
      }
    }),
  );
});

test('writes a row in one line for a file or a pipe, and wraps it on a terminal', () => {
  const path = '/var/lib/a-directory-with-a-long-name/and-another-one/with-the-files-of-the-app';
  const map = mapYaml(UNLIMITED.replace('/it', path));
  const linesWithPath = (text: string) => text.split('\n').filter(line => line.includes(`  ${path}`));
  expect(linesWithPath(toText(map))).toHaveLength(1);
  expect(linesWithPath(toText(map, { width: 100 }))).toEqual([]);
  expect(
    Math.max(
      ...toText(map, { width: 40 })
        .split('\n')
        .map(({ length }) => length),
    ),
  ).toBeLessThanOrEqual(80);
});

test('writes the notes about storage outside of the pods', () => {
  expect(linesOf(withVolume('persistentVolumeClaim: {claimName: media}'))).toContain(
    'The manifests do not contain the claim.',
  );
  expect(linesOf(withVolume('emptyDir: {medium: Memory}')).join()).not.toContain('Files count toward');
});
