import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { chartOf, container, deployment } from './fixtures';
import { AppWorkload, PodExtensions } from '../../src';

/** A construct with several workloads and other objects. */
function legacy(chart: Chart): Construct {
  const scope = new Construct(chart, 'legacy');
  deployment(scope);
  for (const [kind, apiVersion] of [
    ['Rollout', 'argoproj.io/v1alpha1'],
    ['Service', 'v1'],
  ]) {
    const spec = kind === 'Service' ? {} : { template: { spec: { containers: [container()] } } };
    new ApiObject(scope, kind, { apiVersion, kind, metadata: { name: `web-${kind.toLowerCase()}` }, spec });
  }
  return scope;
}

test('finds the only object with pods in a construct, whatever else it contains', () => {
  const chart = chartOf();
  deployment(chart);
  new kplus.ConfigMap(chart, 'config');
  new AppWorkload(chart, 'api', { image: 'acme/api:1.0.0', port: 8080 });
  expect(() => PodExtensions.of(chart)).not.toThrow();
  expect(PodExtensions.of(chart)).toBe(PodExtensions.of(chart, { kind: 'Deployment', name: 'web' }));
});

test('requires a selection among several objects with pods', () => {
  expect(() => PodExtensions.of(legacy(chartOf()))).toThrow(
    "[shop/legacy] 'shop/legacy' contains 2 objects with pods. Select one with { kind: 'Deployment', name: 'web' } " +
      "or { kind: 'Rollout', name: 'web-rollout' }.",
  );
});

test.each([
  [{ kind: 'Deploymnet' }, "of kind 'Deploymnet'"],
  [{ name: 'api' }, "of name 'api'"],
  [{ kind: 'Deployment', name: 'web-rollout' }, "of kind 'Deployment' and name 'web-rollout'"],
  [{ kind: 'Service' }, "of kind 'Service'"],
])('lists the existing objects if none matches %j', (options, criteria) => {
  expect(() => PodExtensions.of(legacy(chartOf()), options)).toThrow(
    `[shop/legacy] 'shop/legacy' contains no object with pods ${criteria}. Use { kind: 'Deployment', name: 'web' } ` +
      "or { kind: 'Rollout', name: 'web-rollout' }.",
  );
});

test('refuses a construct without pods', () => {
  const chart = chartOf();
  const config = new kplus.ConfigMap(chart, 'config');
  expect(() => PodExtensions.of(config)).toThrow(
    "[shop/config] 'shop/config' contains no object with pods. Pass a construct that contains one, for example a " +
      'Deployment.',
  );
});

test('ignores the objects of extensions', () => {
  const web = deployment(chartOf());
  const extensions = PodExtensions.of(web).add({
    id: 'job',
    bind: scope => {
      new kplus.Job(scope, 'job', { containers: [{ image: 'acme/job:1.0.0' }] });
      return {};
    },
  });
  expect(PodExtensions.of(web)).toBe(extensions);
});
