import { messagesOf, podOfKind } from './fixtures';

const RULE = 'headless-service';
const statefulSet = (replicas: number) => podOfKind('StatefulSet', { spec: `replicas: ${replicas}, serviceName: api` });
const service = (fields: string) => `apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {${fields}}
`;
const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api, namespace: shop}
spec: {scaleTargetRef: {kind: StatefulSet, name: api}, maxReplicas: 3}
`;

test('accepts a Service with an address in front of the only replica', () => {
  const ordinary = service('selector: {app: api}');
  expect(messagesOf(RULE, statefulSet(1), ordinary)).toEqual([]);
  expect(messagesOf(RULE, statefulSet(2), ordinary)).toEqual(["The Service 'api' of the StatefulSet is not headless."]);
  expect(messagesOf(RULE, statefulSet(1), ordinary, autoscaler)).toHaveLength(1);
});

test('reports a Service that does not select the pods, whatever the number of replicas', () => {
  expect(messagesOf(RULE, statefulSet(1), service('selector: {app: web}'))).toHaveLength(1);
  expect(messagesOf(RULE, statefulSet(1), service('clusterIP: None, selector: {app: web}'))).toEqual([
    "The Service 'api' of the StatefulSet does not select its pods.",
  ]);
  expect(messagesOf(RULE, statefulSet(1))).toHaveLength(1);
});
