import type { Duration } from 'cdk8s';
import type { PercentOrAbsolute } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { ControllerDefinition } from './controller-definition';
import { checkAmount, checkDuration, checkRevisions } from './option-checks';
import { checkProgressDeadline, progressDeadlineSeconds } from './progress-deadline';
import { fail } from '../checks/fail';
import { checkProps, OPTIONAL } from '../checks/props';
import { checkBoolean } from '../checks/value-types';
import { seconds } from '../checks/values';

/** Options of a Deployment. */
export interface DeploymentOptions {
  /**
   * Whether an update stops all pods before it starts new ones. Unless the app has a claim, it requires
   * `Waiver.updateKeepsCapacity`, because no pod serves during an update.
   *
   * @default - true if a claim of the app can only be mounted on one node; otherwise false
   */
  readonly recreate?: boolean;

  /**
   * The number of pods that an update can stop before their replacements are ready. More than 0 requires
   * `Waiver.updateKeepsCapacity`, and so does a percentage that stands for at least one of the replicas.
   *
   * @default PercentOrAbsolute.absolute(0)
   */
  readonly maxUnavailable?: PercentOrAbsolute;

  /**
   * The number of pods that an update can start in addition to the replicas.
   *
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly maxSurge?: PercentOrAbsolute;

  /**
   * The time for which a new pod must be ready before the update continues.
   *
   * @default Duration.seconds(0)
   */
  readonly minReady?: Duration;

  /**
   * The time after which an update without progress counts as failed. It does not stop. It must not be shorter than the
   * startup timeout of a health check and `minReady` together.
   *
   * @default - 10 minutes, the default of Kubernetes; if the startup timeout and `minReady` together are longer than
   * that, 10 minutes more than both
   */
  readonly progressDeadline?: Duration;

  /**
   * The number of old revisions that `kubectl rollout undo` can return to.
   *
   * @default - 10, the default of Kubernetes
   */
  readonly revisionHistoryLimit?: number;
}

/** Defines a Deployment. */
export function deployment(options: DeploymentOptions): ControllerDefinition {
  const factory = 'Controller.deployment';
  checkProps<DeploymentOptions>(factory, options, {
    recreate: OPTIONAL,
    maxUnavailable: OPTIONAL,
    maxSurge: OPTIONAL,
    minReady: OPTIONAL,
    progressDeadline: OPTIONAL,
    revisionHistoryLimit: OPTIONAL,
  });
  const { recreate, maxUnavailable, maxSurge, minReady, revisionHistoryLimit } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    factory,
    hasReplicas: true,
    runsToCompletion: false,
    hasClaimTemplates: false,
    revisionLabel: 'pod-template-hash',
    check: scope => checkOptions(scope, options),
    surgeOption: () => {
      const set = { 'recreate: false': recreate === false || undefined, maxUnavailable, maxSurge };
      return maxSurge?.isZero() ? undefined : Object.entries(set).find(([, value]) => value)?.[0];
    },
    checkStartup: (scope, startupSeconds) => checkProgressDeadline(scope, options, startupSeconds),
    spec: ({ replicas, podLabels, template, stopsFirst, waivesCapacity, startupSeconds }) => ({
      replicas,
      selector: { matchLabels: podLabels },
      strategy:
        (recreate ?? (stopsFirst && !maxSurge?.isZero()))
          ? { type: 'Recreate' }
          : rollingUpdate(maxUnavailable, maxSurge, waivesCapacity),
      minReadySeconds: minReady && seconds(minReady),
      progressDeadlineSeconds: progressDeadlineSeconds(options, startupSeconds),
      revisionHistoryLimit,
      template,
    }),
  };
}

function rollingUpdate(maxUnavailable?: PercentOrAbsolute, maxSurge?: PercentOrAbsolute, waivesCapacity = false) {
  if (waivesCapacity && !maxUnavailable && !maxSurge) {
    return undefined;
  }
  return {
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: maxUnavailable?.value ?? 0, maxSurge: maxSurge?.value ?? 1 },
  };
}

function checkOptions(scope: IConstruct, options: DeploymentOptions): void {
  const { recreate, maxUnavailable, maxSurge, minReady, progressDeadline, revisionHistoryLimit } = options;
  checkBoolean(scope, "'recreate'", recreate);
  checkAmount(scope, "'maxUnavailable'", maxUnavailable, 100);
  checkAmount(scope, "'maxSurge'", maxSurge);
  const rolling = Object.entries({ maxUnavailable, maxSurge }).find(([, value]) => value !== undefined)?.[0];
  if (recreate === true && rolling !== undefined) {
    fail(
      scope,
      `'recreate' and '${rolling}' are both set, but an update that stops all pods first has no '${rolling}'.`,
      'Omit one of them.',
    );
  }
  if (maxSurge?.isZero() && (maxUnavailable?.isZero() ?? true)) {
    fail(
      scope,
      "'maxSurge' and 'maxUnavailable' are both 0, so an update cannot replace a pod.",
      "Set 'maxUnavailable: PercentOrAbsolute.absolute(1)' or omit 'maxSurge'.",
    );
  }
  checkDuration(scope, "'minReady'", minReady, 0);
  checkDuration(scope, "'progressDeadline'", progressDeadline, 1);
  checkRevisions(scope, revisionHistoryLimit);
}
