import { App, Chart } from 'cdk8s';
import { ApiResource, ClusterRole, Role } from 'cdk8s-plus-28';
import { AppWorkloadProps } from '../../src';
import { expectError } from '../controllers/fixtures';
import { kind, workload } from '../synth';

/** Renders an app whose account is bound to a role and a cluster role, in a chart of namespace 'eu'. */
function bound(props: Partial<AppWorkloadProps>): any[] {
  const chart = new Chart(new App(), 'test', { namespace: 'eu', disableResourceNameHashes: true });
  const app = workload(chart, props);
  const rules = [{ verbs: ['list'] }];
  new Role(chart, 'role', { rules: [{ ...rules[0], resources: [ApiResource.PODS] }] }).bind(app.serviceAccount);
  new ClusterRole(chart, 'all', { rules: [{ ...rules[0], endpoints: [ApiResource.NODES] }] }).bind(app.serviceAccount);
  return chart.toJson();
}

test.each<[Partial<AppWorkloadProps>, object]>([
  [{}, { name: 'test-app', namespace: 'eu' }],
  [{ metadata: { name: 'shop', namespace: 'us' } }, { name: 'shop', namespace: 'us' }],
  [{ serviceAccount: { existingName: 'shared' } }, { name: 'shared', namespace: 'eu' }],
])('is the subject of role bindings of an app with %j', (props, subject) => {
  const objects = bound(props);
  for (const binding of ['RoleBinding', 'ClusterRoleBinding']) {
    expect(kind(objects, binding).subjects).toEqual([{ kind: 'ServiceAccount', apiGroup: '', ...subject }]);
  }
  const { spec } = kind(objects, 'Deployment').spec.template;
  expect(spec.serviceAccountName).toBe((subject as { name: string }).name);
});

test('is one account, which defines no objects', () => {
  const chart = new Chart(new App(), 'test', { namespace: 'eu' });
  const app = workload(chart);
  const before = chart.toJson();
  expect(app.serviceAccount).toBe(app.serviceAccount);
  expect(chart.toJson()).toEqual(before);
});

test('is refused without a namespace, which a binding must name', () =>
  expectError(
    chart => workload(chart).serviceAccount,
    "[test/app] 'serviceAccount' is used, but the namespace of the workload is not known, and a role binding must " +
      "name it. Set 'namespace' of the chart, or 'metadata.namespace' of the workload.",
  ));
