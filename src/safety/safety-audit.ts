import type { IConstruct } from 'constructs';
import { isFor } from './rule';
import { RULE_IDS, RULES } from './rules';
import { audit } from './run';
import { SafetyReport, toSafetyRule } from './safety-report';
import type { SafetyRule } from './safety-rule';
import { scopeRules } from './scope-rules';
import { Inventory } from '../inspect/inventory';
import { readConstructs } from '../inspect/read-constructs';

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
   */
  public static run(scope: IConstruct): SafetyReport {
    const customRules = scopeRules(scope);
    return SafetyReport._of(
      audit(new Inventory(readConstructs(scope)), {
        rules: [...RULES.filter(rule => isFor(scope, rule)), ...customRules],
        known: [...RULE_IDS, ...customRules.map(({ id }) => id)],
      }),
    );
  }

  private constructor() {}
}
