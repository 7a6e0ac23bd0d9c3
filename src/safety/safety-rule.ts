/** The severity of a rule. */
export enum SafetySeverity {
  /** The manifest loses data, does not start, or does not do what it says. */
  ERROR = 'error',
  /** The manifest loses data or availability when something else fails too. */
  WARNING = 'warning',
  /** An improvement without a known failure. */
  INFO = 'info',
}

/** A set of rules. */
export enum SafetyProfile {
  /** The rules about what endangers, hides or strands files, configuration and logs. */
  STORAGE = 'storage',
  /** The rules of `STORAGE`, and the rules about other good practice of pods, much of which other linters check too. */
  HYGIENE = 'hygiene',
}

/** The definition of a rule: the sentences that reports print, and the id that waivers name. */
export interface SafetyRule {
  /** The id: lowercase words joined by hyphens, for example `acme-owner-label`. */
  readonly id: string;

  /** The requirement, as a full sentence. */
  readonly summary: string;

  /** The consequence of a violation, as a full sentence. */
  readonly rationale: string;

  /** The severity of a violation. */
  readonly severity: SafetySeverity;

  /**
   * The smallest profile that contains the rule.
   *
   * @default SafetyProfile.STORAGE
   */
  readonly profile?: SafetyProfile;

  /**
   * The URL of a page that explains the rule.
   *
   * @default - none
   */
  readonly documentationUrl?: string;

  /** The fix in plain YAML, as a full sentence. */
  readonly yamlFix: string;

  /**
   * The fix with the constructs that render the manifest, as a full sentence.
   *
   * @default - the value of `yamlFix`
   */
  readonly constructFix?: string;
}

/** A Kubernetes object of a manifest, and its origin. */
export interface SafetyResource {
  /** The API version, for example `apps/v1`. */
  readonly apiVersion: string;

  /** The kind, for example `Deployment`. */
  readonly kind: string;

  /** The name. It is empty if the manifest has only `generateName`. */
  readonly name: string;

  /**
   * The namespace.
   *
   * @default - the manifest has no namespace
   */
  readonly namespace?: string;

  /**
   * The path of the construct that renders the object.
   *
   * @default - the object was read from a file
   */
  readonly constructPath?: string;

  /** The manifest of the object, as plain JSON. */
  readonly manifest: any;
}

/** A violation that the `check` of a rule reports. */
export interface SafetyProblem {
  /** The resource that violates the rule: one of those that `check` received. */
  readonly resource: SafetyResource;

  /**
   * The location of the wrong or missing value, as a JSON pointer into the manifest: `/spec/template/spec/volumes/0`.
   * An empty string is the whole manifest.
   */
  readonly jsonPointer: string;

  /** The problem, as a full sentence. */
  readonly message: string;
}

/**
 * A custom rule that the audit and the check at synthesis apply.
 *
 * Add it to an app, a chart or a construct with `SafetyRules.of(scope).add(rule)`. The command loads rules from a
 * JavaScript module: `audit --load-rules rules.js`.
 */
export interface ISafetyRule {
  /** The definition of the rule. */
  readonly definition: SafetyRule;

  /**
   * Returns a problem for each violation among the resources.
   *
   * @param resources all resources below the scope of the rule, with copies of their manifests
   */
  check(resources: SafetyResource[]): SafetyProblem[];
}
