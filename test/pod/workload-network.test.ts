import { App, Chart, Testing } from 'cdk8s';
import { Protocol } from 'cdk8s-plus-28';
import { AppWorkload, NetworkPeer, Waiver } from '../../src';
import { database } from '../database/fixtures';
import { synth, workload } from '../synth';

const tcp = (...ports: number[]) => ports.map(port => ({ port, protocol: 'TCP' }));
const selector = (id: string) => ({
  podSelector: { matchLabels: { 'app.kubernetes.io/name': id, 'app.kubernetes.io/instance': `test-${id}` } },
});
const DNS = { to: expect.any(Array), ports: [{ port: 53, protocol: 'UDP' }, ...tcp(53)] };

/** The specs of the policies by name. */
function policies(define: (a: AppWorkload, b: AppWorkload, chart: Chart) => void): Record<string, any> {
  const objects = synth(chart => define(workload(chart, {}, 'a'), workload(chart, {}, 'b'), chart));
  return policiesOf(objects);
}

function policiesOf(objects: any[]): Record<string, any> {
  return Object.fromEntries(
    objects.flatMap(({ kind, metadata, spec }) => (kind === 'NetworkPolicy' ? [[metadata.name, spec]] : [])),
  );
}

test('allowTo opens the declared ports of a workload, with their protocols', () => {
  const ports = [
    { name: 'http', port: 8080 },
    { name: 'stats', port: 8125, protocol: Protocol.UDP },
  ];
  const all = policies((a, _, chart) => a.allowTo(workload(chart, { port: undefined, ports }, 'c')));
  expect(all['test-a-policy-0']).toMatchObject({
    policyTypes: ['Egress'],
    egress: [{ to: [selector('c')], ports: [...tcp(8080), { port: 8125, protocol: 'UDP' }] }],
  });
});

test('allowTo adds no rule to a peer whose port is open to all clients', () => {
  const all = policies((a, b) => a.allowTo(b));
  expect(all['test-b'].ingress).toEqual([{ ports: tcp(8080) }]);
});

test('allowTo admits the app to a port that is closed or not declared, without closing another', () => {
  const all = policies((a, b) => {
    b.allowFrom(NetworkPeer.namespaces('ingress-nginx'));
    a.allowTo(b, 8080, 7800);
  });
  expect(all['test-b'].ingress).toEqual([{ from: [selector('a')], ports: tcp(8080, 7800) }]);
  const open = policies((a, b) => a.allowTo(b, 7800));
  expect(open['test-b'].ingress).toEqual([{ ports: tcp(8080) }, { from: [selector('a')], ports: tcp(7800) }]);
});

test('allowFrom also allows the peer to connect', () => {
  const all = policies((a, b) => b.allowFrom(a));
  expect(all['test-b'].ingress).toBeUndefined();
  expect(all['test-b-policy-0'].ingress).toEqual([{ from: [selector('a')], ports: tcp(8080) }]);
  expect(all['test-a'].egress.slice(-1)).toEqual([{ to: [selector('b')], ports: tcp(8080) }]);
});

test('one call connects the replicas of a workload with each other', () => {
  const all = policies(a => a.allowFrom(a, 4369));
  expect(all['test-a-policy-0'].ingress).toEqual([{ from: [selector('a')], ports: tcp(4369) }]);
  expect(all['test-a'].egress.slice(-1)).toEqual([{ to: [selector('a')], ports: tcp(4369) }]);
  const other = policies(a => a.allowTo(a, 4369));
  expect(other['test-a-policy-0'].egress).toEqual([{ to: [selector('a')], ports: tcp(4369) }]);
  expect(other['test-a'].ingress.slice(-1)).toEqual([{ from: [selector('a')], ports: tcp(4369) }]);
});

test('calls on both workloads add each rule once', () => {
  const all = policies((a, b) => {
    a.allowTo(b, 8080);
    b.allowFrom(a, 8080);
  });
  expect(all['test-a'].egress).not.toContainEqual(expect.objectContaining({ to: [selector('b')] }));
  expect(all['test-b'].ingress).toBeUndefined();
});

test('the order of calls does not change the rules of a peer', () => {
  const rules = (...order: number[]) =>
    policies((a, b, chart) => {
      const c = workload(chart, {}, 'c');
      const calls = [() => a.allowTo(c, 7000), () => b.allowTo(c, 7000), () => b.allowTo(c, 7001)];
      order.forEach(i => calls[i]());
    })['test-c'];
  expect(rules(2, 1, 0)).toEqual(rules(0, 1, 2));
});

test('selects a workload in another namespace', () => {
  const app = new App();
  const chartIn = (namespace: string) => new Chart(app, namespace, { namespace, disableResourceNameHashes: true });
  const web = workload(chartIn('web'));
  const api = workload(chartIn('api'));
  api.allowFrom(web);
  const webPolicies = policiesOf(Testing.synth(Chart.of(web)));
  const apiPolicies = policiesOf(Testing.synth(Chart.of(api)));
  const namespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
  expect(webPolicies['web-app'].egress.slice(-1)[0].to[0].namespaceSelector).toEqual(namespace('api'));
  expect(apiPolicies['api-app-policy-0'].ingress[0].from[0].namespaceSelector).toEqual(namespace('web'));
});

test('allowTo admits the app to a database', () => {
  const all = policies((a, _, chart) => a.allowTo(database(chart)));
  expect(all['test-a-policy-0'].egress).toEqual([{ to: [selector('orders')], ports: tcp(5432) }]);
  expect(all['test-orders'].ingress).toEqual([{ from: [selector('a')], ports: tcp(5432) }]);
});

test('a workload without policies gets none from allowTo, and its peer still admits it', () => {
  const all = policiesOf(
    synth(chart => {
      const open = workload(chart, { waivers: [Waiver.networkPolicy('the mesh has policies')] }, 'open');
      open.allowTo(workload(chart, {}, 'b'), 7800);
      open.allowTo(NetworkPeer.internet(), 443);
    }),
  );
  expect(Object.keys(all)).toEqual(['test-b']);
  expect(all['test-b'].ingress).toContainEqual({ from: [selector('open')], ports: tcp(7800) });
  expect(all['test-b'].egress[0]).toEqual(DNS);
});

test.each<[string, (a: AppWorkload, b: AppWorkload, chart: Chart) => void, string]>([
  [
    'allowTo without a port that the peer declares',
    (a, _, chart) =>
      a.allowTo(workload(chart, { port: undefined, waivers: [Waiver.healthCheck('a worker is idle')] }, 'worker')),
    "[test/a] 'allowTo' has no port, because 'test-worker' has none. Pass the ports to 'allowTo'.",
  ],
  [
    'a peer whose namespace is not known',
    (a, _, chart) => a.allowTo(workload(chart, { metadata: { namespace: 'other' } }, 'c')),
    "[test/a] 'test-a' has no namespace, but its peer is in another one. Set 'namespace' of the chart.",
  ],
  [
    'UDP ports of a client',
    a => a.allowFrom(NetworkPeer.internet().udp(53)),
    "[test/a] The peer of 'allowFrom' has UDP ports, but clients connect to the ports of the workload. Remove " +
      "'.udp(...)', and set the protocol of the port in 'ports'.",
  ],
])('refuses %s', (_, define, error) => expect(() => policies(define)).toThrow(error));
