import type { IConstruct } from 'constructs';
import { Baseline } from './baseline';
import { isFor } from './rule';
import { RULES } from './rules';
import { audit } from './run';
import { SafetyReport, toSafetyRule } from './safety-report';
import { SafetyProfile, SafetyRule, SafetySeverity } from './safety-rule';
import { scopeRules } from './scope-rules';
import { select } from './selection';
import { checkProps, optional, OPTIONAL, PropTable } from '../checks/props';
import { Inventory } from '../inspect/inventory';
import { readConstructs } from '../inspect/read-constructs';

/** Options of an audit. */
export interface SafetyAuditOptions {
  /**
   * The rules to check.
   *
   * @default SafetyProfile.HYGIENE
   */
  readonly profile?: SafetyProfile;

  /**
   * The lowest severity of the findings to report.
   *
   * @default SafetySeverity.WARNING
   */
  readonly severity?: SafetySeverity;

  /**
   * The path of a baseline file, whose findings are known. `SafetyReport.writeBaseline` and the command write it.
   *
   * @default - no finding is known
   */
  readonly baseline?: string;
}

const OPTIONS: PropTable<SafetyAuditOptions> = {
  profile: OPTIONAL,
  severity: OPTIONAL,
  baseline: optional('string'),
};

/**
 * Checks the manifests that constructs render against all rules, including the objects of other libraries.
 */
export class SafetyAudit {
  /**
   * The built-in rules.
   */
  public static get rules(): SafetyRule[] {
    return RULES.map(toSafetyRule);
  }

  /**
   * Checks all objects below a scope together, against the built-in rules and those of `SafetyRules`.
   *
   * The objects are rendered as they are now, so call it after all of them are defined.
   *
   * @param scope an app, a chart or a construct
   * @throws Error if the baseline cannot be read
   */
  public static run(scope: IConstruct, options: SafetyAuditOptions = {}): SafetyReport {
    checkProps('SafetyAudit.run', options, OPTIONS);
    const { profile = SafetyProfile.HYGIENE, severity, baseline } = options;
    const selected = select({ profile, severity, customRules: scopeRules(scope) });
    return SafetyReport._of(
      audit(new Inventory(readConstructs(scope)), {
        ...selected,
        rules: selected.rules.filter(rule => isFor(scope, rule)),
        baseline: baseline === undefined ? undefined : Baseline.read(baseline),
      }),
    );
  }

  private constructor() {}
}
