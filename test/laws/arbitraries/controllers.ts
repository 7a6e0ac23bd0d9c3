import { Cron, Duration } from 'cdk8s';
import { ConcurrencyPolicy, PercentOrAbsolute, PodManagementPolicy, RestartPolicy } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { hostile, optional, props, Vary } from './values';
import {
  Controller,
  CronJobOptions,
  DaemonSetOptions,
  DeploymentOptions,
  JobCompletionMode,
  JobOptions,
  StatefulSetOptions,
  Waiver,
} from '../../../src';

/** A controller, and what it permits its app. */
export interface ControllerProgram {
  readonly controller: Controller;
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';
  readonly hasReplicas: boolean;
  readonly runsToCompletion: boolean;
  /** The number of the first replica of a StatefulSet. */
  readonly firstReplica?: number;
  /** Whether at most one pod per replica runs at a time, also during an update. */
  readonly runsOnePod: boolean;
  /** The waivers that the options require. */
  readonly waivers: readonly Waiver[];
}

const oddNumbers = fc.constantFrom(-1, 0, 0.5, NaN, Infinity, 2 ** 31);
const oddDurations = fc.constantFrom(0, 0.5, 9, 599, 600, 2 ** 31, Infinity).map(Duration.seconds);

/** The values of options. */
function values(vary: Vary) {
  const number = (min: number, max: number) => vary(fc.integer({ min, max }), oddNumbers);
  const duration = (min: number, max: number) => vary(fc.integer({ min, max }).map(Duration.seconds), oddDurations);
  const share = (min: number) =>
    fc.oneof(
      number(min, 9).map(PercentOrAbsolute.absolute),
      vary(fc.integer({ min, max: 100 }), fc.constantFrom(101, -5)).map(PercentOrAbsolute.percent),
    );
  return {
    number,
    duration,
    share,
    flag: fc.boolean(),
    revisionHistoryLimit: number(0, 20),
    minReady: duration(0, 60),
  };
}

function deploymentOptions(vary: Vary): fc.Arbitrary<DeploymentOptions> {
  const { duration, share, minReady, revisionHistoryLimit } = values(vary);
  const common = optional({ minReady, progressDeadline: duration(900, 3600), revisionHistoryLimit });
  const update = fc.oneof(
    optional({ recreate: fc.constant(true) }),
    optional({ recreate: vary(fc.constant(false), fc.constant(true)), maxUnavailable: share(0), maxSurge: share(1) }),
    props({ maxUnavailable: vary(share(1), share(0)), maxSurge: share(0) }, {}),
  );
  return fc.tuple(common, update).map(([options, more]) => ({ ...options, ...more }));
}

function statefulSetOptions(vary: Vary): fc.Arbitrary<StatefulSetOptions> {
  const { number, flag, minReady, revisionHistoryLimit } = values(vary);
  const common = optional({
    podManagementPolicy: fc.constantFrom(...Object.values(PodManagementPolicy)),
    startOrdinal: number(0, 9),
    minReady,
    revisionHistoryLimit,
  });
  const update = vary<StatefulSetOptions>(
    fc.oneof(optional({ partition: number(0, 9) }), optional({ updateOnDelete: flag })),
    fc.record({ partition: number(0, 9), updateOnDelete: flag }),
  );
  return fc.tuple(common, update).map(([options, more]) => ({ ...options, ...more }));
}

function daemonSetOptions(vary: Vary): fc.Arbitrary<DaemonSetOptions> {
  const { share, flag, minReady, revisionHistoryLimit } = values(vary);
  const update = vary<DaemonSetOptions>(
    fc.oneof(
      optional({ updateOnDelete: flag }),
      optional({ maxUnavailable: share(1) }),
      props({ maxSurge: share(1) }, { maxUnavailable: fc.constant(PercentOrAbsolute.absolute(0)) }),
    ),
    optional({ updateOnDelete: flag, maxUnavailable: share(0), maxSurge: share(0) }),
  );
  return fc
    .tuple(optional({ minReady, revisionHistoryLimit }), update)
    .map(([options, more]) => ({ ...options, ...more }));
}

