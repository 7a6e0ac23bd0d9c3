import { Waiver } from '../../../src';
import { synth, workload } from '../../synth';
import { database, policiesOf } from '../fixtures';

test('lets the app connect to the database, and nothing else', () => {
  const objects = synth(chart => {
    workload(chart).add(database(chart).client());
  });
  const [egress, ingress] = policiesOf(objects);
  const app = { 'app.kubernetes.io/name': 'app', 'app.kubernetes.io/instance': 'test-app' };
  const orders = { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'test-orders' };
  const ports = [{ port: 5432, protocol: 'TCP' }];
  expect(egress.spec).toEqual({
    podSelector: { matchLabels: app },
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: { matchLabels: orders } }], ports }],
  });
  expect(ingress.spec).toEqual({
    podSelector: { matchLabels: orders },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: app } }], ports }],
  });
});

test('creates no policy if policies are waived, because the first one would deny everything else', () => {
  const waivers = [Waiver.networkPolicy('the mesh has policies')];
  const objects = synth(chart => {
    workload(chart, { waivers }).add(database(chart, { waivers }).client());
  });
  expect(policiesOf(objects)).toEqual([]);
});
