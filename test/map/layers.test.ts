import { mapYaml, rowAt, withContainerFields, withVolume } from './fixtures';

const YAML = withVolume('emptyDir: {}');

test('each container has the layers of its image', () => {
  expect(mapYaml(YAML).workloads[0].rows[0]).toMatchObject({
    path: '/',
    kind: 'image-layers',
    source: 'acme/app:1',
    sharing: 'replicas-on-a-node',
    writable: false,
  });
});

test('each container has a writable layer, which is lost on restart', () => {
  expect(rowAt(mapYaml(YAML), '/')).toMatchObject({
    kind: 'writable-layer',
    lifetime: 'container',
    sharing: 'container',
    writable: true,
    sizeLimit: 'none',
  });
});

test('the limit of ephemeral storage is the size limit of the writable layer', () => {
  const limited = withContainerFields(YAML, 'resources: {limits: {ephemeral-storage: 1Gi}}');
  expect(rowAt(mapYaml(limited), '/').sizeLimit).toBe('1Gi');
});

test('a read-only root filesystem has no writable layer', () => {
  const readOnly = withContainerFields(YAML, 'securityContext: {readOnlyRootFilesystem: true}');
  expect(rowAt(mapYaml(readOnly), '/')).toMatchObject({ writable: false, writers: [], sizeLimit: undefined });
});

test('a volume of the image is lost on restart, unless the pod mounts a volume there', () => {
  const server = YAML.replace('acme/app:1', 'mongo:8.0.14');
  const readOnly = server.replace(
    'image: mongo:8.0.14',
    'image: mongo:8.0.14\n          securityContext: {readOnlyRootFilesystem: true}',
  );
  expect(rowAt(mapYaml(readOnly.replace('/it', '/data/db')), '/data/configdb')).toMatchObject({
    kind: 'anonymous-volume',
    lifetime: 'container',
    sharing: 'container',
    writable: true,
    writers: ['app'],
  });
  expect(rowAt(mapYaml(server.replace('/it', '/data/db')), '/data/db').kind).toBe('empty-dir');
});
