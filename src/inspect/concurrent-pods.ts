import { at } from './json';
import type { Pod } from './pods';

/** Several pods of one object that run at the same time. */
export interface ConcurrentPods {
  /** The number of pods; `undefined` if it depends on the nodes or the time. */
  readonly count?: number;
  /** The pods, for messages: `3 replicas`. */
  readonly description: string;
}

/**
 * Returns the pods of an object that can run at the same time; `undefined` if there is only one.
 *
 * @param max the maximum number of replicas
 */
export function concurrentPods({ object, spec, replicas }: Pod, max = replicas): ConcurrentPods | undefined {
  switch (object.kind) {
    case 'DaemonSet':
      return isOnOneNode(spec) ? undefined : { description: 'the pods of all nodes' };
    case 'Job':
      return several(max, 'pods');
    case 'CronJob':
      return several(max, 'pods of each run') ?? overlappingRuns(object.content);
    default:
      return several(max, 'replicas');
  }
}

function several(count = 1, noun: string): ConcurrentPods | undefined {
  return count > 1 ? { count, description: `${count} ${noun}` } : undefined;
}

function overlappingRuns(content: unknown): ConcurrentPods | undefined {
  const policy = at(content, 'spec', 'concurrencyPolicy') ?? 'Allow';
  return policy === 'Allow' ? { description: 'overlapping runs' } : undefined;
}

/** Whether a pod spec names the node of its pods. */
export function isOnOneNode(spec: unknown): boolean {
  return at(spec, 'nodeName') !== undefined || at(spec, 'nodeSelector', 'kubernetes.io/hostname') !== undefined;
}
