import { Duration } from 'cdk8s';
import { RestartPolicy } from 'cdk8s-plus-28';
import { controlled, expectError, expectRefusal, rendered } from './fixtures';
import { Controller, JobCompletionMode, JobOptions, KubernetesVersion } from '../../src';
import { synth } from '../synth';

test('renders all options', () => {
  const { spec } = rendered(
    Controller.job({
      completions: 10,
      parallelism: 3,
      completionMode: JobCompletionMode.INDEXED,
      backoffLimit: 0,
      activeDeadline: Duration.hours(1),
      ttlAfterFinished: Duration.seconds(0),
      restartPolicy: RestartPolicy.ON_FAILURE,
    }),
  );
  expect(spec).toMatchObject({
    completions: 10,
    parallelism: 3,
    completionMode: 'Indexed',
    backoffLimit: 0,
    activeDeadlineSeconds: 3600,
    ttlSecondsAfterFinished: 0,
  });
  expect(spec.template.spec.restartPolicy).toBe('OnFailure');
});

test('leaves failed pods for inspection, and everything else to Kubernetes', () => {
  const { spec } = rendered(Controller.job());
  expect(spec.template.spec.restartPolicy).toBe('Never');
  expect(Object.keys(spec)).toEqual(['template']);
});

test('has no Service, disruption budget or delay before it stops', () => {
  const objects = synth(chart => controlled(chart, Controller.job(), { healthCheck: undefined }));
  expect(objects.map(({ kind }) => kind)).toEqual(['Job', 'ServiceAccount', 'NetworkPolicy']);
  const [container] = objects[0].spec.template.spec.containers;
  expect(container).not.toHaveProperty('lifecycle');
  expect(container).not.toHaveProperty('livenessProbe');
});

test.each<[JobOptions, string]>([
  [{ completions: 0 }, "Invalid value 0 for 'completions'. Use a whole number from 1 to 2147483647."],
  [{ parallelism: 0 }, "Invalid value 0 for 'parallelism'. Use a whole number from 1 to 2147483647."],
  [{ backoffLimit: -1 }, "Invalid value -1 for 'backoffLimit'. Use a whole number from 0 to 2147483647."],
  [
    { activeDeadline: Duration.seconds(0) },
    "Invalid value 0 for 'activeDeadline' in seconds. Use a whole number from 1 to 2147483647.",
  ],
  [
    { completionMode: JobCompletionMode.INDEXED },
    "'completionMode' is 'Indexed' without 'completions', which the API server rejects. Set 'completions' to the " +
      'number of indexes.',
  ],
  [
    { completionMode: 'indexed' as any },
    "'completionMode' is 'indexed', which is not a member of 'JobCompletionMode'. Use " +
      "'JobCompletionMode.NON_INDEXED' or 'JobCompletionMode.INDEXED'.",
  ],
  [
    { restartPolicy: RestartPolicy.ALWAYS },
    "'restartPolicy' is 'Always', so the pods would never complete. Use 'RestartPolicy.NEVER' or " +
      "'RestartPolicy.ON_FAILURE'.",
  ],
])('refuses %j', (options, message) => expectRefusal(Controller.job(options), message));

describe('the name', () => {
  const named = (length: number, options: JobOptions = {}) =>
    synth(chart => controlled(chart, Controller.job(options), { metadata: { name: 'a'.repeat(length) } }))[0].metadata
      .name;
  const indexed = { completionMode: JobCompletionMode.INDEXED, completions: 11 };

  test('leaves room for a hash, and for the index of a pod', () => {
    expect(named(52)).toMatch(/^a{52}-[0-9a-f]{10}$/);
    expect(`${named(49, indexed)}-10`).toHaveLength(63);
  });

  test.each<[number, JobOptions, number]>([
    [53, {}, 52],
    [50, indexed, 49],
  ])('is refused with %d characters and %j', (length, options, maximum) =>
    expectRefusal(
      Controller.job(options),
      `The name '${'a'.repeat(length)}' has ${length} characters. A suffix is added to the name of a Job, which ` +
        `leaves ${maximum}. Set a shorter name in 'metadata.name'.`,
      { metadata: { name: 'a'.repeat(length) } },
    ),
  );
});

describe('a sidecar', () => {
  test('lets the Job complete, because it is native', () => {
    const [{ spec }] = synth(chart =>
      controlled(chart, Controller.job()).addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0' }),
    );
    expect(spec.template.spec.initContainers).toEqual([expect.objectContaining({ restartPolicy: 'Always' })]);
    expect(spec.template.spec.containers).toHaveLength(1);
  });

  test('is refused for clusters without native sidecars', () =>
    expectError(
      chart => controlled(chart, Controller.job()).addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0' }),
      "[test/app] Sidecar 'proxy' never ends, so the Job never completes on clusters before 1.29. Raise the minimum " +
        "cluster version with 'KubernetesVersion.setMinimum'.",
      KubernetesVersion.V1_28,
    ));
});
