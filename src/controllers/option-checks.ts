import type { Duration } from 'cdk8s';
import type { PercentOrAbsolute } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import { checkInstance } from '../checks/value-types';
import { checkInteger, seconds } from '../checks/values';

/** The largest number that the fields of controllers can contain. */
const MAX_INT32 = 2147483647;

/** Refuses a duration of fewer than `min` seconds. A part of a second counts as a second. */
export function checkDuration(scope: IConstruct, subject: string, duration: Duration | undefined, min: number): void {
  checkInstance(scope, subject, duration, { type: 'a Duration', member: 'toSeconds', example: 'Duration.seconds(30)' });
  if (duration) {
    checkInteger(scope, `${subject} in seconds`, seconds(duration), min, MAX_INT32);
  }
}

/** Refuses a count that the API server rejects. */
export function checkCount(scope: IConstruct, subject: string, value: number | undefined, min: number): void {
  if (value !== undefined && value !== null) {
    checkInteger(scope, subject, value, min, MAX_INT32);
  }
}

export function checkRevisions(scope: IConstruct, revisionHistoryLimit: number | undefined): void {
  checkCount(scope, "'revisionHistoryLimit'", revisionHistoryLimit, 0);
}

/** Refuses a number or percentage of pods that the API server rejects. */
export function checkAmount(
  scope: IConstruct,
  subject: string,
  amount: PercentOrAbsolute | undefined,
  maxPercent = MAX_INT32,
): void {
  const example = 'PercentOrAbsolute.absolute(1)';
  checkInstance(scope, subject, amount, { type: 'a PercentOrAbsolute', member: 'isZero', example });
  if (!amount) {
    return;
  }
  const { value } = amount;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  if (percent === undefined ? !(Number.isInteger(value) && value >= 0) : Number(percent) > maxPercent) {
    fail(
      scope,
      `${subject} is ${value}, which is neither a number of pods nor a percentage` +
        `${maxPercent === 100 ? ' up to 100' : ''}.`,
      `Use a whole number, for example '${example}' or 'PercentOrAbsolute.percent(25)'.`,
    );
  }
}
