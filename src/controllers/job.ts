import type { Duration } from 'cdk8s';
import { RestartPolicy } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { ControllerDefinition, ControllerParts } from './controller-definition';
import { checkCount, checkDuration } from './option-checks';
import { fail } from '../checks/fail';
import { checkProps, OPTIONAL, PropTable } from '../checks/props';
import { checkEnum } from '../checks/value-types';
import { seconds } from '../checks/values';
import { MAX_LABEL_LENGTH } from '../facts/kubernetes';

/** The meanings of the completion of a Job. */
export enum JobCompletionMode {
  /** The Job is complete after a number of successful pods. */
  NON_INDEXED = 'NonIndexed',
  /** Each pod has an index, in the variable `JOB_COMPLETION_INDEX`. The Job is complete after a success of each. */
  INDEXED = 'Indexed',
}

/** Options of a Job. */
export interface JobOptions {
  /**
   * The number of pods that must succeed.
   *
   * @default 1
   */
  readonly completions?: number;

  /**
   * The number of pods that run at once.
   *
   * @default 1
   */
  readonly parallelism?: number;

  /**
   * Whether each pod has an index.
   *
   * @default JobCompletionMode.NON_INDEXED
   */
  readonly completionMode?: JobCompletionMode;

  /**
   * The number of retries until the Job fails.
   *
   * @default - 6, the default of Kubernetes
   */
  readonly backoffLimit?: number;

  /**
   * The time after which a running Job fails and its pods are stopped.
   *
   * @default - no limit
   */
  readonly activeDeadline?: Duration;

  /**
   * The time after which a finished Job is deleted with its pods and their output. GitOps tools then create it again,
   * so omit it if one manages the Job.
   *
   * @default - the Job remains
   */
  readonly ttlAfterFinished?: Duration;

  /**
   * Whether a failed container restarts in its pod (`ON_FAILURE`), or a new pod replaces the pod and the failed pod
   * remains for inspection (`NEVER`).
   *
   * @default RestartPolicy.NEVER
   */
  readonly restartPolicy?: RestartPolicy;
}

export const JOB_OPTIONS: PropTable<JobOptions> = {
  completions: OPTIONAL,
  parallelism: OPTIONAL,
  completionMode: OPTIONAL,
  backoffLimit: OPTIONAL,
  activeDeadline: OPTIONAL,
  ttlAfterFinished: OPTIONAL,
  restartPolicy: OPTIONAL,
};

/** The form of the hash at the end of the name of a Job. */
const JOB_SUFFIX = '-0123456789';

/** Defines a Job. */
export function job(options: JobOptions): ControllerDefinition {
  const factory = 'Controller.job';
  checkProps(factory, options, JOB_OPTIONS);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    factory,
    hasReplicas: false,
    runsToCompletion: true,
    hasClaimTemplates: false,
    maxPods: maxPods(options),
    restartPolicy: options.restartPolicy ?? RestartPolicy.NEVER,
    maxNameLength: maxNameLength(options, JOB_SUFFIX.length),
    check: scope => checkJobOptions(scope, options),
    spec: parts => jobSpec(options, parts),
  };
}

/**
 * Returns the maximum length of the name of a Job. Its pods have it as a label, and those with an index as their host
 * name.
 *
 * @param suffixLength the length of the suffix that distinguishes the Jobs of one name
 */
export function maxNameLength({ completionMode, completions = 1 }: JobOptions, suffixLength: number): number {
  const index = completionMode === JobCompletionMode.INDEXED ? `-${completions - 1}` : '';
  return MAX_LABEL_LENGTH - suffixLength - index.length;
}

/** Returns the largest number of pods of a Job at once. */
export function maxPods({ parallelism = 1, completions = parallelism }: JobOptions): number {
  return Math.min(parallelism, completions);
}

/** Returns the spec of a Job, which is also the template of a CronJob. */
export function jobSpec(options: JobOptions, { template }: Pick<ControllerParts, 'template'>): object {
  const { completions, parallelism, completionMode, backoffLimit, activeDeadline, ttlAfterFinished } = options;
  return {
    completions,
    parallelism,
    completionMode,
    backoffLimit,
    activeDeadlineSeconds: activeDeadline && seconds(activeDeadline),
    ttlSecondsAfterFinished: ttlAfterFinished && seconds(ttlAfterFinished),
    template,
  };
}

export function checkJobOptions(scope: IConstruct, options: JobOptions): void {
  const { completionMode, restartPolicy } = options;
  checkEnum(scope, "'completionMode'", completionMode, 'JobCompletionMode', JobCompletionMode);
  checkEnum(scope, "'restartPolicy'", restartPolicy, 'RestartPolicy', RestartPolicy);
  checkCount(scope, "'completions'", options.completions, 1);
  checkCount(scope, "'parallelism'", options.parallelism, 1);
  checkCount(scope, "'backoffLimit'", options.backoffLimit, 0);
  checkDuration(scope, "'activeDeadline'", options.activeDeadline, 1);
  checkDuration(scope, "'ttlAfterFinished'", options.ttlAfterFinished, 0);
  if (completionMode === JobCompletionMode.INDEXED && options.completions === undefined) {
    fail(
      scope,
      "'completionMode' is 'Indexed' without 'completions', which the API server rejects.",
      "Set 'completions' to the number of indexes.",
    );
  }
  if (restartPolicy === RestartPolicy.ALWAYS) {
    fail(
      scope,
      "'restartPolicy' is 'Always', so the pods would never complete.",
      "Use 'RestartPolicy.NEVER' or 'RestartPolicy.ON_FAILURE'.",
    );
  }
}
