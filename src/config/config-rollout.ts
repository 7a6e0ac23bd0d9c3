import type { IConstruct } from 'constructs';
import { checkReason } from '../checks/reason';

/** What a change of configuration leads to. */
export type RolloutStrategy = 'immutable' | 'checksum' | 'live' | 'reloader' | 'none' | 'once';

/** A choice of what a change of configuration leads to. */
export interface Rollout {
  readonly _strategy: RolloutStrategy;
  readonly reason?: string;
}

/**
 * What happens when configuration changes.
 *
 * Kubernetes itself does nothing: running pods keep what they have read, and a file of a mounted ConfigMap changes
 * under
 * them some time later.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigRollout {
  /**
   * A change rolls the pods, and a rollback of the workload brings the old configuration back. The ConfigMap's name
   * carries a hash of its content, it is immutable, and GitOps tools keep the old ones, which old pods still need;
   * delete
   * them by label when the history of the workload no longer reaches them.
   */
  public static immutable(): ConfigRollout {
    return new ConfigRollout('immutable');
  }

  /**
   * A change rolls the pods by an annotation with a hash. The name is stable, so that others can refer to it; pods of
   * the old revision see the new content as soon as it is applied.
   */
  public static checksum(): ConfigRollout {
    return new ConfigRollout('checksum');
  }

  /**
   * A change rolls nothing: the app watches its files and reads them again. Files appear some time after the change,
   * up to about two minutes.
   */
  public static live(): ConfigRollout {
    return new ConfigRollout('live');
  }

  /**
   * A change is answered by Stakater Reloader, which has to run in the cluster, with a rollout.
   *
   * @see https://github.com/stakater/Reloader
   */
  public static reloader(): ConfigRollout {
    return new ConfigRollout('reloader');
  }

  /**
   * Never restarts pods on a change.
   *
   * @param reason why that is right, in at least three words
   */
  public static none(reason: string): ConfigRollout {
    return new ConfigRollout('none', reason);
  }

  /**
   * The files are read at a first start alone.
   *
   * @internal
   */
  public static _once(): ConfigRollout {
    return new ConfigRollout('once');
  }

  private constructor(
    /** @internal */
    public readonly _strategy: RolloutStrategy,
    /** Why nothing has to roll, where that was said. */
    public readonly reason?: string,
  ) {}
}

/**
 * What happens when configuration changes that something else makes, whose content this library does not know.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ExistingRollout {
  /**
   * A change is answered by Stakater Reloader, which has to run in the cluster, with a rollout.
   *
   * @see https://github.com/stakater/Reloader
   */
  public static reloader(): ExistingRollout {
    return new ExistingRollout('reloader');
  }

  /**
   * A change rolls nothing: the app watches its files and reads them again. Files appear some time after the change,
   * up to about two minutes. Refused for environment variables, which are read once.
   */
  public static live(): ExistingRollout {
    return new ExistingRollout('live');
  }

  /**
   * Never restarts pods on a change.
   *
   * @param reason why that is right, in at least three words
   */
  public static none(reason: string): ExistingRollout {
    return new ExistingRollout('none', reason);
  }

  private constructor(
    /** @internal */
    public readonly _strategy: 'live' | 'reloader' | 'none',
    /** Why nothing has to roll, where that was said. */
    public readonly reason?: string,
  ) {}
}

/** Refuses a rollout without a reason where it needs one. */
export function checkRollout(scope: IConstruct, { reason }: Rollout): void {
  if (reason !== undefined) {
    checkReason(scope, "'none'", reason);
  }
}
