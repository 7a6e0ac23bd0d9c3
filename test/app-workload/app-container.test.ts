import { Duration } from 'cdk8s';
import { AppWorkload, Controller, HealthCheck, Waiver } from '../../src';
import { controlled, expectError } from '../controllers/fixtures';
import { podOf, synth, workload } from '../synth';

const root = Waiver.runAsNonRoot('the files belong to root');

test('the container has the command, arguments and time to stop of the app', () => {
  const props = { command: ['serve'], args: ['--verbose'], shutdownTimeout: Duration.seconds(10) };
  const pod = podOf(synth(chart => workload(chart, props)));
  expect(pod.containers[0]).toMatchObject({ name: 'app', command: ['serve'], args: ['--verbose'] });
  expect(pod.terminationGracePeriodSeconds).toBe(15);
});

test.each(['runAsUser', 'runAsGroup'] as const)('refuses root as %s unless it is waived', prop => {
  expectError(
    chart => workload(chart, { [prop]: 0 }),
    `[test/app] '${prop}' is 0, which is root. Use another number, or waive the rule with ` +
      "'Waiver.runAsNonRoot(reason)'.",
  );
  const { securityContext } = podOf(synth(chart => workload(chart, { runAsUser: 0, runAsGroup: 0, waivers: [root] })));
  expect(securityContext).toMatchObject({ runAsUser: 0, runAsGroup: 0 });
  expect(securityContext).not.toHaveProperty('runAsNonRoot');
});

test('refuses a number that is not a user', () =>
  expectError(
    chart => workload(chart, { runAsUser: -1 }),
    "[test/app] Invalid value -1 for 'runAsUser'. Use a whole number from 0 to 2147483647.",
  ));

test('names the misspelled image, also of subclasses, whose further props are accepted', () => {
  class OwnApp extends AppWorkload {}
  expectError(
    chart => new OwnApp(chart, 'app', { imge: 'acme/app:1.0.0', port: 8080 } as any),
    "[test/app] Required prop 'image' is missing. Rename 'imge' to 'image'.",
  );
});

test('a Job needs no health check, and can have one', () => {
  const containerOf = (healthCheck?: HealthCheck) =>
    synth(chart => controlled(chart, Controller.job(), { healthCheck }))[0].spec.template.spec.containers[0];
  expect(containerOf()).not.toHaveProperty('livenessProbe');
  expect(containerOf(HealthCheck.command(['alive']))).toHaveProperty('livenessProbe');
});
