import { Cron, Duration } from 'cdk8s';
import { ConcurrencyPolicy, RestartPolicy } from 'cdk8s-plus-28';
import { expectRefusal, rendered } from './fixtures';
import { Controller, CronJobOptions, JobCompletionMode } from '../../src';

const schedule = Cron.schedule({ minute: '0', hour: '2' });
const job = (options: Partial<CronJobOptions> = {}) => Controller.cronJob({ schedule, ...options });

test('renders all options', () => {
  const { spec } = rendered(
    job({
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: ConcurrencyPolicy.REPLACE,
      startingDeadline: Duration.minutes(5),
      successfulJobsRetained: 0,
      failedJobsRetained: 2,
      suspend: true,
      backoffLimit: 1,
      restartPolicy: RestartPolicy.ON_FAILURE,
      ttlAfterFinished: Duration.days(1),
    }),
  );
  expect(spec).toMatchObject({
    schedule: '0 2 * * *',
    timeZone: 'Europe/Berlin',
    concurrencyPolicy: 'Replace',
    startingDeadlineSeconds: 300,
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 2,
    suspend: true,
    jobTemplate: { spec: { backoffLimit: 1, ttlSecondsAfterFinished: 86400 } },
  });
  expect(spec.jobTemplate.spec.template.spec.restartPolicy).toBe('OnFailure');
});

test('runs once at a time by default', () => {
  const { spec, metadata } = rendered(job());
  expect(Object.keys(spec).sort()).toEqual(['concurrencyPolicy', 'jobTemplate', 'schedule']);
  expect(spec.concurrencyPolicy).toBe('Forbid');
  expect(metadata.name).toBe('test-app');
  expect(spec.jobTemplate.metadata.labels).toEqual(metadata.labels);
  expect(spec.jobTemplate.spec.template.metadata.labels).toEqual(metadata.labels);
});

test.each<[Partial<CronJobOptions>, string]>([
  [
    { schedule: '0 2 * * *' as any },
    "'schedule' is '0 2 * * *', which is not a Cron. Use a Cron, for example 'Cron.schedule({ minute: \"0\", hour: " +
      '"2" })\'.',
  ],
  [
    { concurrencyPolicy: 'forbid' as any },
    "'concurrencyPolicy' is 'forbid', which is not a member of 'ConcurrencyPolicy'. Use 'ConcurrencyPolicy.ALLOW', " +
      "'ConcurrencyPolicy.FORBID' or 'ConcurrencyPolicy.REPLACE'.",
  ],
  [
    { startingDeadline: Duration.seconds(9) },
    "Invalid value 9 for 'startingDeadline' in seconds. Use a whole number from 10 to 2147483647.",
  ],
  [
    { timeZone: 'europe/berlin' },
    "'timeZone' is 'europe/berlin', which is not a time zone of the IANA database. Use a name such as " +
      "'Europe/Berlin' or 'Etc/UTC'.",
  ],
  [{ suspend: 'no' as any }, "'suspend' is 'no', which is not a boolean. Use 'true' or 'false' without quotes."],
  [
    { successfulJobsRetained: -1 },
    "Invalid value -1 for 'successfulJobsRetained'. Use a whole number from 0 to 2147483647.",
  ],
  [{ failedJobsRetained: -1 }, "Invalid value -1 for 'failedJobsRetained'. Use a whole number from 0 to 2147483647."],
  [{ completions: 0 }, "Invalid value 0 for 'completions'. Use a whole number from 1 to 2147483647."],
])('refuses %j', (options, message) => expectRefusal(job(options), message));

test('refuses a missing schedule', () => {
  expect(() => Controller.cronJob({} as any)).toThrow(
    "[Controller.cronJob] Required prop 'schedule' is missing. Set it, for example 'schedule: " +
      'Cron.schedule({ minute: ' +
      '"0", hour: "2" })\'.',
  );
});

test.each<[number, Partial<CronJobOptions>, number]>([
  [53, {}, 52],
  [52, { completionMode: JobCompletionMode.INDEXED, completions: 100 }, 51],
])('refuses a name of %d characters with %j', (length, options, maximum) =>
  expectRefusal(
    job(options),
    `The name '${'a'.repeat(length)}' has ${length} characters. A suffix is added to the name of a CronJob, which ` +
      `leaves ${maximum}. Set a shorter name in 'metadata.name'.`,
    { metadata: { name: 'a'.repeat(length) } },
  ),
);
