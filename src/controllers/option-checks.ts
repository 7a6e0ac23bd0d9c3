import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkInteger, seconds } from '../checks/values';

/** Refuses a duration that is not a whole number of seconds of at least `min`. */
export function checkDuration(scope: IConstruct, subject: string, duration: Duration | undefined, min: number): void {
  if (duration !== undefined) {
    checkInteger(scope, `${subject} in seconds`, seconds(duration), min, 2147483647);
  }
}

/** Refuses a count that the API server rejects. */
export function checkCount(scope: IConstruct, subject: string, value: number | undefined, min: number): void {
  if (value !== undefined) {
    checkInteger(scope, subject, value, min, 2147483647);
  }
}

export function checkRevisions(scope: IConstruct, revisionHistoryLimit: number | undefined): void {
  checkCount(scope, "'revisionHistoryLimit'", revisionHistoryLimit, 0);
}
