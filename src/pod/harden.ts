import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { emptyDirs } from './budget';
import { MEMORY, WRITABLE_LAYER } from './default-resources';
import { sleepAction } from './render';
import type { PodVolume } from './volumes/pod-volume';
import type { PodSpec } from '../checks/pod-spec';
import { kibibytes, quantity } from '../checks/values';
import type { PodFacts } from '../safety/rule';
import { RULES } from '../safety/rules';
import { isWaived } from '../safety/waiver';

/** The time between the deletion of a pod and SIGTERM, while Services still route connections to it. */
export const DRAIN_SECONDS = 5;

/** The inputs of a pod's safe defaults. */
export interface HardenOptions extends Pick<
  PodFacts,
  'runAsUser' | 'runAsGroup' | 'podLabels' | 'isReplicated' | 'revisionLabel' | 'stopSeconds'
> {
  readonly scope: IConstruct;
  readonly volumes: readonly PodVolume[];
  /** Whether Services route connections to the app. */
  readonly serves: boolean;
}

/** Applies the safe defaults that the workload does not waive; keeps values that are already set. */
export function harden(pod: PodSpec, { scope, volumes, serves, ...options }: HardenOptions): PodSpec {
  const disk = kibibytes(emptyDirs(volumes, EmptyDirMedium.DEFAULT).total);
  const facts: PodFacts = {
    ...options,
    drain:
      serves && !isWaived(scope, 'drain-before-stop')
        ? { seconds: DRAIN_SECONDS, preStop: sleepAction(scope, DRAIN_SECONDS) }
        : undefined,
    resources: {
      memory: quantity(MEMORY.app),
      memoryBeside: quantity(MEMORY.sidecar),
      ephemeralStorage: quantity(Size.kibibytes(kibibytes(WRITABLE_LAYER.app) + disk)),
      ephemeralStorageBeside: quantity(WRITABLE_LAYER.sidecar),
    },
  };
  for (const { id, safeDefault } of RULES) {
    if (safeDefault?.apply && !isWaived(scope, id)) {
      safeDefault.apply(pod, facts);
    }
  }
  return pod;
}

/** The facts of no pod in particular, to find the fields that the defaults set. */
const ANY_FACTS: PodFacts = {
  runAsUser: 1,
  runAsGroup: 1,
  podLabels: {},
  isReplicated: true,
  drain: { seconds: DRAIN_SECONDS, preStop: {} },
  stopSeconds: 30,
  resources: { memory: '1Mi', memoryBeside: '1Mi', ephemeralStorage: '1Mi', ephemeralStorageBeside: '1Mi' },
};

/** Sets the fields that the waivers of a workload omit from its pod, to any values. */
export function fillWaivedDefaults(pod: PodSpec, scope: IConstruct): void {
  for (const { id, safeDefault } of RULES) {
    if (safeDefault?.apply && isWaived(scope, id)) {
      safeDefault.apply(pod, ANY_FACTS);
    }
  }
}
