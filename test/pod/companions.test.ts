import { DnsPolicy } from 'cdk8s-plus-28';
import { expectRefusal } from './fixtures';
import { PodDns, SecretSource, Waiver } from '../../src';
import { kind, synth, workload } from '../synth';

const objectsOf = (props: Parameters<typeof workload>[1]) => synth(chart => workload(chart, props));

test('defines a ServiceAccount without a mounted token', () => {
  expect(kind(objectsOf({}), 'ServiceAccount').automountServiceAccountToken).toBe(false);
});

test.each([
  [0, false],
  [1, false],
  [2, true],
])('%d replicas: a PodDisruptionBudget is defined: %p', (replicas, isDefined) => {
  expect(kind(objectsOf({ replicas }), 'PodDisruptionBudget') !== undefined).toBe(isDefined);
});

test('omits the PodDisruptionBudget and the NetworkPolicy if they are waived', () => {
  const objects = objectsOf({
    waivers: [Waiver.disruptionBudget('a drain may stop all'), Waiver.networkPolicy('the mesh controls traffic')],
  });
  expect(objects.map(object => object.kind)).toEqual(['Deployment', 'ServiceAccount', 'Service']);
});

const pods = (namespace: string, podLabels: Record<string, string>) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: podLabels },
});

test('allows connections to the port from all clients, and from the pods to the DNS of the cluster only', () => {
  expect(kind(objectsOf({}), 'NetworkPolicy').spec).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'app', 'app.kubernetes.io/instance': 'test-app' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ port: 8080, protocol: 'TCP' }] }],
    egress: [
      {
        to: [
          pods('kube-system', { 'k8s-app': 'kube-dns' }),
          pods('kube-system', { 'k8s-app': 'node-local-dns' }),
          { ipBlock: { cidr: '169.254.0.0/16' } },
          { ipBlock: { cidr: 'fe80::/10' } },
        ],
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
      },
      {
        to: [pods('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })],
        ports: [
          { port: 5353, protocol: 'UDP' },
          { port: 5353, protocol: 'TCP' },
        ],
      },
    ],
  });
});

describe('the servers that resolve names', () => {
  const CLUSTER = kind(objectsOf({}), 'NetworkPolicy').spec.egress;
  const servers = (...cidrs: string[]) => ({
    to: cidrs.map(cidr => ({ ipBlock: { cidr } })),
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  });

  test.each<[string, PodDns, object[]]>([
    ['options of the resolver', { options: { ndots: '2' } }, CLUSTER],
    ['search domains', { searches: ['example.com'] }, CLUSTER],
    ['the policy of the node', { policy: DnsPolicy.DEFAULT }, CLUSTER],
    ['the policy of the cluster', { policy: DnsPolicy.CLUSTER_FIRST_WITH_HOST_NET }, CLUSTER],
    ['another server', { nameservers: ['10.1.1.53'] }, [...CLUSTER, servers('10.1.1.53/32')]],
    ['a server with IPv6', { nameservers: ['fd00::53'] }, [...CLUSTER, servers('fd00::53/128')]],
    [
      'servers of both families',
      { nameservers: ['10.1.1.53', '2001:db8::53'] },
      [...CLUSTER, servers('10.1.1.53/32', '2001:db8::53/128')],
    ],
    [
      'other servers only',
      { policy: DnsPolicy.NONE, nameservers: ['9.9.9.9', '2620:fe::fe'] },
      [servers('9.9.9.9/32', '2620:fe::fe/128')],
    ],
  ])('are open with %s', (_, dns, egress) => {
    expect(kind(objectsOf({ dns }), 'NetworkPolicy').spec.egress).toEqual(egress);
  });
});

test('refuses an invalid name of a pull secret', () => {
  const imagePullSecrets = ['registry', 'No Name'].map(name => SecretSource.fromName(name));
  expectRefusal({ imagePullSecrets }, "Invalid name 'No Name' for 'imagePullSecrets[1]'.");
});
