import { auditWith, messagesOf, podOfKind } from './fixtures';

const RULE = 'network-policy';
const policy = (selector: string, namespace = 'shop') => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: ${namespace}}
spec: {podSelector: ${selector}}
`;
const pods = ['api', 'web', 'worker'].map(name => podOfKind('Deployment', { name }));

test('reports a namespace without any policy once, at its first pod', () => {
  const { findings } = auditWith(RULE, ...pods);
  expect(findings.map(({ object, message }) => [object.name, message])).toEqual([
    ['api', 'No NetworkPolicy selects this pod or the other 2 of its namespace.'],
  ]);
  const elsewhere = pods.map(pod => pod.replace('namespace: shop', 'namespace: billing'));
  expect(messagesOf(RULE, ...pods, ...elsewhere)).toHaveLength(2);
  expect(messagesOf(RULE, ...pods, policy('{}', 'billing'))).toHaveLength(1);
});

test('reports each pod that no policy of its namespace selects', () => {
  const message = 'No NetworkPolicy selects the pod.';
  expect(messagesOf(RULE, ...pods, policy('{matchLabels: {app: api}}'))).toEqual([message, message]);
  expect(messagesOf(RULE, ...pods, policy('{}'))).toEqual([]);
});

test('a waiver of one pod hides no other pod', () => {
  const waived = podOfKind('Deployment', {
    name: 'api',
    metadata: `annotations: {waiver.cdk8s-storage-patterns/${RULE}: a mesh protects the pod}`,
  });
  const { findings, unusedWaivers } = auditWith(RULE, waived, ...pods.slice(1));
  expect(findings.map(({ object, reason }) => [object.name, reason !== undefined])).toEqual([
    ['api', true],
    ['web', false],
  ]);
  expect(unusedWaivers).toEqual([]);
});

test('accepts pods on the network of the node, and clusters with a policy for all namespaces', () => {
  expect(messagesOf(RULE, podOfKind('DaemonSet', { pod: 'hostNetwork: true' }))).toEqual([]);
  const global = 'apiVersion: crd.projectcalico.org/v1\nkind: GlobalNetworkPolicy\nmetadata: {name: p}\n';
  expect(messagesOf(RULE, ...pods, global)).toEqual([]);
});
