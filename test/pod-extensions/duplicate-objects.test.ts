import { ApiObject } from 'cdk8s';
import { chartOf, container, deployment } from './fixtures';
import { ConfigFiles, ConfigSource, PodExtensions } from '../../src';

const files = (id: string) => new ConfigFiles({ id, sources: [ConfigSource.text('a.conf', 'a')] });

function twins(namespace?: string): ApiObject[] {
  const chart = chartOf();
  const template = { spec: { restartPolicy: 'Never', containers: [container()] } };
  return [
    deployment(chart),
    new ApiObject(chart, 'clean', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'web', namespace },
      spec: { template },
    }),
  ];
}

test('refuses objects with one name for workloads with one name', () => {
  const [web, clean] = twins();
  PodExtensions.of(web).add(files('config'));
  expect(() => PodExtensions.of(clean).add(files('config'))).toThrow(
    /^\[shop\/clean\] Extension 'config' defines ConfigMap 'web-config-\w{10}', which 'shop\/web\/.*' defines too\./,
  );
});

test('accepts other ids and other namespaces', () => {
  const [web, clean] = twins();
  PodExtensions.of(web).add(files('config'));
  expect(() => PodExtensions.of(clean).add(files('clean-config'))).not.toThrow();
  const [first, second] = twins('other');
  PodExtensions.of(first).add(files('config'));
  expect(() => PodExtensions.of(second).add(files('config'))).not.toThrow();
});
