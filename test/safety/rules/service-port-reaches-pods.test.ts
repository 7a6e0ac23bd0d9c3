import { auditWith, messagesOf, podOfKind } from './fixtures';

const RULE = 'service-port-reaches-pods';
const app = (ports = '{containerPort: 8080, name: http}', pod = '') =>
  podOfKind('Deployment', { pod, container: `ports: [${ports}]` });
const service = (port: string, spec = '') => `apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ${spec}ports: [{port: 80, ${port}}]}
`;
const policy = (ingress: string, kind = 'NetworkPolicy') => `apiVersion: networking.k8s.io/v1
kind: ${kind}
metadata: {name: api, namespace: shop}
spec: {podSelector: {}, endpointSelector: {}, ingress: [${ingress}]}
`;
const ONLY_8080 = policy('{ports: [{port: 8080}]}');
const closed = (port: number, protocol = 'TCP') =>
  `No NetworkPolicy of the pods admits the ${protocol} port ${port}, and no container declares it.`;

test.each<[string, string[], string]>([
  ['a port that the policy closes', [app(), service('targetPort: 2222'), ONLY_8080], closed(2222)],
  ['the port of the Service, which is the default', [app(), service('name: web'), ONLY_8080], closed(80)],
  ['another protocol', [app(), service('targetPort: 8080, protocol: UDP'), ONLY_8080], closed(8080, 'UDP')],
  [
    'a declared port that the policy closes',
    [app('{containerPort: 9090}'), service('targetPort: 9090'), ONLY_8080],
    'No NetworkPolicy of the pods admits the TCP port 9090.',
  ],
  [
    'a name that no container has',
    [app(), service('targetPort: web')],
    "No container of the pods has a TCP port named 'web'.",
  ],
  [
    'the name of a port of another protocol',
    [app('{containerPort: 53, name: dns, protocol: UDP}'), service('targetPort: dns')],
    "No container of the pods has a TCP port named 'dns'.",
  ],
  [
    'a port outside the range of the policy',
    [app(), service('targetPort: 9000'), policy('{ports: [{port: 8000, endPort: 8999}]}')],
    closed(9000),
  ],
])('finds a Service that leads to %s', (_, documents, message) => {
  expect(messagesOf(RULE, ...documents)).toEqual([message]);
});

test.each<[string, string[]]>([
  ['a port that the policy admits', [app(), service('targetPort: 8080'), ONLY_8080]],
  ['the name of a port that the policy admits', [app(), service('targetPort: http'), ONLY_8080]],
  ['a port that the policy admits by name', [app(), service('targetPort: 8080'), policy('{ports: [{port: http}]}')]],
  ['a range of the policy', [app(), service('targetPort: 8999'), policy('{ports: [{port: 8000, endPort: 8999}]}')]],
  ['all ports of a protocol', [app(), service('targetPort: 2222'), policy('{ports: [{protocol: TCP}]}')]],
  ['a rule without ports', [app(), service('targetPort: 2222'), policy('{from: [{podSelector: {}}]}')]],
  [
    'a port that one of two policies admits',
    [app(), service('targetPort: 2222'), ONLY_8080, policy('{ports: [{port: 2222}]}')],
  ],
  ['an undeclared port without a policy', [app(), service('targetPort: 2222')]],
  // other manifests can contain the policies that admit clients
  ['a policy that admits nothing', [app(), service('targetPort: 2222'), policy('')]],
  ['a policy of Cilium', [app(), service('targetPort: 2222'), ONLY_8080, policy('{}', 'CiliumNetworkPolicy')]],
  [
    'the network of the node',
    [app('{containerPort: 8080}', 'hostNetwork: true'), service('targetPort: 2222'), ONLY_8080],
  ],
  ['a headless Service', [app(), service('targetPort: 2222', 'clusterIP: None, '), ONLY_8080]],
  ['a Service without pods', [service('targetPort: web')]],
])('accepts %s', (_, documents) => {
  expect(messagesOf(RULE, ...documents)).toEqual([]);
});

test('accepts a port that only some of the pods have, and the port of a sidecar', () => {
  const other = podOfKind('StatefulSet', {
    name: 'api',
    pod:
      'initContainers: [{name: proxy, image: "acme/proxy:1", restartPolicy: Always, ' +
      'ports: [{containerPort: 1, name: web}]}]',
  });
  expect(messagesOf(RULE, app(), other, service('targetPort: web'))).toEqual([]);
});

test('is waived by the Service or by the pods', () => {
  const waived = 'annotations: {waiver.cdk8s-storage-patterns/service-port-reaches-pods: "the port opens later"}';
  const pod = podOfKind('Deployment', { metadata: waived, container: 'ports: [{containerPort: 8080}]' });
  const web = service('targetPort: web');
  for (const documents of [
    [pod, web],
    [app(), web.replace('name: api', `${waived}, name: api`)],
  ]) {
    expect(auditWith(RULE, ...documents).findings.map(({ reason }) => reason)).toEqual(['the port opens later']);
  }
});
