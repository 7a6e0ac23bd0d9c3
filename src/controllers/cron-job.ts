import type { Cron, Duration } from 'cdk8s';
import { ConcurrencyPolicy, RestartPolicy } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { ControllerDefinition } from './controller-definition';
import { checkJobOptions, JOB_OPTIONS, JobOptions, jobSpec, maxNameLength, maxPods } from './job';
import { checkCount, checkDuration } from './option-checks';
import { checkSchedule } from './schedule-check';
import { fail } from '../checks/fail';
import { checkProps, OPTIONAL, required } from '../checks/props';
import { isTimeZone } from '../checks/time-zone';
import { checkBoolean, checkEnum, checkInstance } from '../checks/value-types';
import { seconds } from '../checks/values';

/** Options of a CronJob. */
export interface CronJobOptions extends JobOptions {
  /** The schedule. */
  readonly schedule: Cron;

  /**
   * The time zone of the schedule, as a name of the IANA database: `Europe/Berlin`.
   *
   * @default - the time zone of the controller manager, which is UTC in most clusters
   */
  readonly timeZone?: string;

  /**
   * The start of a run while the previous run is still active: allowed, omitted, or in place of it.
   *
   * @default ConcurrencyPolicy.FORBID
   */
  readonly concurrencyPolicy?: ConcurrencyPolicy;

  /**
   * The time after its schedule in which a run can still start. At least 10 seconds.
   *
   * @default - no limit
   */
  readonly startingDeadline?: Duration;

  /**
   * The number of successful runs that remain for inspection.
   *
   * @default - 3, the default of Kubernetes
   */
  readonly successfulJobsRetained?: number;

  /**
   * The number of failed runs that remain for inspection.
   *
   * @default - 1, the default of Kubernetes
   */
  readonly failedJobsRetained?: number;

  /**
   * Whether no further runs start.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** The maximum length of the name of a CronJob. */
const MAX_CRON_JOB_NAME = 52;

/** The form of the time at the end of the name of a run, in minutes. */
const RUN_SUFFIX = '-29000000';

/** Defines a CronJob. */
export function cronJob(options: CronJobOptions): ControllerDefinition {
  const factory = 'Controller.cronJob';
  checkProps<CronJobOptions>(factory, options, {
    ...JOB_OPTIONS,
    schedule: required('Cron.schedule({ minute: "0", hour: "2" })'),
    timeZone: OPTIONAL,
    concurrencyPolicy: OPTIONAL,
    startingDeadline: OPTIONAL,
    successfulJobsRetained: OPTIONAL,
    failedJobsRetained: OPTIONAL,
    suspend: OPTIONAL,
  });
  const { schedule, timeZone, startingDeadline, suspend } = options;
  const concurrencyPolicy = options.concurrencyPolicy ?? ConcurrencyPolicy.FORBID;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    factory,
    hasReplicas: false,
    runsToCompletion: true,
    hasClaimTemplates: false,
    maxPods: concurrencyPolicy === ConcurrencyPolicy.ALLOW ? Infinity : maxPods(options),
    restartPolicy: options.restartPolicy ?? RestartPolicy.NEVER,
    maxNameLength: Math.min(MAX_CRON_JOB_NAME, maxNameLength(options, RUN_SUFFIX.length)),
    check: scope => checkOptions(scope, options),
    spec: parts => ({
      schedule: schedule.expressionString,
      timeZone,
      concurrencyPolicy,
      startingDeadlineSeconds: startingDeadline && seconds(startingDeadline),
      successfulJobsHistoryLimit: options.successfulJobsRetained,
      failedJobsHistoryLimit: options.failedJobsRetained,
      suspend,
      jobTemplate: { metadata: { labels: parts.template.metadata.labels }, spec: jobSpec(options, parts) },
    }),
  };
}

function checkOptions(scope: IConstruct, options: CronJobOptions): void {
  checkJobOptions(scope, options);
  const example = 'Cron.schedule({ minute: "0", hour: "2" })';
  checkInstance(scope, "'schedule'", options.schedule, { type: 'a Cron', member: 'expressionString', example });
  checkSchedule(scope, options.schedule.expressionString);
  checkEnum(scope, "'concurrencyPolicy'", options.concurrencyPolicy, 'ConcurrencyPolicy', ConcurrencyPolicy);
  checkBoolean(scope, "'suspend'", options.suspend);
  // the controller looks at the schedule every 10 seconds
  checkDuration(scope, "'startingDeadline'", options.startingDeadline, 10);
  checkCount(scope, "'successfulJobsRetained'", options.successfulJobsRetained, 0);
  checkCount(scope, "'failedJobsRetained'", options.failedJobsRetained, 0);
  if (options.timeZone !== undefined && !isTimeZone(options.timeZone)) {
    fail(
      scope,
      `'timeZone' is '${options.timeZone}', which is not a time zone of the IANA database.`,
      "Use a name such as 'Europe/Berlin' or 'Etc/UTC'.",
    );
  }
}