function jobOptions(vary: Vary): fc.Arbitrary<JobOptions> {
  const { number, duration } = values(vary);
  const common = optional({
    parallelism: number(1, 9),
    backoffLimit: number(0, 9),
    activeDeadline: duration(1, 86400),
    ttlAfterFinished: duration(0, 86400),
    restartPolicy: vary(
      fc.constantFrom(RestartPolicy.NEVER, RestartPolicy.ON_FAILURE),
      fc.constant(RestartPolicy.ALWAYS),
    ),
  });
  const completion = fc.oneof(
    optional({ completions: number(1, 9), completionMode: fc.constant(JobCompletionMode.NON_INDEXED) }),
    props(
      {
        completionMode: fc.constant(JobCompletionMode.INDEXED),
        completions: vary(fc.integer({ min: 1, max: 9 }), oddNumbers),
      },
      {},
    ),
  );
  return fc.tuple(common, completion).map(([options, more]) => ({ ...options, ...more }));
}

const schedules = fc.oneof(
  fc.constantFrom(Cron.hourly(), Cron.daily(), Cron.weekly(), Cron.monthly(), Cron.annually(), Cron.everyMinute()),
  fc
    .tuple(
      fc.constantFrom('0', '30', '*/5', '0-10', '1,2'),
      fc.constantFrom('2', '*', '8-18/2'),
      fc.constantFrom('*', '1', '1-7'),
      fc.constantFrom('*', 'jan', '1-6', 'JAN-MAR'),
      fc.constantFrom('*', 'mon-fri', '0', 'SUN'),
    )
    .map(([minute, hour, day, month, weekDay]) => Cron.schedule({ minute, hour, day, month, weekDay })),
);
const oddField = fc.oneof(
  hostile,
  fc.constantFrom('60', '-1', '*/0', '5-1', '1/70', '0', '7', '32', '?', '?/2', '*/100', '1-2-3', '1,', 'monday', '08'),
);
const oddSchedules = fc
  .tuple(oddField, oddField, fc.constantFrom('minute', 'hour', 'day', 'month', 'weekDay'))
  .map(([minute, value, field]) => Cron.schedule({ minute, [field]: value }));
const timeZones = fc.constantFrom('Europe/Berlin', 'Etc/UTC', 'UTC', 'America/New_York', 'Asia/Kolkata');
const oddTimeZones = fc.oneof(
  hostile,
  fc.constantFrom('Local', 'local', 'europe/berlin', 'Berlin', '+01:00', 'UTC+1', 'EST5EDT', 'US/Pacific', 'GMT0'),
);

function cronJobOptions(vary: Vary): fc.Arbitrary<CronJobOptions> {
  const { number, duration, flag } = values(vary);
  const own = props(
    { schedule: vary(schedules, oddSchedules) },
    {
      timeZone: vary(timeZones, oddTimeZones),
      concurrencyPolicy: fc.constantFrom(...Object.values(ConcurrencyPolicy)),
      startingDeadline: duration(10, 3600),
      successfulJobsRetained: number(0, 9),
      failedJobsRetained: number(0, 9),
      suspend: flag,
    },
  );
  return fc.tuple(jobOptions(vary), own).map(([options, more]) => ({ ...options, ...more }));
}

const isSerial = ({ parallelism = 1, completions = parallelism }: JobOptions) =>
  Math.min(parallelism, completions) === 1;

/** Controllers of every kind, with every option. */
export function controllers(vary: Vary): fc.Arbitrary<ControllerProgram> {
  return fc.oneof(
    deploymentOptions(vary).map(options => ({
      controller: Controller.deployment(options),
      kind: 'Deployment' as const,
      hasReplicas: true,
      runsToCompletion: false,
      runsOnePod: options.recreate !== false && !options.maxUnavailable && !options.maxSurge,
      waivers: options.recreate || options.maxUnavailable ? [Waiver.updateKeepsCapacity('because of this test')] : [],
    })),
    statefulSetOptions(vary).map(options => ({
      controller: Controller.statefulSet(options),
      kind: 'StatefulSet' as const,
      firstReplica: options.startOrdinal ?? 0,
      hasReplicas: true,
      runsToCompletion: false,
      runsOnePod: true,
      waivers: [],
    })),
    daemonSetOptions(vary).map(options => ({
      controller: Controller.daemonSet(options),
      kind: 'DaemonSet' as const,
      hasReplicas: false,
      runsToCompletion: false,
      runsOnePod: false,
      waivers: [],
    })),
    jobOptions(vary).map(options => ({
      controller: Controller.job(options),
      kind: 'Job' as const,
      hasReplicas: false,
      runsToCompletion: true,
      runsOnePod: isSerial(options),
      waivers: [],
    })),
    cronJobOptions(vary).map(options => ({
      controller: Controller.cronJob(options),
      kind: 'CronJob' as const,
      hasReplicas: false,
      runsToCompletion: true,
      runsOnePod: isSerial(options) && options.concurrencyPolicy !== ConcurrencyPolicy.ALLOW,
      waivers: [],
    })),
  );
}
