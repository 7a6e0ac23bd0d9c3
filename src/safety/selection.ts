import { SEVERITIES, Severity } from './rule';
import { RULE_IDS, RULES } from './rules';
import type { AuditOptions } from './run';
import { suggestRule } from './suggest-rule';
import { listed } from '../checks/fail';
import { reasonProblem } from '../checks/reason';

/** What somebody chose to ask. */
export interface Selection {
  /** Ids; empty for every rule. */
  readonly rules?: readonly string[];
  /** The lowest that counts. */
  readonly severity?: Severity;
  /** Rule ids and reasons. */
  readonly waivers?: readonly (readonly [ruleId: string, reason: string])[];
}

/**
 * Checks a selection, and throws a sentence for a rule that there is not, for a poor reason and for a rule waived
 * twice.
 */
export function select({ rules = [], severity = 'warning', waivers = [] }: Selection): AuditOptions {
  if (!SEVERITIES.includes(severity)) {
    throw new Error(`there is no severity '${severity}'. there are ${listed(SEVERITIES)}`);
  }
  for (const id of [...rules, ...waivers.map(([ruleId]) => ruleId)]) {
    if (!RULE_IDS.includes(id)) {
      throw new Error(`there is no rule '${id}'. ${suggestRule(id, RULE_IDS)}`);
    }
  }
  const reasons = new Map<string, string>();
  for (const [ruleId, reason] of waivers) {
    const problem = reasonProblem(`the waiver of '${ruleId}'`, reason);
    if (problem) {
      throw new Error(problem);
    }
    if (reasons.has(ruleId)) {
      throw new Error(`'${ruleId}' is waived twice. keep one waiver with one reason`);
    }
    reasons.set(ruleId, reason);
  }
  return {
    rules: RULES.filter(
      rule => (rules.length === 0 || rules.includes(rule.id)) && (severity === 'warning' || rule.severity === 'error'),
    ),
    known: RULE_IDS,
    waivers: reasons,
  };
}
