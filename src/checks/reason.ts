import type { IConstruct } from 'constructs';
import { fail } from './fail';
import type { Complaint } from './message';

/** The problem with the reason of `what`; `undefined` when there is none. */
export function reasonProblem(what: string, reason: string): Complaint | undefined {
  return reason.trim().split(/\s+/).length >= 3
    ? undefined
    : { problem: `The reason of ${what} is '${reason}'.`, remedy: 'Say why in at least three words.' };
}

/** Refuses a reason of fewer than three words. */
export function checkReason(scope: IConstruct, what: string, reason: string): void {
  const found = reasonProblem(what, reason);
  if (found) {
    fail(scope, found.problem, found.remedy);
  }
}
