import type { ControllerDefinition } from './controller-definition';
import { cronJob, CronJobOptions } from './cron-job';
import { daemonSet, DaemonSetOptions } from './daemon-set';
import { deployment, DeploymentOptions } from './deployment';
import { job, JobOptions } from './job';
import { statefulSet, StatefulSetOptions } from './stateful-set';

/**
 * The controller of an app's pods, with its options.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/
 */
export class Controller {
  /**
   * Runs interchangeable replicas. An update starts new pods before it stops old ones, unless they share a claim that
   * only one node can mount.
   *
   * @param options the update strategy and more
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
   */
  public static deployment(options: DeploymentOptions = {}): Controller {
    return new Controller(deployment(options));
  }

  /**
   * Runs replicas with stable names, each of which can have its own claims. The claims remain when pods, replicas or
   * the StatefulSet are deleted.
   *
   * @param options the update strategy and more
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
   */
  public static statefulSet(options: StatefulSetOptions = {}): Controller {
    return new Controller(statefulSet(options));
  }

  /**
   * Runs one pod on each node.
   *
   * @param options the update strategy and more
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
   */
  public static daemonSet(options: DaemonSetOptions = {}): Controller {
    return new Controller(daemonSet(options));
  }

  /**
   * Runs pods until their work is done. The name of the Job ends in a hash of its spec, so a change creates a new Job:
   * Kubernetes rejects changes to the pods of an existing one. A Job that exists with the same spec does not run again.
   *
   * @param options completions, retries and deadlines
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
   */
  public static job(options: JobOptions = {}): Controller {
    return new Controller(job(options));
  }

  /**
   * Runs a Job on a schedule, one at a time by default.
   *
   * @param options the schedule, and the options of each Job
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
   */
  public static cronJob(options: CronJobOptions): Controller {
    return new Controller(cronJob(options));
  }

  private constructor(
    /** @internal */
    public readonly _definition: ControllerDefinition,
  ) {}
}
