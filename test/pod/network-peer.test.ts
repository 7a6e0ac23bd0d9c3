import { NetworkPolicy } from 'cdk8s-plus-28';
import { NetworkPeer } from '../../src';
import { synth, workload } from '../synth';

const policy = (peer: NetworkPeer, ...ports: number[]) =>
  synth(chart => workload(chart).allowTo(peer, ...ports)).find(({ metadata }) => metadata.name.endsWith('-policy-0'))
    .spec;
const egress = (peer: NetworkPeer, ...ports: number[]) => policy(peer, ...ports).egress;
const tcp = (...ports: number[]) => ports.map(port => ({ port, protocol: 'TCP' }));

test('the internet has no private addresses and no metadata servers', () => {
  const [{ to, ports }] = egress(NetworkPeer.internet(), 443);
  expect(ports).toEqual(tcp(443));
  expect(to.map(({ ipBlock }: any) => ipBlock.cidr)).toEqual(['0.0.0.0/0', '::/0']);
  expect(to[0].ipBlock.except).toEqual(expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '168.63.129.16/32']));
  expect(to[1].ipBlock.except).toEqual(expect.arrayContaining(['fc00::/7', 'fe80::/10']));
});

test('the API server is the ports of API servers at every address', () => {
  expect(policy(NetworkPeer.apiServer())).toMatchObject({
    policyTypes: ['Egress'],
    egress: [{ ports: tcp(443, 6443, 8443, 16443) }],
  });
  expect(egress(NetworkPeer.apiServer())[0]).not.toHaveProperty('to');
});

test('the API server is at the CIDR blocks and the ports that the user knows', () => {
  expect(egress(NetworkPeer.apiServer('10.0.0.1/32'), 6443)).toEqual([
    { to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: tcp(6443) },
  ]);
});

test('metadata servers have the ports of HTTP and of GKE', () => {
  const [{ to, ports }] = egress(NetworkPeer.cloudMetadata());
  expect(ports).toEqual(tcp(80, 988));
  expect(to).toContainEqual({ ipBlock: { cidr: '169.254.169.254/32' } });
  expect(to).toContainEqual({ ipBlock: { cidr: 'fd00:ec2::254/128' } });
});

test('selects pods, in their namespace or that of the workload', () => {
  const podSelector = { matchLabels: { app: 'loki' } };
  expect(egress(NetworkPeer.pods({ app: 'loki' }), 3100)[0].to).toEqual([{ podSelector }]);
  expect(egress(NetworkPeer.pods({ app: 'loki' }, 'logs'), 3100)[0].to).toEqual([
    { podSelector, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'logs' } } },
  ]);
});

test('selects namespaces', () => {
  const [rule] = egress(NetworkPeer.namespaces('a', 'b'));
  expect(rule).toEqual({
    to: ['a', 'b'].map(name => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })),
  });
});

test('opens UDP ports in addition', () => {
  expect(egress(NetworkPeer.cidrs('10.0.0.0/8').udp(123))).toEqual([
    { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 123, protocol: 'UDP' }] },
  ]);
  expect(egress(NetworkPeer.anywhere().udp(514), 6514)).toEqual([
    { ports: [...tcp(6514), { port: 514, protocol: 'UDP' }] },
  ]);
});

test('is a peer of a NetworkPolicy of cdk8s-plus-28', () => {
  const rules = (...peers: NetworkPeer[]) =>
    synth(chart => {
      new NetworkPolicy(chart, 'policy', { egress: { rules: peers.map(peer => ({ peer })) } });
    })[0].spec.egress.flatMap(({ to }: any) => to);
  const block = NetworkPeer.cidrs('fd00::/8');
  expect(rules(block, block, NetworkPeer.namespaces('a'), NetworkPeer.pods({ app: 'web' }))).toEqual([
    { ipBlock: { cidr: 'fd00::/8' } },
    { ipBlock: { cidr: 'fd00::/8' } },
    { podSelector: {}, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'a' } } },
    { podSelector: { matchLabels: { app: 'web' } } },
  ]);
  expect(() => rules(NetworkPeer.internet())).toThrow(
    '[NetworkPeer] A NetworkPolicy of cdk8s-plus-28 only accepts peers of one CIDR block. Use ' +
      "'allowTo' or 'allowFrom' of a workload, or 'NetworkPeer.cidrs' with one CIDR block.",
  );
});

test('admits namespaces to a port', () => {
  const objects = synth(chart => workload(chart).allowFrom(NetworkPeer.namespaces('monitoring'), 9090));
  const { spec } = objects.filter(object => object.kind === 'NetworkPolicy')[1];
  expect(spec.ingress).toEqual([
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      ports: tcp(9090),
    },
  ]);
});

test.each<[string, () => unknown, string]>([
  [
    'an invalid CIDR block',
    () => NetworkPeer.cidrs('10.0.0.1'),
    "[NetworkPeer.cidrs] 'cidrs' contains '10.0.0.1', which is not a CIDR block. Write an address and a prefix " +
      "length, for example '10.1.0.0/16'.",
  ],
  [
    'an invalid CIDR block of the API server',
    () => NetworkPeer.apiServer('kubernetes.default'),
    "[NetworkPeer.apiServer] 'cidrs' contains 'kubernetes.default', which is not a CIDR block.",
  ],
  [
    'no CIDR block',
    () => NetworkPeer.cidrs(),
    `[NetworkPeer.cidrs] 'cidrs' is empty. Pass at least one, for example '"10.20.0.0/16"'.`,
  ],
  ['no namespace', () => NetworkPeer.namespaces(), "[NetworkPeer.namespaces] 'names' is empty."],
  [
    'no labels',
    () => NetworkPeer.pods({}),
    "[NetworkPeer.pods] 'labels' is empty, which selects all pods. Pass the labels of the pods, or use " +
      "'NetworkPeer.namespaces'.",
  ],
  [
    'an invalid namespace',
    () => policy(NetworkPeer.namespaces('A')),
    "[test/app] Namespace 'A' is not a valid DNS label.",
  ],
  [
    'an invalid label',
    () => policy(NetworkPeer.pods({ app: 'a b' })),
    "[test/app] Invalid value 'a b' for key 'app' of 'labels' of the peer.",
  ],
  [
    'an invalid UDP port',
    () => policy(NetworkPeer.anywhere().udp(0)),
    '[test/app] Invalid value 0 for a UDP port of the peer. Use a whole number from 1 to 65535.',
  ],
])('refuses %s', (_, call, error) => expect(call).toThrow(error));

test('is a value that several workloads use', () => {
  const internet = NetworkPeer.internet();
  const objects = synth(chart => {
    workload(chart, {}, 'a').allowTo(internet, 443);
    workload(chart, {}, 'b').allowTo(internet, 443);
  });
  expect(objects.filter(({ metadata }) => metadata.name.endsWith('-policy-0'))).toHaveLength(2);
});
