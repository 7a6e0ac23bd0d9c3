import { suggestRule } from './suggest-rule';
import type { Complaint } from '../checks/message';
import { reasonProblem } from '../checks/reason';

/** A rule that is waived, and the reason. */
export interface GivenWaiver {
  readonly ruleId: string;
  readonly reason: string;
}

/** The problem with a waiver: an unknown rule or a reason that is too short; `undefined` if the waiver is valid. */
export function waiverProblem({ ruleId, reason }: GivenWaiver, known: readonly string[]): Complaint | undefined {
  return known.includes(ruleId) ? reasonProblem(`the waiver of '${ruleId}'`, reason) : unknownRule(ruleId, known);
}

/** The problem with the id of a rule that does not exist. */
export function unknownRule(ruleId: string, known: readonly string[]): Complaint {
  return { problem: `Unknown rule '${ruleId}'.`, remedy: suggestRule(ruleId, known) };
}

/** The problem with waivers of which two name the same rule; `undefined` if no two do. */
export function waivedTwice(waivers: readonly GivenWaiver[]): Complaint | undefined {
  const ids = waivers.map(({ ruleId }) => ruleId);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  return repeated === undefined
    ? undefined
    : { problem: `Rule '${repeated}' is waived twice.`, remedy: 'Keep one waiver with one reason.' };
}
