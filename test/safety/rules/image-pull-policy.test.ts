import { auditWith, podOfKind } from './fixtures';

test.each([
  [
    'Always',
    "the pull policy 'Always' for the pinned image 'acme/model:1.0.0', so it cannot be mounted without the registry.",
  ],
  ['Never', "the pull policy 'Never', so it needs its image on every node."],
  ['IfNotPresent', undefined],
])('checks the pull policy %s of an image volume', (policy, message) => {
  const volume = `image: {reference: "acme/model:1.0.0", pullPolicy: ${policy}}`;
  const at = ['spec', 'template', 'spec', 'volumes', 0, 'image', 'pullPolicy'];
  expect(auditWith('image-pull-policy', podOfKind('Deployment', { volume })).findings).toMatchObject(
    message === undefined ? [] : [{ at, message: `Volume 'data' has ${message}` }],
  );
});

test.each([
  ['Always', 'registry.example.com/queue:3.8', false],
  ['Always', 'registry.example.com/registry:2', false],
  ['Always', 'registry.example.com/queue:3.8.9', true],
  ['Always', 'postgres:17.11-trixie', true],
  ['Always', 'minio/minio:RELEASE.2025-09-07T16-13-09Z', true],
  ['Never', 'acme/app', false],
  ['Never', 'acme/app:1.0.0', true],
])('judges %s for the image %s: %p', (policy, image, isFound) => {
  const pod = podOfKind('Deployment', { container: `imagePullPolicy: ${policy}` }).replace('acme/app:1', image);
  expect(auditWith('image-pull-policy', pod).findings).toHaveLength(isFound ? 1 : 0);
});
