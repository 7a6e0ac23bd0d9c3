import type { IConstruct } from 'constructs';
import { definitionProblem } from './custom-rule';
import { registerRule, rulesAround, rulesBelow, rulesOn } from './rule-registry';
import { RulesCheck } from './rules-check';
import type { ISafetyRule, SafetyRule } from './safety-rule';
import { fail } from '../checks/fail';

/**
 * The custom rules for all objects below a scope.
 *
 * `SafetyAudit.run` reports their findings next to those of the built-in rules. Synthesis fails for findings that are
 * errors, and prints those that are warnings.
 */
export class SafetyRules {
  /**
   * Returns the rules of a scope.
   *
   * @param scope an app, a chart or a construct; its rules apply to all objects below it
   */
  public static of(scope: IConstruct): SafetyRules {
    return new SafetyRules(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** The definitions of the rules that were added to this scope or to a scope around it. */
  public get definitions(): SafetyRule[] {
    return rulesAround(this.scope).map(({ definition }) => definition);
  }

  /**
   * Adds a rule. Workloads that waive it with `Waiver.of` must be created afterwards.
   *
   * @param rule the rule; its id must differ from those of the built-in rules and of the other rules that apply
   */
  public add(rule: ISafetyRule): void {
    const definition = rule?.definition;
    const others = [...rulesAround(this.scope), ...rulesBelow(this.scope)].map(other => other.definition.id);
    const complaint =
      definitionProblem(definition, others) ??
      (typeof rule.check === 'function'
        ? undefined
        : {
            problem: `Rule '${definition.id}' has no 'check'.`,
            remedy: "Add a method 'check' that returns problems.",
          });
    if (complaint) {
      fail(this.scope, complaint.problem, complaint.remedy);
    }
    if (rulesOn(this.scope).length === 0) {
      this.scope.node.addValidation(new RulesCheck(this.scope));
    }
    registerRule({ scope: this.scope, rule, definition });
  }
}
