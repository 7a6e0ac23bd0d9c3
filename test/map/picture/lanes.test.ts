import { lanesOf } from '../../../src/map/picture/lanes';
import { mapYaml, withContainerFields, withVolume } from '../fixtures';

const lanes = (yaml: string) => lanesOf(mapYaml(yaml).workloads[0]);
const laneAt = (yaml: string, path: string) => lanes(yaml).find(({ paths }) => paths.includes(path))!;

test('orders lanes by lifetime, and default mounts after volumes', () => {
  const yaml = withContainerFields(
    withVolume('persistentVolumeClaim: {claimName: media}', { pod: 'automountServiceAccountToken: false' }),
    'envFrom: [{configMapRef: {name: conf}}]',
  ).replace('[{name: it', '[{name: cache, mountPath: /cache}, {name: it');
  expect(
    lanes(yaml.replace('volumes: [', 'volumes: [{name: cache, emptyDir: {}}, ')).map(lane => lane.paths[0]),
  ).toEqual(['writable layer', '/cache', '/dev/shm', 'acme/app:1', '/it', '$*']);
});

test('the mounts of one volume are one lane', () => {
  const yaml = withVolume('emptyDir: {}').replace(
    '[{name: it, mountPath',
    '[{name: it, mountPath: /too}, {name: it, mountPath',
  );
  expect(laneAt(yaml, '/it').paths).toEqual(['/it', '/too']);
});

test.each([
  ['emptyDir: {}', 'emptyDir', ['no limit'], 'bar', 'pod'],
  ['emptyDir: {sizeLimit: 1Gi}', 'emptyDir', ['1Gi'], 'bar', 'pod'],
  ['configMap: {name: conf}', 'ConfigMap', [], 'bar', 'all'],
  ['persistentVolumeClaim: {claimName: media}', 'claim', [], 'disk', 'all'],
  ['image: {reference: "acme/model:1"}', 'image volume', [], 'layers', 'all'],
])('draws the volume %s as %s', (volume, kind, facts, shape, reach) => {
  expect(laneAt(withVolume(volume), '/it')).toMatchObject({ kind, facts, shape, reach });
});

test.each([
  ['a.conf', ['subPath a.conf']],
  ['it', []],
])('names the subPath %s unless the path ends with it', (subPath, facts) => {
  const yaml = withVolume('configMap: {name: conf}', { mount: `subPath: ${subPath}` });
  expect(laneAt(yaml, '/it').facts).toEqual(facts);
});

test.each([
  ['', 'retained'],
  ['persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}', 'deleted with the StatefulSet'],
  ['persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}', 'deleted on scale-down'],
])('says when the claims of a StatefulSet end, with the retention policy %p', (policy, end) => {
  const yaml = withVolume('emptyDir: {}', {
    kind: 'StatefulSet',
    spec: `volumeClaimTemplates: [{metadata: {name: data}}]\n  ${policy}`,
  }).replace('[{name: it,', '[{name: data, mountPath: /data}, {name: it,');
  expect(laneAt(yaml, '/data')).toMatchObject({ end, reach: 'pod', shape: 'disk', tone: 'replica' });
});

test('the writable layer is one lane of all containers', () => {
  const readOnly = 'securityContext: {readOnlyRootFilesystem: true}';
  expect(lanes(withVolume('emptyDir: {}'))[0]).toMatchObject({
    kind: 'changes to files of the image',
    reach: 'container',
    sharedBy: 'not shared',
  });
  expect(lanes(withContainerFields(withVolume('emptyDir: {}'), readOnly))[0].kind).toBe(
    'none: read-only root filesystem',
  );
});
