import type { SafetyResource, SafetyRule, SafetySeverity } from './safety-rule';

/** A violation of a rule. */
export interface SafetyFinding {
  /** The rule that is violated. */
  readonly rule: SafetyRule;

  /** The severity of this violation, which can differ from that of the rule. */
  readonly severity: SafetySeverity;

  /** The resource that violates it. */
  readonly resource: SafetyResource;

  /** The location of the wrong or missing value, as a JSON pointer: `/spec/template/spec/volumes/0`. */
  readonly jsonPointer: string;

  /** The problem, as a full sentence. */
  readonly message: string;

  /**
   * The reason of the waiver that applies.
   *
   * @default - the finding is not waived
   */
  readonly waiverReason?: string;
}

/** A waiver without effect. */
export interface SafetyWaiver {
  /** The id of the rule that the waiver names. */
  readonly ruleId: string;

  /** The reason that the waiver gives. */
  readonly reason: string;

  /**
   * The resource whose annotation is the waiver.
   *
   * @default - the waiver applies to all resources
   */
  readonly resource?: SafetyResource;

  /**
   * The reason why the waiver is invalid.
   *
   * @default - the waiver is valid, but matches no finding
   */
  readonly problem?: string;
}
