import { SEVERITIES, Rule, Severity } from './rule';
import { RULES } from './rules';
import type { AuditOptions } from './run';
import { unknownRule, waivedTwice, waiverProblem } from './waiver-problem';
import { listed, message } from '../checks/message';

/** The rules and waivers that a user selected. */
export interface Selection {
  /** The ids of the rules to check; empty for all rules. */
  readonly rules?: readonly string[];
  /** The lowest severity to check. */
  readonly severity?: Severity;
  /** Rule ids and reasons. */
  readonly waivers?: readonly (readonly [ruleId: string, reason: string])[];
  /** The rules of the user. */
  readonly customRules?: readonly Rule[];
}

/**
 * Converts a selection to options of the audit.
 *
 * @throws Error with a sentence for an unknown rule, a reason that is too short and a rule that is waived twice
 */
export function select({
  rules: ids = [],
  severity = 'warning',
  waivers = [],
  customRules = [],
}: Selection): AuditOptions {
  const rules: readonly Rule[] = [...RULES, ...customRules];
  const known = rules.map(({ id }) => id);
  const givenWaivers = waivers.map(([ruleId, reason]) => ({ ruleId, reason }));
  const unknown = ids.find(id => !known.includes(id));
  const complaint = [
    SEVERITIES.includes(severity)
      ? undefined
      : { problem: `Unknown severity '${severity}'.`, remedy: `Use ${listed(SEVERITIES, 'or')}.` },
    unknown === undefined ? undefined : unknownRule(unknown, known),
    ...givenWaivers.map(waiver => waiverProblem(waiver, known)),
    waivedTwice(givenWaivers),
  ].find(Boolean);
  if (complaint) {
    throw new Error(message(complaint.problem, complaint.remedy));
  }
  return {
    rules: rules.filter(rule => ids.length === 0 || ids.includes(rule.id)),
    known,
    minimumSeverity: severity,
    waivers: new Map(waivers),
  };
}
