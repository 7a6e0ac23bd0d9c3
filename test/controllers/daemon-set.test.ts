import { Duration } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-28';
import { controlled, expectRefusal, rendered } from './fixtures';
import { Controller, DaemonSetOptions, HealthCheck } from '../../src';
import { synth } from '../synth';

const amount = PercentOrAbsolute.absolute;

test.each<[string, DaemonSetOptions, object]>([
  [
    'replaces one pod after another by default',
    {},
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
  ],
  [
    'replaces the pods of several nodes',
    { maxUnavailable: PercentOrAbsolute.percent(10) },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%', maxSurge: 0 } },
  ],
  [
    'starts the new pod first',
    { maxSurge: amount(1) },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
  ],
  ['replaces only the pods that are deleted', { updateOnDelete: true }, { type: 'OnDelete' }],
])('%s', (_, options, updateStrategy) => {
  expect(rendered(Controller.daemonSet(options)).spec.updateStrategy).toEqual(updateStrategy);
});

test('renders the other options', () => {
  const { spec } = rendered(Controller.daemonSet({ minReady: Duration.seconds(5), revisionHistoryLimit: 1 }));
  expect(spec).toMatchObject({ minReadySeconds: 5, revisionHistoryLimit: 1 });
});

test('has no replicas, disruption budget or spread, but a Service for its port', () => {
  const objects = synth(chart =>
    controlled(chart, Controller.daemonSet(), { port: 8080, healthCheck: HealthCheck.tcp() }),
  );
  expect(objects.map(object => object.kind)).toEqual(['DaemonSet', 'ServiceAccount', 'NetworkPolicy', 'Service']);
  expect(objects[0].spec).not.toHaveProperty('replicas');
  expect(objects[0].spec.template.spec).not.toHaveProperty('topologySpreadConstraints');
  expect(objects[0].spec.template.spec.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
});

test.each<[DaemonSetOptions, string]>([
  [
    { updateOnDelete: true, maxSurge: amount(1) },
    "'updateOnDelete' and 'maxSurge' are both set, but without an automatic update there is no 'maxSurge'. Omit one " +
      'of them.',
  ],
  [
    { maxUnavailable: amount(1), maxSurge: amount(1) },
    "'maxSurge' and 'maxUnavailable' are both above 0, which the API server rejects for a DaemonSet. Omit one of them.",
  ],
  [
    { maxUnavailable: PercentOrAbsolute.percent(0) },
    "'maxUnavailable' is 0 without 'maxSurge', so an update cannot replace a pod. Set 'maxSurge: " +
      "PercentOrAbsolute.absolute(1)' or omit 'maxUnavailable'.",
  ],
  [
    { maxSurge: '1' as any },
    "'maxSurge' is '1', which is not a PercentOrAbsolute. Use a PercentOrAbsolute, for example " +
      "'PercentOrAbsolute.absolute(1)'.",
  ],
  [
    { maxSurge: PercentOrAbsolute.percent(101) },
    "'maxSurge' is 101%, which is neither a number of pods nor a percentage up to 100. Use a whole number, for " +
      "example 'PercentOrAbsolute.absolute(1)' or 'PercentOrAbsolute.percent(25)'.",
  ],
  [
    { revisionHistoryLimit: -1 },
    "Invalid value -1 for 'revisionHistoryLimit'. Use a whole number from 0 to 2147483647.",
  ],
])('refuses %j', (options, message) => expectRefusal(Controller.daemonSet(options), message));

test('refuses replicas', () =>
  expectRefusal(
    Controller.daemonSet(),
    "'replicas' is 1, but a DaemonSet has no replicas. Omit it: the pods run on each node.",
    { replicas: 1 },
  ));
