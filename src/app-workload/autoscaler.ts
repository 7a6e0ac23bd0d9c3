import type { Construct } from 'constructs';
import { fail } from '../checks/fail';
import { checkProps, OPTIONAL, required, optional } from '../checks/props';
import { checkInteger } from '../checks/values';
import { ReadableApiObject } from '../objects/readable-api-object';
import type { ControlledPods } from '../pod/controlled-pods';

/**
 * Options of an autoscaler.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface AutoscalingOptions {
  /** The largest number of pods. */
  readonly maxReplicas: number;

  /**
   * The smallest number of pods. At least 1.
   *
   * @default 2
   */
  readonly minReplicas?: number;

  /**
   * The average CPU usage of the pods to aim for, in percent of their request.
   *
   * @default - 70 if no other target is set
   */
  readonly cpuUtilizationPercent?: number;

  /**
   * The average memory usage of the pods to aim for, in percent of their request.
   *
   * @default - memory does not matter
   */
  readonly memoryUtilizationPercent?: number;

  /**
   * Further metrics, as in a manifest: `{ type: 'Pods', pods: { ... } }`.
   *
   * @default - none
   */
  readonly metrics?: any[];

  /**
   * The speed of scaling, as in a manifest: `{ scaleDown: { stabilizationWindowSeconds: 600 } }`.
   *
   * @default - the behavior of Kubernetes
   */
  readonly behavior?: any;
}

/** Defines a HorizontalPodAutoscaler, and leaves the number of replicas to it. */
export function defineAutoscaler(scope: Construct, pods: ControlledPods, options: AutoscalingOptions): void {
  checkProps<AutoscalingOptions>(
    scope,
    options,
    {
      maxReplicas: required('6', 'number'),
      minReplicas: optional('number'),
      cpuUtilizationPercent: optional('number'),
      memoryUtilizationPercent: optional('number'),
      metrics: optional('any[]'),
      behavior: OPTIONAL,
    },
    "the argument of 'autoscale'",
  );
  const { metrics = [], memoryUtilizationPercent, behavior } = options;
  const hasOther = metrics.length > 0 || memoryUtilizationPercent !== undefined;
  const { cpuUtilizationPercent = hasOther ? undefined : 70 } = options;
  const maxReplicas = checkInteger(scope, "'maxReplicas'", options.maxReplicas, 1, 100000);
  const minReplicas = checkInteger(scope, "'minReplicas'", options.minReplicas ?? Math.min(2, maxReplicas), 1, 100000);
  if (minReplicas > maxReplicas) {
    fail(
      scope,
      `'minReplicas' is ${minReplicas}, more than the 'maxReplicas' of ${maxReplicas}.`,
      "Lower 'minReplicas' or raise 'maxReplicas'.",
    );
  }
  pods.leaveReplicasTo({ minReplicas, maxReplicas });
  const { name, namespace, labels } = pods.identity;
  new ReadableApiObject(scope, 'HorizontalPodAutoscaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace, labels },
    spec: {
      scaleTargetRef: { apiVersion: pods.object.apiVersion, kind: pods.object.kind, name },
      minReplicas,
      maxReplicas,
      metrics: [
        ...utilization(scope, 'cpu', cpuUtilizationPercent),
        ...utilization(scope, 'memory', memoryUtilizationPercent),
        ...metrics,
      ],
      behavior,
    },
  });
}

function utilization(scope: Construct, name: 'cpu' | 'memory', percent: number | undefined): object[] {
  if (percent === undefined) {
    return [];
  }
  const averageUtilization = checkInteger(scope, `'${name}UtilizationPercent'`, percent, 1, 10000);
  return [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];
}
