import * as rules from './all';

/** A rule of this library. */
export type KnownRule = (typeof rules)[keyof typeof rules];

/** The id of a rule of this library. */
export type RuleId = KnownRule['id'];

/** Every rule, sorted by id. */
export const RULES: readonly KnownRule[] = Object.values(rules);

/** The ids of all rules, as strings because a waiver can name any. */
export const RULE_IDS: readonly string[] = RULES.map(({ id }) => id);
