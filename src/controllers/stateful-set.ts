import type { Duration } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import type { ControllerDefinition } from './controller-definition';
import { checkCount, checkDuration, checkRevisions } from './option-checks';
import { fail } from '../checks/fail';
import { checkProps, OPTIONAL } from '../checks/props';
import { checkBoolean, checkEnum } from '../checks/value-types';
import { seconds } from '../checks/values';

/** Options of a StatefulSet. */
export interface StatefulSetOptions {
  /**
   * The order in which pods start and stop. Updates always replace one pod after another.
   *
   * @default PodManagementPolicy.PARALLEL
   */
  readonly podManagementPolicy?: PodManagementPolicy;

  /**
   * The first replica that an update replaces. Replicas with a lower number keep the old revision.
   *
   * @default 0
   */
  readonly partition?: number;

  /**
   * Whether an update replaces only the pods that you delete.
   *
   * @default false
   */
  readonly updateOnDelete?: boolean;

  /**
   * The number of the first replica.
   *
   * @default 0
   */
  readonly startOrdinal?: number;

  /**
   * The time for which a new pod must be ready before the update continues.
   *
   * @default Duration.seconds(0)
   */
  readonly minReady?: Duration;

  /**
   * The number of old revisions that `kubectl rollout undo` can return to.
   *
   * @default - 10, the default of Kubernetes
   */
  readonly revisionHistoryLimit?: number;
}

/** Defines a StatefulSet. */
export function statefulSet(options: StatefulSetOptions): ControllerDefinition {
  const factory = 'Controller.statefulSet';
  checkProps<StatefulSetOptions>(factory, options, {
    podManagementPolicy: OPTIONAL,
    partition: OPTIONAL,
    updateOnDelete: OPTIONAL,
    startOrdinal: OPTIONAL,
    minReady: OPTIONAL,
    revisionHistoryLimit: OPTIONAL,
  });
  const { partition, updateOnDelete = false, startOrdinal, minReady, revisionHistoryLimit } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    factory,
    hasReplicas: true,
    runsToCompletion: false,
    hasClaimTemplates: true,
    revisionLabel: 'controller-revision-hash',
    // a label of the pods is the name and a hash
    maxNameLength: 52,
    startOrdinal,
    check: scope => {
      checkEnum(
        scope,
        "'podManagementPolicy'",
        options.podManagementPolicy,
        'PodManagementPolicy',
        PodManagementPolicy,
      );
      checkBoolean(scope, "'updateOnDelete'", options.updateOnDelete);
      checkCount(scope, "'partition'", partition, 0);
      checkCount(scope, "'startOrdinal'", startOrdinal, 0);
      checkDuration(scope, "'minReady'", minReady, 0);
      checkRevisions(scope, revisionHistoryLimit);
      if (updateOnDelete && partition !== undefined) {
        fail(
          scope,
          "'updateOnDelete' and 'partition' are both set, but without an automatic update there is no partition.",
          'Omit one of them.',
        );
      }
    },
    spec: ({ replicas, podLabels, template, headlessName, claimTemplates }) => ({
      replicas,
      serviceName: headlessName,
      selector: { matchLabels: podLabels },
      // with `OrderedReady`, a pod that never becomes ready would prevent the rollout of its own repair
      podManagementPolicy: options.podManagementPolicy ?? PodManagementPolicy.PARALLEL,
      updateStrategy: updateOnDelete
        ? { type: 'OnDelete' }
        : { type: 'RollingUpdate', rollingUpdate: partition === undefined ? undefined : { partition } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      ordinals: startOrdinal === undefined ? undefined : { start: startOrdinal },
      minReadySeconds: minReady && seconds(minReady),
      revisionHistoryLimit,
      template,
      volumeClaimTemplates: claimTemplates.length > 0 ? claimTemplates : undefined,
    }),
  };
}
