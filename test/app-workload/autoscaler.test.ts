import { Size } from 'cdk8s';
import { HorizontalPodAutoscaler } from 'cdk8s-plus-28';
import { AppWorkload, AutoscalingOptions, Controller, PodVolume } from '../../src';
import { kind, synth, workload } from '../synth';

const scaled = (options: AutoscalingOptions, controller?: Controller) =>
  synth(chart => workload(chart, { controller }).autoscale(options));

test('leaves the number of replicas to the autoscaler', () => {
  const objects = scaled({ maxReplicas: 6 });
  expect(kind(objects, 'Deployment').spec.replicas).toBeUndefined();
  expect(kind(objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  expect(kind(objects, 'HorizontalPodAutoscaler').spec).toEqual({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'test-app' },
    minReplicas: 2,
    maxReplicas: 6,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
  });
});

test('scales by other metrics, at its own speed', () => {
  const pods = {
    type: 'Pods',
    pods: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '5' } },
  };
  const behavior = { scaleDown: { stabilizationWindowSeconds: 600 } };
  const objects = scaled(
    { minReplicas: 1, maxReplicas: 3, memoryUtilizationPercent: 80, metrics: [pods], behavior },
    Controller.statefulSet(),
  );
  expect(kind(objects, 'StatefulSet').spec.replicas).toBeUndefined();
  expect(kind(objects, 'PodDisruptionBudget')).toBeUndefined();
  expect(kind(objects, 'HorizontalPodAutoscaler').spec).toMatchObject({
    minReplicas: 1,
    metrics: [{ resource: { name: 'memory', target: { averageUtilization: 80 } } }, pods],
    behavior,
  });
});

test('is the target of an autoscaler of cdk8s-plus-28', () => {
  const objects = synth(chart => {
    new HorizontalPodAutoscaler(chart, 'hpa', { target: workload(chart), maxReplicas: 4 });
  });
  expect(kind(objects, 'Deployment').spec.replicas).toBeUndefined();
  expect(kind(objects, 'HorizontalPodAutoscaler').spec.scaleTargetRef.name).toBe('test-app');
});

const refusals: [string, (app: (props?: Parameters<typeof workload>[1]) => AppWorkload) => unknown, string][] = [
  [
    'a set number of replicas',
    app => app({ replicas: 3 }).autoscale({ maxReplicas: 6 }),
    "'replicas' is 3, but an autoscaler sets the number of replicas. Omit 'replicas', and set the bounds of the " +
      'autoscaler.',
  ],
  [
    'a kind without replicas',
    app => app({ controller: Controller.daemonSet() }).autoscale({ maxReplicas: 6 }),
    'An autoscaler is set, but a DaemonSet has no replicas. Remove it.',
  ],
  [
    'a claim for one node',
    app =>
      app()
        .mount('/data', PodVolume.newClaim('data', { size: Size.gibibytes(1) }))
        .autoscale({ maxReplicas: 6 }),
    "'replicas' is 6, but only one node can mount the claim of volume 'data'.",
  ],
  [
    'bounds that exclude each other',
    app => app().autoscale({ minReplicas: 4, maxReplicas: 3 }),
    "'minReplicas' is 4, more than the 'maxReplicas' of 3. Lower 'minReplicas' or raise 'maxReplicas'.",
  ],
];

test.each(refusals)('refuses %s', (_, define, error) => {
  expect(() => synth(chart => define(props => workload(chart, props)))).toThrow(`[test/app] ${error}`);
});
