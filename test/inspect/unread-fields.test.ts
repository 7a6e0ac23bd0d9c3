import { objectsOf } from '../../src/inspect/manifest';
import { withoutUnreadFields } from '../../src/inspect/unread-fields';

const read = (content: object) =>
  withoutUnreadFields(objectsOf(content, { locate: () => undefined })[0]).content as typeof content;

test('omits the schemas of a custom resource definition', () => {
  const definition = (versions: object[], spec: object = {}) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'queues.example.com', annotations: { 'helm.sh/resource-policy': 'keep' } },
    spec: { group: 'example.com', ...spec, versions },
  });
  const [schema, names] = [{ openAPIV3Schema: { type: 'object' } }, { names: { kind: 'Queue' } }];
  expect(
    read(
      definition(
        [
          { name: 'v1', schema },
          { name: 'v2', served: true, schema },
        ],
        { ...names, validation: schema },
      ),
    ),
  ).toEqual(
    definition(
      [
        { name: 'v1', schema: {} },
        { name: 'v2', served: true, schema: {} },
      ],
      names,
    ),
  );
});

test('omits the managed fields of an object of a cluster', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec: { nodeName: 'a' } };
  const live = { ...pod, metadata: { ...pod.metadata, managedFields: [{ manager: 'kubectl' }] } };
  expect(read(live)).toEqual(pod);
});

test('returns any other object as it is', () => {
  const [object] = objectsOf({ apiVersion: 'v1', kind: 'Pod', metadata: {} }, { locate: () => undefined });
  expect(withoutUnreadFields(object)).toBe(object);
});
