import type { IConstruct } from 'constructs';
import { fail } from './fail';
import type { Complaint } from './message';

/** Returns the problem of a reason that is too short; `undefined` if it is long enough. */
export function reasonProblem(subject: string, reason: string): Complaint | undefined {
  return String(reason ?? '')
    .trim()
    .split(/\s+/).length >= 3
    ? undefined
    : {
        problem: `The reason '${reason ?? ''}' for ${subject} is too short.`,
        remedy: 'Explain why in at least three words.',
      };
}

/** Refuses a reason of fewer than three words. */
export function checkReason(scope: IConstruct, subject: string, reason: string): void {
  const complaint = reasonProblem(subject, reason);
  if (complaint) {
    fail(scope, complaint.problem, complaint.remedy);
  }
}
