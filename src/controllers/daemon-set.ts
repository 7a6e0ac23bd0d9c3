import type { Duration } from 'cdk8s';
import type { PercentOrAbsolute } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { ControllerDefinition } from './controller-definition';
import { checkAmount, checkDuration, checkRevisions } from './option-checks';
import { fail } from '../checks/fail';
import { checkProps, OPTIONAL } from '../checks/props';
import { checkBoolean } from '../checks/value-types';
import { seconds } from '../checks/values';

/** Options of a DaemonSet. */
export interface DaemonSetOptions {
  /**
   * The number of nodes on which an update can stop the pod before its replacement is ready.
   *
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly maxUnavailable?: PercentOrAbsolute;

  /**
   * The number of nodes on which an update can start the new pod before it stops the old one. It requires that
   * `maxUnavailable` is omitted or 0.
   *
   * @default PercentOrAbsolute.absolute(0)
   */
  readonly maxSurge?: PercentOrAbsolute;

  /**
   * Whether an update replaces only the pods that you delete.
   *
   * @default false
   */
  readonly updateOnDelete?: boolean;

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

/** Defines a DaemonSet. */
export function daemonSet(options: DaemonSetOptions): ControllerDefinition {
  const factory = 'Controller.daemonSet';
  checkProps<DaemonSetOptions>(factory, options, {
    maxUnavailable: OPTIONAL,
    maxSurge: OPTIONAL,
    updateOnDelete: OPTIONAL,
    minReady: OPTIONAL,
    revisionHistoryLimit: OPTIONAL,
  });
  const { minReady, revisionHistoryLimit } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    factory,
    hasReplicas: false,
    runsToCompletion: false,
    hasClaimTemplates: false,
    maxPods: Infinity,
    revisionLabel: 'controller-revision-hash',
    check: scope => checkOptions(scope, options),
    spec: ({ podLabels, template }) => ({
      selector: { matchLabels: podLabels },
      updateStrategy: updateStrategy(options),
      minReadySeconds: minReady && seconds(minReady),
      revisionHistoryLimit,
      template,
    }),
  };
}

function updateStrategy({ updateOnDelete = false, maxUnavailable, maxSurge }: DaemonSetOptions): object {
  if (updateOnDelete) {
    return { type: 'OnDelete' };
  }
  // the API server requires that exactly one of them is above 0
  const surges = maxSurge !== undefined && !maxSurge.isZero();
  return {
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: surges ? 0 : (maxUnavailable?.value ?? 1), maxSurge: surges ? maxSurge.value : 0 },
  };
}

function checkOptions(scope: IConstruct, options: DaemonSetOptions): void {
  const { updateOnDelete = false, maxUnavailable, maxSurge, minReady, revisionHistoryLimit } = options;
  checkBoolean(scope, "'updateOnDelete'", options.updateOnDelete);
  checkAmount(scope, "'maxUnavailable'", maxUnavailable, 100);
  checkAmount(scope, "'maxSurge'", maxSurge, 100);
  const rolling = Object.entries({ maxUnavailable, maxSurge }).find(([, value]) => value !== undefined)?.[0];
  if (updateOnDelete && rolling !== undefined) {
    fail(
      scope,
      `'updateOnDelete' and '${rolling}' are both set, but without an automatic update there is no '${rolling}'.`,
      'Omit one of them.',
    );
  }
  const surges = maxSurge !== undefined && !maxSurge.isZero();
  if (surges && maxUnavailable !== undefined && !maxUnavailable.isZero()) {
    fail(
      scope,
      "'maxSurge' and 'maxUnavailable' are both above 0, which the API server rejects for a DaemonSet.",
      'Omit one of them.',
    );
  }
  if (!surges && maxUnavailable?.isZero()) {
    fail(
      scope,
      "'maxUnavailable' is 0 without 'maxSurge', so an update cannot replace a pod.",
      "Set 'maxSurge: PercentOrAbsolute.absolute(1)' or omit 'maxUnavailable'.",
    );
  }
  checkDuration(scope, "'minReady'", minReady, 0);
  checkRevisions(scope, revisionHistoryLimit);
}
