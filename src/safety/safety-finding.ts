/** How bad a finding is. */
export enum SafetySeverity {
  /** Data or availability is lost sooner or later. */
  ERROR = 'error',
  /** It is lost when something else goes wrong too. */
  WARNING = 'warning',
}

/** One thing that every manifest is asked. */
export interface SafetyRule {
  /** What waivers name it by. */
  readonly id: string;

  /** What holds where nothing is found. */
  readonly summary: string;

  /** What happens otherwise. */
  readonly rationale: string;

  /** How bad that is. */
  readonly severity: SafetySeverity;

  /** The page or issue that shows the pitfall, as a URL. */
  readonly documentationUrl: string;

  /** How to mend it with the constructs of this library. */
  readonly constructFix: string;

  /** How to mend it in plain YAML. */
  readonly yamlFix: string;
}

/** An object of a manifest, and where it comes from. */
export interface SafetyResource {
  /** Its `apiVersion`. */
  readonly apiVersion: string;

  /** Its kind. */
  readonly kind: string;

  /** Its name; empty where the server makes one up. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - none is said
   */
  readonly namespace?: string;

  /**
   * The path of the construct that renders it.
   *
   * @default - it comes from a file
   */
  readonly constructPath?: string;
}

/** What a rule found in one value of one object. */
export interface SafetyFinding {
  /** The rule that found it. */
  readonly rule: SafetyRule;

  /** The object. */
  readonly resource: SafetyResource;

  /** The value, or where it is missing, as a JSON pointer into the object: `/spec/template/spec/volumes/0`. */
  readonly jsonPointer: string;

  /** What is wrong with the value got. */
  readonly message: string;

  /**
   * Why it is waived.
   *
   * @default - it is not
   */
  readonly waiverReason?: string;
}

/** A waiver that leaves nothing out. */
export interface SafetyWaiver {
  /** The id of the rule that it names. */
  readonly ruleId: string;

  /** The reason that it gives. */
  readonly reason: string;

  /**
   * The object that carries it.
   *
   * @default - it is for all objects
   */
  readonly resource?: SafetyResource;

  /**
   * Why it does not count.
   *
   * @default - it counts, but there is nothing to waive
   */
  readonly problem?: string;
}
