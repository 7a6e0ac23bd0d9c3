import type { IConstruct } from 'constructs';
import { checkReason } from '../checks/reason';

/** The effect of a configuration change. */
export type RolloutStrategy = 'immutable' | 'checksum' | 'live' | 'reloader' | 'none' | 'once';

/** A strategy with the reason that it requires. */
export interface Rollout {
  readonly _strategy: RolloutStrategy;
  readonly reason?: string;
}

/**
 * The effect of a configuration change.
 *
 * Kubernetes does not restart pods: an app keeps the configuration that it has read, and the files of a mounted
 * ConfigMap change some time later.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigRollout {
  /**
   * Rolls out new pods on a change; a rollback of the workload restores the old configuration.
   *
   * The ConfigMap is immutable and its name contains a hash of its content. GitOps tools keep old ConfigMaps, because
   * old pods still mount them; delete them by label if the revision history no longer contains these pods.
   */
  public static immutable(): ConfigRollout {
    return new ConfigRollout('immutable');
  }

  /**
   * Rolls out new pods on a change, with a hash in an annotation of the pods.
   *
   * The name is stable, so that other objects can refer to it. Pods of the old revision see the new content as soon as
   * it is applied.
   */
  public static checksum(): ConfigRollout {
    return new ConfigRollout('checksum');
  }

  /**
   * Updates the files in running pods. Use it for an app that watches its files. The update can take about two minutes.
   */
  public static live(): ConfigRollout {
    return new ConfigRollout('live');
  }

  /**
   * Lets Stakater Reloader roll out new pods on a change. It must run in the cluster.
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
   * Never restarts pods, because the files are only read at the first start.
   *
   * @internal
   */
  public static _once(): ConfigRollout {
    return new ConfigRollout('once');
  }

  private constructor(
    /** @internal */
    public readonly _strategy: RolloutStrategy,
    /** The reason of `none`. */
    public readonly reason?: string,
  ) {}
}

/**
 * The effect of a change of an existing ConfigMap or Secret, whose content is not known at synthesis.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ExistingRollout {
  /**
   * Lets Stakater Reloader roll out new pods on a change. It must run in the cluster.
   *
   * @see https://github.com/stakater/Reloader
   */
  public static reloader(): ExistingRollout {
    return new ExistingRollout('reloader');
  }

  /**
   * Updates the files in running pods. Use it for an app that watches its files. The update can take about two minutes.
   * Refused for environment variables, which containers read only at their start.
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
    /** The reason of `none`. */
    public readonly reason?: string,
  ) {}
}

/** Refuses a rollout without the reason that it requires. */
export function checkRollout(scope: IConstruct, { _strategy: strategy, reason }: Rollout): void {
  if (strategy === 'none') {
    checkReason(scope, "'none'", reason ?? '');
  }
}
