import { App, Chart, Duration, Size } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-28';
import { controlled, expectRefusal, rendered } from './fixtures';
import { Controller, DeploymentOptions, PodVolume, Waiver } from '../../src';
import { kind, synth } from '../synth';

const amount = PercentOrAbsolute.absolute;
const claim = () => PodVolume.newClaim('data', { size: Size.gibibytes(1) });

test('renders all options', () => {
  const { spec } = rendered(
    Controller.deployment({
      maxUnavailable: PercentOrAbsolute.percent(25),
      maxSurge: amount(2),
      minReady: Duration.seconds(10),
      progressDeadline: Duration.minutes(20),
      revisionHistoryLimit: 2,
    }),
  );
  expect(spec).toMatchObject({
    replicas: 2,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 2 } },
    minReadySeconds: 10,
    progressDeadlineSeconds: 1200,
    revisionHistoryLimit: 2,
  });
});

test.each<[string, DeploymentOptions, object]>([
  ['keeps all replicas by default', {}, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }],
  [
    'keeps all replicas with a percentage below one replica',
    { maxUnavailable: PercentOrAbsolute.percent(10) },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%', maxSurge: 1 } },
  ],
])('%s', (_, options, strategy) => {
  expect(rendered(Controller.deployment(options)).spec.strategy).toEqual(strategy);
});

test.each<[string, DeploymentOptions, object]>([
  ['by default', {}, { type: 'Recreate' }],
  [
    'unless it starts no pod in addition',
    { maxSurge: amount(0), maxUnavailable: amount(1) },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
  ],
])('stops the pod first if only one node can mount its claim, %s', (_, options, strategy) => {
  const [deployment] = synth(chart => controlled(chart, Controller.deployment(options)).mount('/data', claim()));
  expect(deployment.spec).toMatchObject({ replicas: 1, strategy });
});

describe('an update that stops replicas', () => {
  const errors = (options: DeploymentOptions, waivers: Waiver[] = []) => {
    const chart = new Chart(new App(), 'test');
    return controlled(chart, Controller.deployment(options), { waivers }).node.validate();
  };

  test.each<[DeploymentOptions, string]>([
    [{ recreate: true }, 'An update stops all 2 replicas before it starts a new one.'],
    [{ maxUnavailable: amount(1) }, 'An update stops 1 of 2 replicas before their replacements are ready.'],
  ])('is refused with %j unless the rule is waived', (options, problem) => {
    expect(errors(options)).toEqual([expect.stringContaining(problem)]);
    expect(errors(options)).toEqual([
      expect.stringMatching(/Or waive the rule with 'Waiver.updateKeepsCapacity\(reason\)'\.$/),
    ]);
    expect(errors(options, [Waiver.updateKeepsCapacity('only one may run')])).toEqual([]);
  });

  test('is accepted without pods, and with a claim', () => {
    expect(rendered(Controller.deployment({ recreate: true }), { replicas: 0 }).spec.strategy).toEqual({
      type: 'Recreate',
    });
    const chart = new Chart(new App(), 'test');
    const app = controlled(chart, Controller.deployment({ recreate: true })).mount('/data', claim());
    expect(app.node.validate()).toEqual([]);
  });
});

test('has no strategy if the rule is waived', () => {
  const waivers = [Waiver.updateKeepsCapacity('a short outage is fine')];
  const objects = synth(chart => controlled(chart, Controller.deployment(), { waivers }));
  expect(kind(objects, 'Deployment').spec).not.toHaveProperty('strategy');
});

test.each<[DeploymentOptions, string]>([
  [
    { recreate: true, maxSurge: amount(1) },
    "'recreate' and 'maxSurge' are both set, but an update that stops all pods first has no 'maxSurge'. Omit one of " +
      'them.',
  ],
  [
    { maxSurge: amount(0) },
    "'maxSurge' and 'maxUnavailable' are both 0, so an update cannot replace a pod. Set 'maxUnavailable: " +
      "PercentOrAbsolute.absolute(1)' or omit 'maxSurge'.",
  ],
  [
    { minReady: Duration.minutes(1), progressDeadline: Duration.seconds(60) },
    "'minReady' is 60s, not shorter than the 'progressDeadline' of 60s. Raise 'progressDeadline' or lower 'minReady'.",
  ],
  [
    { recreate: 'false' as any },
    "'recreate' is 'false', which is not a boolean. Use 'true' or 'false' without quotes.",
  ],
  [
    { maxUnavailable: PercentOrAbsolute.percent(150) },
    "'maxUnavailable' is 150%, which is neither a number of pods nor a percentage up to 100. Use a whole number, for " +
      "example 'PercentOrAbsolute.absolute(1)' or 'PercentOrAbsolute.percent(25)'.",
  ],
])('refuses %j', (options, message) => expectRefusal(Controller.deployment(options), message));

test('accepts a surge of more than all replicas', () => {
  const { spec } = rendered(Controller.deployment({ maxSurge: PercentOrAbsolute.percent(150) }));
  expect(spec.strategy.rollingUpdate.maxSurge).toBe('150%');
});

test('refuses an unknown option', () => {
  expect(() => Controller.deployment({ maxSurges: amount(1) } as any)).toThrow(
    "[Controller.deployment] Unknown prop 'maxSurges'. Did you mean 'maxSurge'?",
  );
});
