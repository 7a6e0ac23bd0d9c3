import type { Rollout } from './model';
import { at, text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';
import { answerToChange } from '../predicates/answer-to-change';

/**
 * Whether a change of what its pods read replaces the pods of a workload.
 *
 * @param object the ConfigMap or Secret itself, where it is among the manifests
 */
export function rolloutOf(
  pod: Pod,
  kind: 'ConfigMap' | 'Secret',
  name: string,
  object: ManifestObject | undefined,
): Rollout {
  return changeOf(pod, answerToChange(pod, { kind, name }, object));
}

/** What a change of the pod's template does, or a change outside of it, which nothing answers. */
export function changeOf({ object }: Pod, answer: string | undefined): Rollout {
  switch (object.kind) {
    case 'Job':
    case 'CronJob':
      return { rolls: false, why: 'pods of the next run read it' };
    case 'Pod':
    case 'PodTemplate':
    case 'ReplicaSet':
    case 'ReplicationController':
      return { rolls: false, why: `a ${object.kind} replaces no pods` };
  }
  if (answer === undefined) {
    return { rolls: false, why: 'nothing in the pod template changes with it' };
  }
  if (text(at(object.content, 'spec', 'updateStrategy', 'type')) === 'OnDelete') {
    return { rolls: false, why: 'its update strategy is OnDelete' };
  }
  if (at(object.content, 'spec', 'paused') === true) {
    return { rolls: false, why: 'its rollouts are paused' };
  }
  return { rolls: true, why: answer };
}
