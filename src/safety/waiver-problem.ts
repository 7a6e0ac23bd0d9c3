import { suggestRule } from './suggest-rule';
import type { Complaint } from '../checks/message';
import { reasonProblem } from '../checks/reason';

/** A rule that is left out, and why. */
export interface GivenWaiver {
  readonly ruleId: string;
  readonly reason: string;
}

/** The problem with a waiver: an unknown rule, or a poor reason; `undefined` when there is none. */
export function waiverProblem({ ruleId, reason }: GivenWaiver, known: readonly string[]): Complaint | undefined {
  return known.includes(ruleId) ? reasonProblem(`the waiver of '${ruleId}'`, reason) : unknownRule(ruleId, known);
}

/** Says that there is no such rule. */
export function unknownRule(ruleId: string, known: readonly string[]): Complaint {
  return { problem: `There is no rule '${ruleId}'.`, remedy: suggestRule(ruleId, known) };
}

/** Says which rule is waived twice; `undefined` when none is. */
export function waivedTwice(waivers: readonly GivenWaiver[]): Complaint | undefined {
  const ids = waivers.map(({ ruleId }) => ruleId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined
    ? undefined
    : { problem: `The rule '${twice}' is waived twice.`, remedy: 'Keep one waiver with one reason.' };
}
