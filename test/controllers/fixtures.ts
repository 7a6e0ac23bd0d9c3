import type { Chart } from 'cdk8s';
import { AppWorkload, AppWorkloadProps, Controller, HealthCheck, KubernetesVersion } from '../../src';
import { schemaProblems } from '../schemas/kubernetes';
import { synth } from '../synth';

/** Creates a workload without ports, as every controller accepts. */
export function controlled(
  chart: Chart,
  controller: Controller,
  props: Partial<AppWorkloadProps> = {},
  id = 'app',
): AppWorkload {
  return new AppWorkload(chart, id, {
    image: 'acme/app:1.0.0',
    controller,
    healthCheck: HealthCheck.command(['alive']),
    ...props,
  });
}

/** Renders the controller, and expects that the oldest and the newest API server accept it. */
export function rendered(
  controller: Controller,
  props: Partial<AppWorkloadProps> = {},
  extend: (app: AppWorkload) => void = () => {},
): any {
  const [object] = synth(chart => extend(controlled(chart, controller, props)));
  expect(['1.28', '1.34', '1.37'].flatMap(version => schemaProblems(version as '1.28', object))).toEqual([]);
  return object;
}

/** Expects an error with the whole message. */
export function expectError(define: (chart: Chart) => void, message: string, minimum?: KubernetesVersion): void {
  let error: Error | undefined;
  try {
    synth(define, minimum);
  } catch (thrown) {
    error = thrown as Error;
  }
  expect(error?.message).toBe(message);
}

/** Expects that the controller of a workload is refused with the whole message. */
export function expectRefusal(controller: Controller, message: string, props: Partial<AppWorkloadProps> = {}): void {
  expectError(chart => controlled(chart, controller, props), `[test/app] ${message}`);
}
