import { SEVERITIES, Severity } from './rule';
import { RULE_IDS, RULES } from './rules';
import type { AuditOptions } from './run';
import { unknownRule, waivedTwice, waiverProblem } from './waiver-problem';
import { listed, message } from '../checks/message';

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
  const given = waivers.map(([ruleId, reason]) => ({ ruleId, reason }));
  const unknown = rules.find(id => !RULE_IDS.includes(id));
  const found = [
    SEVERITIES.includes(severity)
      ? undefined
      : { problem: `There is no severity '${severity}'.`, remedy: `Choose ${listed(SEVERITIES, 'or')}.` },
    unknown === undefined ? undefined : unknownRule(unknown, RULE_IDS),
    ...given.map(waiver => waiverProblem(waiver, RULE_IDS)),
    waivedTwice(given),
  ].find(Boolean);
  if (found) {
    throw new Error(message(found.problem, found.remedy));
  }
  return {
    rules: RULES.filter(
      rule => (rules.length === 0 || rules.includes(rule.id)) && (severity === 'warning' || rule.severity === 'error'),
    ),
    known: RULE_IDS,
    waivers: new Map(waivers),
  };
}
