import { Duration } from 'cdk8s';
import { Controller, DeploymentOptions, HealthCheck } from '../../src';
import { extension } from '../pod/fixtures';
import { kind, synth, workload } from '../synth';

const slow = (minutes: number) => HealthCheck.tcp({ startupTimeout: Duration.minutes(minutes) });

const deadline = (healthCheck: HealthCheck, options: DeploymentOptions = {}): unknown =>
  kind(
    synth(chart => workload(chart, { healthCheck, controller: Controller.deployment(options) })),
    'Deployment',
  ).spec.progressDeadlineSeconds;

test('is the default of Kubernetes for pods that start within 10 minutes', () => {
  expect(deadline(slow(10))).toBeUndefined();
});

test('exceeds a longer startup timeout by 10 minutes', () => {
  expect(deadline(slow(20))).toBe(1800);
});

test('counts the time for which a pod must be ready', () => {
  expect(deadline(slow(5), { minReady: Duration.minutes(5) })).toBeUndefined();
  expect(deadline(slow(5), { minReady: Duration.minutes(6) })).toBe(1260);
});

test('is the one that the user sets', () => {
  expect(deadline(slow(20), { progressDeadline: Duration.minutes(20) })).toBe(1200);
});

const withSidecar = (healthCheck: HealthCheck, options: DeploymentOptions = {}) =>
  synth(chart =>
    workload(chart, { controller: Controller.deployment(options) }).add(
      extension('proxy', { sidecars: [{ name: 'proxy', image: 'proxy:1', ports: { proxy: 9000 }, healthCheck }] }),
    ),
  );

test('follows the startup timeout of a sidecar, but not of one that the app does not need', () => {
  expect(kind(withSidecar(slow(30)), 'Deployment').spec.progressDeadlineSeconds).toBe(2400);
  expect(kind(withSidecar(slow(30).restartOnly()), 'Deployment').spec).not.toHaveProperty('progressDeadlineSeconds');
});

test('refuses a deadline that is shorter than a startup timeout, also of a sidecar', () => {
  const options = { progressDeadline: Duration.minutes(8) };
  const error =
    "[test/app] 'progressDeadline' is 480s, shorter than the 'startupTimeout' of 540s of a health check, so an " +
    "update of healthy pods can fail. Omit 'progressDeadline', raise it, or lower 'startupTimeout'.";
  expect(() => deadline(slow(9), options)).toThrow(error);
  expect(() => withSidecar(slow(9), options)).toThrow(error);
});

test('refuses a deadline that is shorter than the startup timeout and the ready time together', () => {
  const options = { progressDeadline: Duration.minutes(9), minReady: Duration.minutes(5) };
  expect(() => deadline(slow(5), options)).toThrow(
    "'progressDeadline' is 540s, shorter than the 'startupTimeout' of 300s of a health check and the 'minReady' of " +
      '300s together, so an update of healthy pods can fail.',
  );
});

test('refuses a deadline that is not longer than the ready time', () => {
  const options = { progressDeadline: Duration.minutes(5), minReady: Duration.minutes(5) };
  expect(() => deadline(slow(1), options)).toThrow(
    "'minReady' is 300s, not shorter than the 'progressDeadline' of 300s. Raise 'progressDeadline' or lower " +
      "'minReady'.",
  );
});
