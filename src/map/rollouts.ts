import type { Rollout } from './model';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';
import { answerToChange } from '../predicates/answer-to-change';
import { rolloutObstacle } from '../predicates/rollout-obstacle';

/**
 * Returns whether a change of a ConfigMap or Secret rolls out new pods of a workload that reads it.
 *
 * @param object the ConfigMap or Secret, if the manifests contain it
 */
export function configRollout(
  pod: Pod,
  kind: 'ConfigMap' | 'Secret',
  name: string,
  object: ManifestObject | undefined,
): Rollout {
  return rolloutOf(pod, answerToChange(pod, { kind, name }, object));
}

/** Returns whether a change of an image reference, which is part of the pod template, rolls out new pods. */
export function imageRollout(pod: Pod): Rollout {
  return rolloutOf(pod, 'the image reference is part of the pod template');
}

/**
 * Returns whether the controller of a pod replaces its pods.
 *
 * @param templateChange how the pod template changes, as a clause; `undefined` if it does not change
 */
function rolloutOf({ object }: Pod, templateChange: string | undefined): Rollout {
  if (templateChange === undefined) {
    return { rolls: false, reason: withoutRollouts(object) ?? 'the pod template does not change with it' };
  }
  const obstacle = withoutRollouts(object) ?? rolloutObstacle(object);
  return obstacle === undefined ? { rolls: true, reason: templateChange } : { rolls: false, reason: obstacle };
}

/** Returns why the pods of an object are never replaced after a change. */
function withoutRollouts({ kind }: ManifestObject): string | undefined {
  switch (kind) {
    case 'CronJob':
      return 'only the pods of the next run read the new content';
    case 'Job':
    case 'Pod':
    case 'PodTemplate':
    case 'ReplicaSet':
    case 'ReplicationController':
      return `a ${kind} does not replace its pods`;
    default:
      return undefined;
  }
}
