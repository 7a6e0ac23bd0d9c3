import { auditWith, messagesOf, podOfKind } from './fixtures';

const image = (fields: string) => podOfKind('Deployment', { volume: `image: {${fields}}` });

test('checks the image of a volume', () => {
  const { findings } = auditWith('pinned-image', image('reference: "acme/model:latest"'));
  expect(findings).toMatchObject([
    {
      message: "Volume 'data' uses the image 'acme/model:latest', whose tag moves to later releases.",
      at: ['spec', 'template', 'spec', 'volumes', 0, 'image', 'reference'],
    },
  ]);
  expect(messagesOf('pinned-image', image('reference: "acme/model:1.2"'))).toEqual([]);
});

test.each([
  ['ko://github.com/acme/app', false],
  ['${IMAGE}', false],
  ['<registry>/app', false],
  ['{{ .Values.image }}', false],
  ['acme/app:__VERSION__', false],
  ['acme/app:IMAGE_TAG', false],
  ['acme/app', true],
  ['acme/app:latest', true],
  ['acme/app:edge', true],
])('judges the image %s, unless a tool replaces it: %p', (reference, isFound) => {
  const pod = podOfKind('Deployment').replace('acme/app:1', reference);
  expect(messagesOf('pinned-image', pod)).toHaveLength(isFound ? 1 : 0);
});
