import { auditWith, podOfKind } from './fixtures';

test.each([
  [
    'Always',
    "the pull policy 'Always' for the pinned image 'acme/model:1', so it cannot be mounted without the registry.",
  ],
  ['Never', "the pull policy 'Never', so it needs its image on every node."],
  ['IfNotPresent', undefined],
])('checks the pull policy %s of an image volume', (policy, message) => {
  const volume = `image: {reference: "acme/model:1", pullPolicy: ${policy}}`;
  const at = ['spec', 'template', 'spec', 'volumes', 0, 'image', 'pullPolicy'];
  expect(auditWith('image-pull-policy', podOfKind('Deployment', { volume })).findings).toMatchObject(
    message === undefined ? [] : [{ at, message: `Volume 'data' has ${message}` }],
  );
});
