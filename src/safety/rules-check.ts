import type { IConstruct, IValidation } from 'constructs';
import { rulesAround, rulesOn } from './rule-registry';
import { RULE_IDS } from './rules';
import { audit, Finding } from './run';
import { toScopeRule } from './scope-rules';
import { WAIVER_ANNOTATION } from './waiver';
import { warn } from '../checks/fail';
import { message } from '../checks/message';
import { Inventory } from '../inspect/inventory';
import { describeObject, ManifestObject } from '../inspect/manifest';
import { countPatches } from '../inspect/patches';
import { readConstructs } from '../inspect/read-constructs';
import { apiObjectsBelow } from '../objects/api-objects';

/** Checks all objects below a scope at synthesis against the rules that were added to it. */
export class RulesCheck implements IValidation {
  private cleanVersion?: string;

  constructor(private readonly scope: IConstruct) {}

  /**
   * Returns the errors.
   *
   * cdk8s validates an app once for each chart, so the absence of errors is kept until `synth` returns, or an object or
   * a patch is added. Errors end `synth` anyway.
   */
  public validate(): string[] {
    const version = this.version();
    if (version !== undefined && version === this.cleanVersion) {
      return [];
    }
    const errors = this.check(readConstructs(this.scope));
    if (errors.length === 0) {
      this.cleanVersion = version;
      queueMicrotask(() => (this.cleanVersion = undefined));
    }
    return errors;
  }

  /** Identifies the rules, objects and patches of the scope; `undefined` if the patches are unknown. */
  private version(): string | undefined {
    const patches = countPatches(apiObjectsBelow(this.scope));
    const counts = [rulesOn(this.scope).length, this.scope.node.findAll().length, patches];
    return Number.isFinite(patches) ? counts.join('/') : undefined;
  }

  private check(objects: readonly ManifestObject[]): string[] {
    const rules = rulesOn(this.scope).map(registered => toScopeRule([registered]));
    const known = [...RULE_IDS, ...rulesAround(this.scope).map(({ definition }) => definition.id)];
    const open = audit(new Inventory(objects), { rules, known }).findings.filter(({ reason }) => reason === undefined);
    open
      .filter(({ severity }) => severity === 'warning')
      .forEach(finding => warn(this.scope, problemOf(finding), remedyOf(finding)));
    return open
      .filter(({ severity }) => severity === 'error')
      .map(finding => message(problemOf(finding), remedyOf(finding)));
  }
}

/** `Deployment shop/web at 'shop/web/Resource': The Deployment has no owner label.` */
function problemOf({ object, message: text }: Finding): string {
  return `${describeObject(object)} at '${object.source.constructPath}': ${text}`;
}

function remedyOf({ rule }: Finding): string {
  return `${rule.fix.construct} Or waive it with the annotation '${WAIVER_ANNOTATION}${rule.id}: <reason>'.`;
}
