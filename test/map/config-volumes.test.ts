import { mapYaml, rowAt, withVolume } from './fixtures';

const projected = (...sources: string[]) =>
  rowAt(mapYaml(withVolume(`projected: {sources: [${sources.join(', ')}]}`)), '/it');

test('a projected volume of ConfigMaps and Secrets is shared by all replicas', () => {
  expect(projected('{configMap: {name: conf}}', '{secret: {name: tls}}')).toMatchObject({
    kind: 'projected',
    source: 'ConfigMap conf, Secret tls',
    sharing: 'replicas',
    lifetime: 'independent',
    writable: false,
  });
});

test('a projected volume with pod fields belongs to the pod', () => {
  expect(projected('{configMap: {name: conf}}', '{downwardAPI: {}}')).toMatchObject({
    kind: 'projected',
    source: 'ConfigMap conf, pod fields',
    sharing: 'pod',
    lifetime: 'pod',
  });
});

test('a projected volume rolls out new pods only if a change of each source does', () => {
  const hashed = '{configMap: {name: conf-5f7c9d8b6d}}';
  expect(projected(hashed).rollout?.rolls).toBe(true);
  expect(projected(hashed, '{secret: {name: tls}}').rollout?.rolls).toBe(false);
});

test('the volume that Kubernetes mounts with a token by default is a token', () => {
  const token = ['{serviceAccountToken: {path: token}}', '{configMap: {name: kube-root-ca.crt}}', '{downwardAPI: {}}'];
  expect(projected(...token)).toMatchObject({ kind: 'service-account-token', rollout: undefined });
  expect(projected(...token, '{secret: {name: tls}}').kind).toBe('projected');
});
