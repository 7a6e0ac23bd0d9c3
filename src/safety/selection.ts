import { Profile, PROFILES, Rule, SEVERITIES, Severity } from './rule';
import { RULES } from './rules';
import type { AuditOptions } from './run';
import { unknownRule, waivedTwice, waiverProblem } from './waiver-problem';
import { Complaint, listed, message } from '../checks/message';

/** The rules and waivers that a user selected. */
export interface Selection {
  /** The ids of the rules to check; empty for all rules of the profile. */
  readonly rules?: readonly string[];
  /** The profile whose rules to check; `storage` if omitted. */
  readonly profile?: Profile;
  /** The lowest severity to report; `warning` if omitted. */
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
  profile = 'storage',
  severity = 'warning',
  waivers = [],
  customRules = [],
}: Selection): AuditOptions {
  const rules: readonly Rule[] = [...RULES, ...customRules];
  const known = rules.map(({ id }) => id);
  const givenWaivers = waivers.map(([ruleId, reason]) => ({ ruleId, reason }));
  const unknown = ids.find(id => !known.includes(id));
  const complaint = [
    unknownChoice('severity', severity, SEVERITIES),
    unknownChoice('profile', profile, PROFILES),
    unknown === undefined ? undefined : unknownRule(unknown, known),
    ...givenWaivers.map(waiver => waiverProblem(waiver, known)),
    waivedTwice(givenWaivers),
  ].find(Boolean);
  if (complaint) {
    throw new Error(message(complaint.problem, complaint.remedy));
  }
  return {
    rules: rules.filter(rule => (ids.length === 0 ? isInProfile(rule, profile) : ids.includes(rule.id))),
    known,
    minimumSeverity: severity,
    waivers: givenWaivers,
  };
}

/** Whether a profile contains a rule. */
export function isInProfile(rule: Pick<Rule, 'profile'>, profile: Profile): boolean {
  return PROFILES.indexOf(rule.profile) <= PROFILES.indexOf(profile);
}

function unknownChoice(name: string, value: string, choices: readonly string[]): Complaint | undefined {
  return choices.includes(value)
    ? undefined
    : { problem: `Unknown ${name} '${value}'.`, remedy: `Use ${listed(choices, 'or')}.` };
}
