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
