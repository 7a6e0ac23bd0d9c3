import type { IConstruct } from 'constructs';
import { isFor } from './rule';
import { RULE_IDS, RULES } from './rules';
import { audit } from './run';
import type { SafetyRule } from './safety-finding';
import { SafetyReport, safetyRule } from './safety-report';
import { Inventory } from '../inspect/inventory';
import { readConstructs } from '../inspect/read-constructs';

/**
 * Asks every rule about what a tree of constructs renders, objects of other libraries included.
 */
export class SafetyAudit {
  /**
   * Every rule that is asked, by its id.
   */
  public static get rules(): SafetyRule[] {
    return RULES.map(safetyRule);
  }

  /**
   * Audits all objects below a scope together. It renders them as they are now, so call it when all are defined.
   *
   * @param scope an app, a chart or any construct
   */
  public static run(scope: IConstruct): SafetyReport {
    return SafetyReport._of(
      audit(new Inventory(readConstructs(scope)), { rules: RULES.filter(rule => isFor(scope, rule)), known: RULE_IDS }),
    );
  }

  private constructor() {}
}
